"""The date that a policy states for itself ("last updated on ...", "Revision : 2010.07.01")."""

from __future__ import annotations

import datetime
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = (
    rf"(?:(?P<y1>\d{{4}})[-./](?P<m1>\d{{1,2}})[-./](?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n2>{_MONTH})\.?,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<n3>{_MONTH})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})"
    rf"|(?P<a4>\d{{1,2}})[./](?P<b4>\d{{1,2}})[./](?P<y4>\d{{4}}))"
)
_BEFORE = (
    r"(?:(?:last|most\s+recently)\s+(?:updated|modified|revised|changed|amended)|revision"
    r"|date\s+of\s+(?:last\s+)?(?:revision|update)"
    # Laws are in effect, too, and so are other policies.
    r"|(?P<of_it>effective(?:\s+date)?|in\s+effect|updated|revised|version(?:\s+date)?"
    r"|comes?\s+into\s+force|in\s+force))"
)
_ITS_OWN = re.compile(
    r"\b(?:it|this|these|our|the\s+(?:present|following))\b|(?<![^\W_])(?:policy|notice|statement|terms"
    r"|agreement|document|guidelines|page)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:previous|earlier|prior|old|replaces?d?|replacing|supersedes?d?|superseding|law|act|"
    r"regulation|directive)\b",
    re.IGNORECASE,
)
# "Your rights – effective 1 May 2020", a line of its own, unlike "the GDPR is effective from".
_HEADS = re.compile(
    r"(?:[\W_]*+[^\W_]++){1,6}+[\W_]*+(?<!\bis\W)(?<!\bare\W)(?<!\bbeen\W)", re.IGNORECASE
)
_LINE_ENDS = re.compile(r"(?:[^\w\n]|_)*(?:\n|$)")
_SENTENCE = re.compile(r"[.!?;:]\s|\n")
_SEEN = 300  # characters before a date: its sentence, or as much of it as says whose it is
_STATED = re.compile(
    _BEFORE
    + r"[\s:*_()|\[–—-]{0,8}(?:(?:as\s+of|on|from|since|date|is|was|:)[\s:*_]{0,20}+){0,3}"
    + _DATE,
    re.IGNORECASE,
)


def stated_date(text: str) -> str | None:
    """The first date that the text gives as its own, as ISO (YYYY-MM-DD), or None.

    The date of a law, or of the policy that it replaces, is none. Numeric dates whose day and month
    cannot be told apart are passed over, not guessed.
    """
    for match in _STATED.finditer(text):
        date = _read(match)
        before = _SENTENCE.split(text[max(0, match.start() - _SEEN) : match.start()])[-1]
        if date is None or _ANOTHER.search(before):
            continue
        first = re.search(r"[^\W_]", before) is None
        alone = _HEADS.fullmatch(before) and _LINE_ENDS.match(text, match.end())
        if not match["of_it"] or first or alone or _ITS_OWN.search(before):
            return date.isoformat()
    return None


def _read(match: re.Match[str]) -> datetime.date | None:
    if match["y1"]:
        year, month, day = int(match["y1"]), int(match["m1"]), int(match["d1"])
    elif match["y2"]:
        year, month, day = int(match["y2"]), _MONTHS[match["n2"].lower()], int(match["d2"])
    elif match["y3"]:
        year, month, day = int(match["y3"]), _MONTHS[match["n3"].lower()], int(match["d3"])
    else:
        first, second, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (second, first) if second > 12 else (first, second)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
