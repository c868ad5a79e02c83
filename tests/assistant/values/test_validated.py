from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.values.validated import validated


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    pages: tuple[int, ...] = ()
    weight: float = 0.0

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a card has a name")


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


def test_objects_become_dataclasses_and_arrays_tuples() -> None:
    assert validated(Card, {"name": "A", "pages": [1, 2], "weight": 3}) == Card("A", (1, 2), 3.0)
    assert validated(tuple[Card, ...], [{"name": "A"}]) == (Card("A"),)


@pytest.mark.parametrize(
    ("kind", "data", "fault"),
    [
        (Card, {}, "name is missing"),
        (Card, [], "it should be an object, not []"),
        (Card, {"name": 5}, "name should be a valid string, not 5"),
        (Card, {"name": ""}, "a card has a name"),
        (Card, {"name": "A", "pages": [1, "2"]}, "pages[1] should be a valid integer, not '2'"),
        (Card, {"name": "A", "pages": [True]}, "pages[0] should be a valid integer, not True"),
        (Card, {"name": "A", "weight": float("inf")}, "weight should be a finite number, not inf"),
        (Card, {"name": "A", "weight": 10**400}, "weight should be a finite number, not 1000"),
        (Card, {"name": "A", "size": 1}, "size is not a field that belongs here"),
        (tuple[Card, ...], [{"name": "A"}, {}], "[1].name is missing"),
        (tuple[Card, ...], [{"name": ""}], "[0]: a card has a name"),
        (Card, {1, 2}, "it is not plain JSON (Object of type set"),
        (Card, nested(400), "it is nested too deeply"),
        (Card, nested(10_000), "it is not plain JSON (maximum recursion depth"),
    ],
    ids=range(14),
)
def test_the_first_fault_is_named(kind: type[Any], data: Any, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(fault)}"):
        validated(kind, data)


def test_a_wrong_value_is_shown_in_one_short_line() -> None:
    with pytest.raises(ValueError, match=r"^name should be a valid string, not ") as raised:
        validated(Card, {"name": ["\n"] * 1000})
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 130


def test_unknown_fields_are_left_out_where_that_is_wanted() -> None:
    assert validated(Card, {"name": "A", "size": 1}, extra="ignore") == Card("A")


def test_a_lone_surrogate_is_not_text() -> None:
    assert validated(Card, {"name": "\ud800"}) == Card("?")
