from __future__ import annotations

import pytest

from assistant.question.followups.parsed_question import ParsedQuestion
from assistant.question.followups.parsing import parse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "For how long do they keep my logs?",
            ("for how long", "do", "they", "keep", ("my logs",)),
        ),
        ("Who sees my data at Acme?", ("who", "", "", "sees", ("my data", "at Acme"))),
        ("Tell me about cookies", ("", "", "", "Tell", ("cookies",))),
        ("Are my contacts sold to them?", ("", "are", "my contacts", "sold", ("to them",))),
        ("Can I opt out of it?", ("", "can", "I", "opt out of", ("it",))),
        ("Is my data safe?", ("", "is", "my data", "safe", ())),
    ],
)
def test_questions_that_come_apart(
    text: str, parts: tuple[str, str, str, str, tuple[str, ...]]
) -> None:
    assert parse(text) == ParsedQuestion(*parts)


@pytest.mark.parametrize("text", ["", "Cookies", "Do they sell it, and who buys it?", "I left."])
def test_what_does_not_come_apart(text: str) -> None:
    assert parse(text) is None
