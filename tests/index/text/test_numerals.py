"""Numbers as lists show them."""

from __future__ import annotations

import pytest

from index.text.numerals import alphabetic, repeated_letter, roman


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "i"), (4, "iv"), (49, "xlix"), (1994, "mcmxciv"), (3999, "mmmcmxcix")],
)
def test_roman(number: int, expected: str) -> None:
    assert roman(number) == expected


@pytest.mark.parametrize(
    ("number", "in_browsers", "in_word_processors"),
    [(1, "a", "a"), (26, "z", "z"), (27, "aa", "aa"), (28, "ab", "bb"), (53, "ba", "aaa")],
)
def test_letters(number: int, in_browsers: str, in_word_processors: str) -> None:
    assert (alphabetic(number), repeated_letter(number)) == (in_browsers, in_word_processors)


@pytest.mark.parametrize("number", [-1, 0])
def test_what_cannot_be_written_stays_in_digits(number: int) -> None:
    written = {roman(number), alphabetic(number), repeated_letter(number)}
    assert written == {str(number)}
    assert roman(4000) == "4000"
