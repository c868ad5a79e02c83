from __future__ import annotations

from pathlib import Path

import pytest

from assistant import AddResult, AddStatus, Assistant, PolicyEntry, Settings
from index.models.embedder import Embedder
from tests.assistant.samples import Unwilling
from tests.conftest import FakeReranker
from ui.text.citation_text import resolution_text
from ui.text.terminal import added_text, answer_for_terminal, hits_text, listed_text, place

HOSTILE = "We keep\x1b]0;pwned\x07 logs \u202eand\u2066 sell\u061c them\x9b31m.\u200f Bye."
ENTRY = PolicyEntry("acme", "Acme \x1b[2J", "Acme", "/acme.txt", "0" * 12, None, 3, ("0" * 12,))


@pytest.fixture
def hostile(tmp_path: Path, embedder: Embedder) -> Assistant:
    """A policy that tries to drive the terminal, in an index for the fake embedder."""
    path = tmp_path / "acme.md"
    text = f"---\ntitle: Acme\nprovider: Acme\n---\n\n# Acme\n\n## \u202eLogs\n\n{HOSTILE}\n"
    path.write_text(text, encoding="utf-8")
    settings = Settings(answer_threshold=0)
    assistant = Assistant(tmp_path / "index", settings, embedder, Unwilling(), FakeReranker())
    assistant.add([path])
    return assistant


def controls(text: str) -> set[str]:
    return {char for char in text if not char.isprintable()} - {"\n"}


def test_an_answer_is_shown_inert(hostile: Assistant) -> None:
    answer = hostile.ask("Do you keep logs?", generate=False)
    assert "\x1b" in answer.quotes[0].exact
    shown = answer_for_terminal(answer, hostile)
    assert controls(shown) == set()
    assert "[U+001B]" in shown
    assert answer.quotes[0].citation_id in shown


def test_search_and_cite_are_shown_inert(hostile: Assistant) -> None:
    hits = hits_text(hostile.search("logs"), hostile)
    answer = hostile.ask("Do you keep logs?", generate=False)
    cited = resolution_text(hostile.lookup(answer.quotes[0].citation_id))
    for shown in (hits, cited):
        assert controls(shown) == set()
        assert "[U+001B]" in shown
    assert "[U+202E]Logs" in hits


def test_added_and_listed_are_shown_inert() -> None:
    rejected = AddResult("a.txt", AddStatus.REJECTED, reason="bad \x1b[2J")
    assert added_text(rejected) == "rejected   'a.txt': bad [U+001B][2J"
    added = AddResult("a\x1b\n\t\u2028.txt", AddStatus.ADDED, "a", "0" * 12, 3)
    assert added_text(added) == (
        "added      a[U+001B][U+000A][U+0009][U+2028].txt: a@000000000000, 3 clauses"
    )
    assert listed_text([ENTRY]) == (
        "acme  000000000000  no date        3 clauses  Acme [U+001B][2J"
    )
    assert listed_text([]) == "No policies yet: 'policy-assistant add FILE...' adds some."


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("'a.txt' holds no text: a.txt", "'/b/a.txt' holds no text: a.txt"),
        ("there is no file '/b/a.txt': check", "there is no file '/b/a.txt': check"),
        ("no idea", "'/b/a.txt': no idea"),
        ("no\nidea", "'/b/a.txt': no[U+000A]idea"),
    ],
)
def test_a_rejection_names_the_whole_path(reason: str, told: str) -> None:
    result = AddResult("/b/a.txt", AddStatus.REJECTED, reason=reason)
    assert added_text(result) == f"rejected   {told}"


@pytest.mark.parametrize(
    ("path", "policy_id", "alike"),
    [
        ("acme.txt", "acme-2", "acme"),
        (r"caf\xe9.txt", "caf-2", "caf"),
        ("policy.txt", "policy-2", "policy"),
        ("политика.txt", "policy-2", ""),  # what it is alike is only that it has no letter of ASCII
        ("acme-2.txt", "acme-2", ""),
    ],
)
def test_one_of_the_same_name_may_be_a_new_version(path: str, policy_id: str, alike: str) -> None:
    text = added_text(AddResult(path, AddStatus.ADDED, policy_id, "0" * 12, 3))
    hint = (
        f"\n           (if it is a new version of {alike}: remove {policy_id}, and add it with "
        f"--version-of {alike})"
    )
    assert text == f"added      {path}: {policy_id}@000000000000, 3 clauses{hint if alike else ''}"


def test_lines_are_wrapped(tmp_path: Path, embedder: Embedder) -> None:
    path = tmp_path / "acme.txt"
    words = " ".join(["logarithm"] * 60)
    path.write_text(f"Acme Privacy Policy\n\nWe keep {words}.\n", encoding="utf-8")
    assistant = Assistant(
        tmp_path / "index", Settings(answer_threshold=0), embedder, Unwilling(), FakeReranker()
    )
    assistant.add([path])
    shown = answer_for_terminal(
        assistant.ask("Do you keep a logarithm?", generate=False), assistant
    )
    assert max(map(len, shown.splitlines())) in range(80, 89)
    assert shown.count("logarithm") == 60
    assert [line for line in shown.splitlines()[3:-1] if not line.startswith("    ")] == []


def test_place(hostile: Assistant) -> None:
    (clause,) = hostile.clauses("acme")
    assert place("Acme", clause) == "Acme, \u202eLogs"
    assert place("Acme", None) == "Acme"


def test_nothing_found(hostile: Assistant) -> None:
    assert hits_text([], hostile) == "Nothing found."
