"""Numbers in text, whichever way they are written: "thirty (30) days" says 30 days."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_MOST = 10**12  # past it no scale is read: "billion billion billion"
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_TIMES = {"once": "1", "twice": "2"}
_TIME_UNITS = {
    unit + ending: unit
    for unit in ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "time")
    for ending in ("", "s")
}
_UNITS = _TIME_UNITS | {
    form: unit
    for unit, forms in {
        "dollar": "dollar dollars usd $",
        "euro": "euro euros eur €",
        "pound": "pound pounds gbp £",
        "percent": "percent %",
    }.items()
    for form in forms.split()
}
_PASSED_OVER = {"business", "working", "calendar", "full", "more"}
_ONE = {"a", "an", "per", "each", "every"}  # "a month" is one month
_NO_PERIOD = {"second", "time"}  # "a second party", "at a time"
_PRONOUN_AFTER = {
    "of",
    "way",
    "another",
    "or",
    "may",
    "can",
    "must",
    "is",
    "who",
    "that",
    "which",
    "",
}
_PRONOUN_BEFORE = {"no", "any", "every", "each", "this", "that", "the", "which"}
_TOKEN = re.compile(
    r"(?P<sign>[$€£](?=\s?\d)|(?<=\d)\s?%)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)(?:st|nd|rd|th)?"
    r"|(?P<word>per\s?cent\b|[A-Za-z]+(?:-[A-Za-z]+)?)",
    re.IGNORECASE,
)


def numbers_in(text: str) -> list[str]:
    """The numbers of a text in a form that can be compared, each once, in order.

    A number keeps the unit of time or money or the percent sign that goes with it ("30 day",
    "5 dollar"); "a month" and "every month" are "1 month"; month names count as numbers of a
    date ("june"), as do "once" and "twice" ("1 time").
    """
    found: list[str] = []
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        value, used = _value(tokens, at)
        if value is None:
            found.extend(_without_figures(tokens, at))
        else:
            money = _UNITS.get(tokens[at - 1]["sign"] or "") if at else None
            unit = money or _unit(tokens, at + used, value)
            found.append(f"{value} {unit}" if unit else value)
        at += used
    return list(dict.fromkeys(found))


def in_figures(text: str) -> str:
    """The text with its numbers in figures: "thirty (30) days" as "30 days"."""
    tokens = list(_TOKEN.finditer(text))
    whole, last, at = "", 0, 0
    while at < len(tokens):
        value, used = _value(tokens, at)
        if value is not None and not tokens[at]["number"]:
            end = tokens[at + used - 1].end()
            repeated = re.match(rf"\s*\({re.escape(value)}\)", text[end:])
            whole += text[last : tokens[at].start()] + value
            last = end + (repeated.end() if repeated else 0)
            while at + used < len(tokens) and tokens[at + used].start() < last:
                used += 1
        at += used
    return whole + text[last:]


def _without_figures(tokens: list[re.Match[str]], at: int) -> list[str]:
    word, following = _word(tokens, at), _word(tokens, at + 1)
    if word in _TIMES and (word == "twice" or following in {"a", "per", "every", "each"}):
        return [f"{_TIMES[word]} time"]
    if word in _ONE and _TIME_UNITS.get(following, "time") not in _NO_PERIOD:
        return [f"1 {_TIME_UNITS[following]}"]
    if word in _MONTHS and (word != "may" or (tokens[at][0][0].isupper() and _dated(tokens, at))):
        return [word]
    return []


def _word(tokens: list[re.Match[str]], at: int) -> str:
    return (tokens[at]["word"] or "").lower() if 0 <= at < len(tokens) else ""


def _value(tokens: list[re.Match[str]], at: int) -> tuple[str | None, int]:
    figures = (tokens[at]["number"] or "").replace(",", "")
    if figures:
        scale = _SCALES.get(_word(tokens, at + 1))
        if scale is None or figures.count(".") > 1:
            whole, _, rest = figures.partition(".")
            return (figures if rest.strip("0") else whole), 1
        return f"{(Decimal(figures) * scale).normalize():f}", 2
    parts = _word(tokens, at).split("-")
    if not all(part in _WORDS for part in parts):
        return None, 1
    total, used = sum(_WORDS[part] for part in parts), 1
    if parts == ["one"] and _pronoun(tokens, at):
        return None, 1  # "one of our sites" counts nothing
    while at + used < len(tokens):
        word = _word(tokens, at + used)
        if word in _SCALES and total < _MOST:
            total *= _SCALES[word]
        elif len(parts) == 1 and total in range(20, 100, 10) and 0 < _WORDS.get(word, 0) < 10:
            total += _WORDS[word]
        else:
            break
        used += 1
    return str(total), used


def _pronoun(tokens: list[re.Match[str]], at: int) -> bool:
    if at + 1 < len(tokens) and tokens[at + 1]["number"]:
        return False  # "one (1) copy"
    return _word(tokens, at + 1) in _PRONOUN_AFTER or _word(tokens, at - 1) in _PRONOUN_BEFORE


def _dated(tokens: list[re.Match[str]], at: int) -> bool:
    around = tokens[max(0, at - 1) : at] + tokens[at + 1 : at + 2]
    return any(token["number"] for token in around)


def _unit(tokens: list[re.Match[str]], at: int, value: str) -> str | None:
    """The unit behind a number; "thirty (30) days" gives "thirty" its unit too."""
    for token in tokens[at : at + 3]:
        word = re.sub(r"\s", "", (token["word"] or token["sign"] or "").lower())
        if word in _UNITS:
            return _UNITS[word]
        if token["number"] == value or word in _PASSED_OVER:
            continue
        return None
    return None
