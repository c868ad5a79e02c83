"""What the elements of a web page are for: blocks, headings, tables of data."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any

from lxml import etree

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
_LONGEST_CELL = 3000  # characters: what is longer is a column of a page, not a cell of a table


def is_block(element: Any) -> bool:
    """Whether a browser sets the element on lines of its own."""
    style = element.get("style")
    return element.tag in _BLOCKS or bool(style and _BLOCK_STYLE.search(style))


def heading_level(element: Any) -> int:
    """1..6 for a heading, else 0."""
    tag = element.tag
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if element.get("role") == "heading":
        level = element.get("aria-level") or "2"
        return min(6, int(level)) if re.fullmatch(r"[1-9]", level) else 2
    return 0


def is_longer(element: Any, length: int) -> bool:
    """Whether the element's text has more characters than that; reads no further than it must."""
    return any(count > length for count in accumulate(map(len, element.itertext())))


def data_tables(root: Any, skipped: set[Any]) -> set[Any]:
    """The tables under `root` that hold rows of data, rather than lay out the page."""
    cells: dict[Any, int] = {}  # cells of the widest row of every table
    layout: set[Any] = set()
    tables: list[Any] = []  # that are open
    in_cell: list[bool] = []  # whether a cell was opened last, or a table
    tags = ("table", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
    for event, inner in etree.iterwalk(root, events=("start", "end"), tag=tags):
        tag = inner.tag
        if event == "end":
            if tag in ("table", "td"):
                in_cell.pop()
            if tag == "table":
                tables.pop()
            continue
        table = tables[-1] if tables else None
        if table is not None and table not in layout:
            if tag == "tr":
                cells[table] = max(cells[table], sum(cell.tag in ("td", "th") for cell in inner))
            elif tag == "td":
                if is_longer(inner, _LONGEST_CELL):
                    layout.add(table)
            elif tag == "table" or in_cell[-1]:
                layout.add(table)
        if tag in ("table", "td"):
            in_cell.append(tag == "td")
        if tag == "table":
            tables.append(inner)
            cells[inner] = 0
            if inner.get("role") in ("presentation", "none"):
                layout.add(inner)
    return {table for table, widest in cells.items() if widest > 1} - layout - skipped
