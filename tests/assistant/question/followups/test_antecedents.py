from __future__ import annotations

import pytest

from assistant.question.followups.antecedents import resolved
from assistant.question.followups.parsed_question import ParsedQuestion
from assistant.question.followups.pointers import pointers

BEFORE = ParsedQuestion("", "can", "I", "delete", ("my account", "with advertisers"))


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("Do they sell it?", "Do they sell my account?"),
        ("Is that legal?", "Is deleting my account with advertisers legal?"),
        ("How do I do that?", "How do I delete my account with advertisers?"),
        ("What happens then?", "What happens after deleting my account with advertisers?"),
        ("Do they tell them my name?", "Do they tell advertisers my name?"),
        ("How can I check that?", ""),
    ],
)
def test_a_pointer_gets_its_meaning(question: str, meaning: str) -> None:
    words = question.split()
    assert resolved(words, pointers(words, BEFORE.text()), BEFORE, "my account") == meaning


def test_without_a_noun_nothing_is_clear() -> None:
    words = "Do they sell it?".split()
    assert resolved(words, pointers(words, ""), BEFORE, "") == ""
