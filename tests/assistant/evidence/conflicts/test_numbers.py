from __future__ import annotations

import pytest

from assistant.evidence.conflicts.numbers import acts_alike, in_money, other_number
from assistant.evidence.conflicts.statements import Statement, statements


def one(text: str) -> Statement:
    (statement,) = statements(text)
    return statement


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        ("Logs stay 30 days.", "Logs stay 90 days.", 'one says "30 day", the other "90 day"'),
        ("Logs stay 30 days.", "Logs stay a month.", None),
        ("Logs stay 30 days.", "Logs stay up to 90 days.", None),
        (
            "Logs stay up to 30 days.",
            "Logs stay up to 90 days.",
            'one says "30 day", the other "90 day"',
        ),
        ("Logs stay 30 days.", "Photos stay 90 days.", None),
        (
            "Orders cost 5 dollars.",
            "Orders cost 6 dollars.",
            'one says "5 dollar", the other "6 dollar"',
        ),
        (
            "Members get five downloads.",
            "Members get six downloads.",
            'one says "5", the other "6"',
        ),
        ("Plan 5 is kept.", "Plan 6 is kept.", None),
        (
            "You must be 13 years old.",
            "You must be 16 years old.",
            'one says "13 year", the other "16 year"',
        ),
        ("Logs stay 30 days if you ask.", "Logs stay 90 days.", None),
    ],
)
def test_numbers_that_rule_each_other_out(ours: str, theirs: str, reason: str | None) -> None:
    assert other_number(one(ours), one(theirs)) == reason


def test_who_acts_and_how() -> None:
    assert acts_alike(one("We keep logs."), one("We store logs."))
    assert not acts_alike(one("We keep logs."), one("You keep logs."))
    assert not acts_alike(one("You must keep logs."), one("You keep logs."))
    assert not acts_alike(one("You can delete logs."), one("Logs are deleted."))


def test_money() -> None:
    assert in_money("5 dollar")
    assert not in_money("5 day")
