"""`cite`, `diff`, and what other commands say of versions."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.ui.commands import POLICY, Run

OLD, NEW = POLICY + "\nLast updated: 1 May 2019\n", POLICY.replace("30", "90")
NEW += "\nLast updated: 1 May 2020\n"


@pytest.fixture
def two_versions(run: Run, acme: Path, index: Path) -> Path:
    for text in (OLD, NEW):
        acme.write_text(text, encoding="utf-8")
        assert run("add", acme, index=index)[0] == 0
    return index


def test_list_of_versions(run: Run, two_versions: Path) -> None:
    status, out, err = run("list", "--versions", index=two_versions)
    assert (status, err) == (0, "")
    newest, oldest = out.splitlines()
    assert "  2020-05-01 (by the document)  added " in newest
    assert newest.endswith(" 1 clause  newest")
    assert "  2019-05-01 (by the document)  added " in oldest
    listed = json.loads(run("list", "--versions", "--json", index=two_versions)[1])
    keys = "policy_id version title date dated_by added_at clauses newest".split()
    assert [list(each) for each in listed] == [keys, keys]
    assert [each["newest"] for each in listed] == [True, False]


def test_search_as_of_a_date_and_of_a_version(run: Run, two_versions: Path) -> None:
    versions = json.loads(run("list", "--versions", "--json", index=two_versions)[1])
    old = versions[1]["version"]
    for given in (["--as-of", "2020-04-30"], ["--policy", f"acme@{old}"]):
        hits = json.loads(run("search", "--json", *given, "logs", index=two_versions)[1])
        assert {hit["clause"]["version"] for hit in hits} == {old}
        shown = run("search", *given, "logs", index=two_versions)[1]
        assert "30 days" in shown
        assert "Acme (version of 2019-05-01)" in shown


def test_diff(run: Run, two_versions: Path) -> None:
    status, out, err = run("diff", "acme", index=two_versions)
    assert (status, err, "\x1b" in out) == (0, "", False)
    assert out.startswith("acme: ")
    assert "\n~   We keep server logs for [-30-] {+90+} days.\n" in out
    assert out.endswith(" unchanged.\n")
    assert run("diff", "acme", "2019-06-01", "2020-06-01", index=two_versions)[1] == out
    data = json.loads(run("diff", "--json", "acme", index=two_versions)[1])
    assert [each["kind"] for each in data["changes"]] == ["changed", "changed"]


def test_cite_of_an_exported_answer(
    run: Run, two_versions: Path, acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = json.loads(run("list", "--versions", "--json", index=two_versions)[1])
    text = OLD
    start = text.index("We keep")
    end = text.index(" Nobody")
    cited = f"acme@{versions[1]['version']}:{start}-{end}"
    status, exported, _ = run("cite", "--json", cited, index=two_versions)
    assert (status, json.loads(exported)["status"]) == (0, "changed")
    saved = tmp_path / "quote.json"
    saved.write_text(exported, encoding="utf-8")
    run("remove", "acme", index=two_versions)
    run("add", acme, index=two_versions)
    status, out, err = run("cite", saved, index=two_versions)
    assert (status, err) == (0, "")
    assert out.startswith(f"changed: {cited}\n    “We keep server logs for 30 days.”\n")
    assert (
        "The index does not hold the version cited: the quote was looked for by its words.\n" in out
    )
    assert "    We keep server logs for [-30-] {+90+} days.\n" in out
    monkeypatch.setattr("sys.stdin", io.StringIO(exported))
    again = json.loads(run("cite", "--json", "-", index=two_versions)[1])
    assert (again["status"], again["held"]) == ("changed", False)
    status, out, err = run("cite", cited, index=two_versions)
    assert (status, out) == (1, "")
    assert "can be looked up without that version: 'policy-assistant cite FILE.json'" in err
    saved.write_text("{}", encoding="utf-8")
    status, out, err = run("cite", saved, index=two_versions)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "there is no quote in it" in err


def test_ask_since(run: Run, acme: Path, index: Path) -> None:
    run("add", acme, index=index)
    acme.write_text(POLICY.replace("30 days", "90 days"), encoding="utf-8")
    run("add", acme, index=index)
    question = "How long are server logs kept?"
    status, out, err = run("ask", question, "--since", "2100-01-01", index=index)
    assert (status, err) == (0, "")
    assert out.endswith("holds a version from 2100-01-01 has changed since.\n")
    status, _, err = run("ask", question, "--since", "2000-01-01", index=index)
    assert (status, "no version of 'acme' is from 2000-01-01" in err) == (1, True)
    both = ("--since", "2100-01-01", "--as-of", "2100-01-01")
    status, _, err = run("ask", question, *both, index=index)
    assert (status, "leave out --as-of" in err) == (1, True)
    status, _, err = run("ask", question, "--since", "soon", index=index)
    assert (status, "'soon' is not a date" in err) == (1, True)
