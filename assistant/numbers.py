"""Numbers in text, whichever way they are written: "thirty (30) days" says 30 days."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_TIMES = {"once": "1", "twice": "2"}
_UNITS = {
    unit + ending: unit
    for unit in ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "time")
    for ending in ("", "s")
}
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)(?P<ordinal>st|nd|rd|th)?\b"
    r"|(?P<word>[A-Za-z]+(?:-[A-Za-z]+)?)"
)


def numbers_in(text: str) -> list[str]:
    """The numbers of a text in a form that can be compared, each once, in order.

    A number with a unit of time right behind it keeps the unit ("30 day"); month names count as
    numbers of a date ("june"), as do "once" and "twice". "A month" is no number.
    """
    found: list[str] = []
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        value, used = _value(tokens, at)
        if value is None:
            word = (tokens[at]["word"] or "").lower()
            capital = (tokens[at]["word"] or " ")[0].isupper()
            following = (tokens[at + 1]["word"] or "").lower() if at + 1 < len(tokens) else ""
            if word in _TIMES and (word == "twice" or following in {"a", "per", "every", "each"}):
                found.append(f"{_TIMES[word]} time")
            elif word in _MONTHS and (word != "may" or (capital and _dated(tokens, at))):
                found.append(word)
            at += 1
            continue
        at += used
        unit = _unit(tokens, at, value)
        found.append(f"{value} {unit}" if unit else value)
    return list(dict.fromkeys(found))


def _value(tokens: list[re.Match[str]], at: int) -> tuple[str | None, int]:
    token = tokens[at]
    if token["number"]:
        return token["number"].replace(",", ""), 1
    parts = token["word"].lower().split("-")
    if not all(part in _WORDS for part in parts):
        return None, 1
    total, used = sum(_WORDS[part] for part in parts), 1
    if parts == ["one"] and not _counts(tokens, at):
        return None, 1  # "one of our sites" counts nothing
    while at + used < len(tokens):
        word = (tokens[at + used]["word"] or "").lower()
        if word in _SCALES:
            total *= _SCALES[word]
        elif len(parts) == 1 and total in range(20, 100, 10) and 0 < _WORDS.get(word, 0) < 10:
            total += _WORDS[word]
        else:
            break
        used += 1
    return str(total), used


def _counts(tokens: list[re.Match[str]], at: int) -> bool:
    following = (tokens[at + 1]["word"] or "").lower() if at + 1 < len(tokens) else ""
    return (
        following in _UNITS
        or following in _SCALES
        or (at + 1 < len(tokens) and tokens[at + 1]["number"] is not None)
    )


def _dated(tokens: list[re.Match[str]], at: int) -> bool:
    around = tokens[max(0, at - 1) : at] + tokens[at + 1 : at + 2]
    return any(token["number"] for token in around)


def _unit(tokens: list[re.Match[str]], at: int, value: str) -> str | None:
    """The unit of time behind a number; "thirty (30) days" gives "thirty" its unit too."""
    for token in tokens[at : at + 3]:
        word = (token["word"] or "").lower()
        if word in _UNITS:
            return _UNITS[word]
        if token["number"] == value or word in {"business", "working", "calendar", "full", "more"}:
            continue
        return None
    return None
