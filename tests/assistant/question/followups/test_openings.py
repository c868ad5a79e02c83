from __future__ import annotations

import pytest

from assistant.question.followups.openings import Opening


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        (
            "ok, and what about cookies?",
            Opening("and what about cookies", "cookies", True, True, False),
        ),
        ("thanks! And why?", Opening("And why", "why", True, False, False)),
        ("so what if I leave?", Opening("so what if I leave", "if I leave", False, False, True)),
        ("What’s kept?", Opening("What is kept", "What is kept", False, False, False)),
    ],
)
def test_how_a_question_begins(question: str, opening: Opening) -> None:
    assert Opening.of(question) == opening


@pytest.mark.parametrize("question", ["Really?", "and?", "Are you sure?", "tell me more please"])
def test_what_adds_nothing(question: str) -> None:
    assert Opening.of(question).adds_nothing


def test_what_adds_something() -> None:
    assert not Opening.of("Do you sell it?").adds_nothing
