from __future__ import annotations

import pytest

from assistant.question.followups.position import Position
from assistant.question.followups.pronoun_it import is_service, is_stand_in


def it_in(question: str) -> Position:
    positions = Position.all_of(question.split())
    return next(position for position in positions if position.word in {"it", "this"})


@pytest.mark.parametrize(
    ("question", "stands_in"),
    [
        ("Is it safe to give you my number?", True),
        ("How long does it take to delete my data?", True),
        ("What about it if I leave?", True),
        ("Who works in IT here?", True),
        ("Do they sell it?", False),
        ("Is it kept?", False),
    ],
)
def test_a_stand_in_for_what_follows(question: str, stands_in: bool) -> None:
    assert is_stand_in(it_in(question)) is stands_in


@pytest.mark.parametrize(
    ("question", "service"),
    [
        ("Does it use cookies?", True),
        ("Is it free?", True),
        ("When I use it", True),
        ("Is it able to read mail?", True),
        ("Is it kept?", False),
        ("Do they sell it?", False),
    ],
)
def test_the_service_itself(question: str, service: bool) -> None:
    assert is_service(it_in(question)) is service
