from __future__ import annotations

from assistant import Assistant
from tests.ui.text.conftest import controls
from ui.text.citation_text import resolution_text


def test_a_citation_is_shown_inert(hostile: Assistant) -> None:
    answer = hostile.ask("Do you keep logs?", generate=False)
    shown = resolution_text(hostile.lookup(answer.quotes[0].citation_id))
    assert shown.startswith(f"intact: {answer.quotes[0].citation_id}\n")
    assert shown.endswith("The newest version says this in the same place.")
    assert controls(shown) == set()
    assert "[U+001B]" in shown
