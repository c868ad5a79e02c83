"""Numbers as lists show them: letters and Roman numerals."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Lower-case Roman numeral; a number outside 1..3999 stays in digits."""
    if not 1 <= number <= 3999:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def alphabetic(number: int) -> str:
    """a, b, .. z, aa, ab, .. as browsers count; a number below 1 stays in digits."""
    if number < 1:
        return str(number)
    written = ""
    while number:
        number, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) + written
    return written


def repeated_letter(number: int) -> str:
    """a, b, .. z, aa, bb, .. as word processors count; a number below 1 stays in digits."""
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)
