"""The markers of a web page's lists, as a browser draws them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.documents.element_tree import Element
from index.text.numerals import alphabetic, roman

_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:", re.I)
_STYLE = re.compile(r"none|(?:lower|upper)-\w+|decimal", re.I)
_STYLE_OF_TYPE = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}


@dataclass(slots=True)
class HtmlList:
    """A list that is being read; `number` is that of its next item."""

    style: str
    number: int
    step: int = 1

    @classmethod
    def of(cls, element: Element) -> HtmlList:
        """The list that a ul, ol, menu or dir element begins."""
        ordered = element.tag == "ol"
        style = "decimal" if ordered else "bullet"
        if ordered:
            style = _STYLE_OF_TYPE.get(element.get("type") or "", style)
        for declaration in (element.get("style") or "").split(";"):
            declared = _LIST_STYLE.search(declaration)
            if declared and (given := _STYLE.search(declaration, declared.end())):
                style = given.group().lower()
                break
        start = _number(element.get("start"))
        if ordered and element.get("reversed") is not None:
            items = sum(child.tag == "li" for child in element)
            return cls(style, items if start is None else start, -1)
        return cls(style, 1 if start is None else start)

    def marker(self, item: Element) -> str:
        """What stands in front of the next item (its li element), blank included, or ""."""
        if self.style in ("bullet", "none"):
            return "- " if self.style == "bullet" else ""
        given = _number(item.get("value"))
        number = self.number if given is None else given
        self.number = number + self.step
        return f"{_written(number, self.style)}. "


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else None


def _written(number: int, style: str) -> str:
    written = str(number)
    if style.endswith(("alpha", "latin")):
        written = alphabetic(number)
    elif style.endswith("roman"):
        written = roman(number)
    return written.upper() if style.startswith("upper") else written
