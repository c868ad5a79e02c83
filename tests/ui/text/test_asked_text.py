from __future__ import annotations

from pathlib import Path

from assistant import Assistant, Settings
from index.models.embedder import Embedder
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeReranker
from tests.ui.text.conftest import controls
from ui.text.asked_text import answer_for_terminal, hits_text


def test_an_answer_is_shown_inert(hostile: Assistant) -> None:
    answer = hostile.ask("Do you keep logs?", generate=False)
    assert "\x1b" in answer.quotes[0].exact
    shown = answer_for_terminal(answer, hostile)
    assert controls(shown) == set()
    assert "[U+001B]" in shown
    assert answer.quotes[0].citation_id in shown


def test_hits_are_shown_inert(hostile: Assistant) -> None:
    shown = hits_text(hostile.search("logs"), hostile)
    assert controls(shown) == set()
    assert "[U+001B]" in shown
    assert "[U+202E]Logs" in shown


def test_nothing_found(hostile: Assistant) -> None:
    assert hits_text([], hostile) == "Nothing found."


def test_lines_are_wrapped(tmp_path: Path, embedder: Embedder) -> None:
    path = tmp_path / "acme.txt"
    words = " ".join(["logarithm"] * 60)
    path.write_text(f"Acme Privacy Policy\n\nWe keep {words}.\n", encoding="utf-8")
    assistant = Assistant(
        tmp_path / "index", Settings(answer_threshold=0), embedder, NO_MODEL, FakeReranker()
    )
    assistant.add([path])
    shown = answer_for_terminal(
        assistant.ask("Do you keep a logarithm?", generate=False), assistant
    )
    assert max(map(len, shown.splitlines())) in range(80, 89)
    assert shown.count("logarithm") == 60
    assert [line for line in shown.splitlines()[3:-1] if not line.startswith("    ")] == []
