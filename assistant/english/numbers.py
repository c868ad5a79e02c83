"""Numbers in text, however they are written: "thirty (30) days" says 30 days."""

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
_LARGEST = 10**12  # beyond it no scale is read: "billion billion billion"
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
# "one" beside one of these counts nothing.
_BEHIND_PRONOUN = {*"of way another or may can must is who that which".split(), ""}
_BEFORE_PRONOUN = set("no any every each this that the which".split())
_TOKEN = re.compile(
    r"(?P<sign>[$€£](?=\s?\d)|(?<=\d)\s?%)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)(?:st|nd|rd|th)?"
    r"|(?P<word>per\s?cent\b|[A-Za-z]+(?:-[A-Za-z]+)?)",
    re.IGNORECASE,
)


def numbers_in(text: str) -> list[str]:
    """The numbers of a text in a form that can be compared, each once, in order.

    A number keeps its unit of time or money, or its percent sign: "30 day", "5 dollar". "a month"
    and "every month" are "1 month", "once" a month and "twice" are "1 time" and "2 time", and the
    names of months count as numbers: "june".
    """
    numbers: list[str] = []
    tokens = list(_TOKEN.finditer(text))
    index = 0
    while index < len(tokens):
        value, length = _value(tokens, index)
        if value is None:
            numbers.extend(_without_figures(tokens, index))
        else:
            money = _UNITS.get(tokens[index - 1]["sign"] or "") if index else None
            unit = money or _unit(tokens, index + length, value)
            numbers.append(f"{value} {unit}" if unit else value)
        index += length
    return list(dict.fromkeys(numbers))


def in_figures(text: str) -> str:
    """The text with its numbers in figures: "thirty (30) days" as "30 days"."""
    tokens = list(_TOKEN.finditer(text))
    rewritten, done, index = "", 0, 0
    while index < len(tokens):
        value, length = _value(tokens, index)
        if value is not None and not tokens[index]["number"]:
            end = tokens[index + length - 1].end()
            repeated = re.match(rf"\s*\({re.escape(value)}\)", text[end:])
            rewritten += text[done : tokens[index].start()] + value
            done = end + (repeated.end() if repeated else 0)
            while index + length < len(tokens) and tokens[index + length].start() < done:
                length += 1
        index += length
    return rewritten + text[done:]


def _without_figures(tokens: list[re.Match[str]], index: int) -> list[str]:
    """Of a token that is not a number but may count as one."""
    word, following = _word(tokens, index), _word(tokens, index + 1)
    if word in _TIMES and (word == "twice" or following in {"a", "per", "every", "each"}):
        return [f"{_TIMES[word]} time"]
    if word in _ONE and _TIME_UNITS.get(following, "time") not in _NO_PERIOD:
        return [f"1 {_TIME_UNITS[following]}"]
    capital_beside_number = tokens[index][0][0].isupper() and _dated(tokens, index)
    return [word] if word in _MONTHS and (word != "may" or capital_beside_number) else []


def _word(tokens: list[re.Match[str]], index: int) -> str:
    return (tokens[index]["word"] or "").lower() if 0 <= index < len(tokens) else ""


def _value(tokens: list[re.Match[str]], index: int) -> tuple[str | None, int]:
    """The number that begins at a token, None if none does, and how many tokens it takes."""
    figures = (tokens[index]["number"] or "").replace(",", "")
    if figures:
        scale = _SCALES.get(_word(tokens, index + 1))
        if scale is None or figures.count(".") > 1:
            whole, _, rest = figures.partition(".")
            return (figures if rest.strip("0") else whole), 1
        return f"{(Decimal(figures) * scale).normalize():f}", 2
    parts = _word(tokens, index).split("-")
    if not all(part in _WORDS for part in parts):
        return None, 1
    total, length = sum(_WORDS[part] for part in parts), 1
    if parts == ["one"] and _pronoun(tokens, index):
        return None, 1  # "one of our sites" counts nothing
    while index + length < len(tokens):
        word = _word(tokens, index + length)
        if word in _SCALES and total < _LARGEST:
            total *= _SCALES[word]
        elif len(parts) == 1 and total in range(20, 100, 10) and 0 < _WORDS.get(word, 0) < 10:
            total += _WORDS[word]
        else:
            break
        length += 1
    return str(total), length


def _pronoun(tokens: list[re.Match[str]], index: int) -> bool:
    if index + 1 < len(tokens) and tokens[index + 1]["number"]:
        return False  # "one (1) copy"
    before, after = _word(tokens, index - 1), _word(tokens, index + 1)
    return after in _BEHIND_PRONOUN or before in _BEFORE_PRONOUN


def _dated(tokens: list[re.Match[str]], index: int) -> bool:
    around = tokens[max(0, index - 1) : index] + tokens[index + 1 : index + 2]
    return any(token["number"] for token in around)


def _unit(tokens: list[re.Match[str]], start: int, value: str) -> str | None:
    """The unit behind a number; "thirty (30) days" gives "thirty" its unit too."""
    for token in tokens[start : start + 3]:
        word = re.sub(r"\s", "", (token["word"] or token["sign"] or "").lower())
        if word in _UNITS:
            return _UNITS[word]
        if token["number"] == value or word in _PASSED_OVER:
            continue
        return None
    return None
