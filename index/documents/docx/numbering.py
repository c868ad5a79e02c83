"""The automatic numbers and bullets of a Word document, which its paragraphs do not hold.

Source: ECMA-376 part 1, 17.9 (Numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.documents.element_tree import Element
from index.text.list_marks import SYMBOL_FONT_BULLETS
from index.text.numerals import repeated_letter, roman

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLETS = {**SYMBOL_FONT_BULLETS, "o": "◦"}
_DEEPEST = 8  # Word numbers levels from 0 to 8


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    gap: str = " "
    legal: bool = False  # shows the numbers of all levels in digits


@dataclass(slots=True)
class _Scheme:
    """An abstract numbering: the lists that share it count on from each other."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    scheme: _Scheme
    levels: dict[int, _Level]
    restarts: dict[int, int]


class DocxNumbering:
    """Counts a document's numbered paragraphs, which are to be told in their order."""

    def __init__(self, numbering: Element | None) -> None:
        """`numbering` is the root of numbering.xml, or None for a document without lists."""
        self._lists: dict[str | None, _List] = {}
        if numbering is None:
            return
        schemes: dict[str | None, _Scheme] = {}
        named: dict[str, _Scheme] = {}
        links: dict[str | None, str] = {}
        for element in numbering.iterchildren(f"{_W}abstractNum"):
            key = element.get(f"{_W}abstractNumId")
            schemes[key] = _Scheme(_levels(element))
            if (name := _value(element, "styleLink")) is not None:
                named[name] = schemes[key]
            if (name := _value(element, "numStyleLink")) is not None:
                links[key] = name
        for element in numbering.iterchildren(f"{_W}num"):
            key = _value(element, "abstractNumId") or ""
            scheme = named.get(links.get(key, ""), schemes.get(key))
            if scheme is not None:
                self._lists[element.get(f"{_W}numId")] = _list(element, scheme)

    def label(self, list_id: str, depth: int) -> str:
        """What stands in front of the next paragraph of that list, blank included; "" for none.

        `depth` counts from 0.
        """
        numbers = self._lists.get(list_id)
        if numbers is None:
            return ""
        depth = min(max(depth, 0), _DEEPEST)
        counts = numbers.scheme.counts
        if depth in numbers.restarts:
            counts[depth] = numbers.restarts.pop(depth)
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = numbers.levels.get(depth, _Level()).start
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        for above in range(depth):
            counts.setdefault(above, numbers.levels.get(above, _Level()).start)
        return _written(numbers.levels.get(depth, _Level()), numbers.levels, counts)


def _levels(element: Element) -> dict[int, _Level]:
    return {
        _number(level.get(f"{_W}ilvl")): _Level(
            start=_number(_value(level, "start"), 1),
            style=_value(level, "numFmt") or "decimal",
            text=_value(level, "lvlText") or "",
            gap="" if _value(level, "suff") == "nothing" else " ",
            legal=level.find(f"{_W}isLgl") is not None,
        )
        for level in element.iterchildren(f"{_W}lvl")
    }


def _list(element: Element, scheme: _Scheme) -> _List:
    levels, restarts = dict(scheme.levels), {}
    for override in element.iterchildren(f"{_W}lvlOverride"):
        levels.update(_levels(override))
        if (start := _value(override, "startOverride")) is not None:
            restarts[_number(override.get(f"{_W}ilvl"))] = _number(start, 1)
    return _List(scheme, levels, restarts)


def _written(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level.style == "none" and "%" not in level.text:
        return ""
    if level.style == "bullet":
        bullet = level.text.strip()
        shown = _BULLETS.get(bullet, "•" if "\ue000" <= bullet <= "\uf8ff" else bullet)
        return f"{shown}{level.gap}" if shown else ""

    def count(place: re.Match[str]) -> str:
        depth = int(place.group(1)) - 1
        style = levels.get(depth, _Level()).style
        return _formatted(counts.get(depth, 1), "decimal" if level.legal else style)

    label = re.sub(r"%([1-9])", count, level.text).strip()
    return f"{label}{level.gap}" if label else ""


def _formatted(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        written = repeated_letter(number)
    elif style in ("lowerRoman", "upperRoman"):
        written = roman(number)
    elif style == "decimalZero":
        written = f"{number:02}"
    else:
        written = "" if style == "none" else str(number)
    return written.upper() if style.startswith("upper") else written


def _value(element: Element, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default
