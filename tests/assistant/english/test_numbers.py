import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.english.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We keep logs for thirty (30) days.", ["30 day"]),
        ("thirty days or 30 days", ["30 day"]),
        ("twenty-one days, twenty one days", ["21 day"]),
        ("three business days", ["3 day"]),
        ("one hundred users", ["100"]),
        ("five hundred thousand", ["500000"]),
        ("1,000 users, 12,500.50 in all", ["1000", "12500.50"]),
        ("30days, 90-day", ["30 day", "90 day"]),
        ("a month, every year and once per week", ["1 month", "1 year", "1 time", "1 week"]),
        ("twice a year", ["2 time", "1 year"]),
        ("at a time, to a second party", []),
        ("once you leave", []),
        ("$50, 50 dollars, 50 USD", ["50 dollar"]),
        ("€ 20 or £30.50", ["20 euro", "30.50 pound"]),
        ("US$2 million", ["2000000 dollar"]),
        ("2.5 billion euros", ["2500000000 euro"]),
        ("10%, 10 percent, ten per cent", ["10 percent"]),
        ("on 5 May 2020", ["5", "may", "2020"]),
        ("the 21st of June", ["21", "june"]),
        ("you may ask", []),
        ("section 4.2.1", ["4.2.1"]),
        ("one of our sites, no one, the one that", []),
        ("one free copy", ["1"]),
        ("one (1) free copy", ["1"]),
        ("", []),
    ],
)
def test_numbers_in(text: str, expected: list[str]) -> None:
    assert numbers_in(text) == expected


@given(st.integers(0, 10**9), st.sampled_from(["day", "month", "year"]))
def test_separators_and_plurals_say_nothing(number: int, unit: str) -> None:
    assert (
        numbers_in(f"{number:,} {unit}s") == [f"{number} {unit}"] == numbers_in(f"{number} {unit}")
    )


def test_numbers_past_all_reason() -> None:
    (number,) = numbers_in("one " + "billion " * 5000)
    assert len(number) < 30
