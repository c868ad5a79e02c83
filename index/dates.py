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
    r"(?:effective(?:\s+date)?|in\s+effect|(?:last|most\s+recently)\s+(?:updated|modified|revised|"
    r"changed|amended)|updated|revision|revised|version(?:\s+date)?|comes?\s+into\s+force|in\s+force|"
    r"date\s+of\s+(?:last\s+)?(?:revision|update))"
)
_STATED = re.compile(
    _BEFORE
    + r"[\s:*_()|\[–—-]{0,8}(?:(?:as\s+of|on|from|since|date|is|was|:)[\s:*_]*){0,3}"
    + _DATE,
    re.IGNORECASE,
)


def stated_date(text: str) -> str | None:
    """The first date that the text gives as its own, as ISO (YYYY-MM-DD), or None.

    Numeric dates whose day and month cannot be told apart are passed over, not guessed.
    """
    for match in _STATED.finditer(text):
        date = _read(match)
        if date is not None:
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
