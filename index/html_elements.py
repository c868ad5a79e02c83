"""What the elements of a web page are for: blocks, headings, tables of data."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any

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
    for table in root.iter("table"):
        cells[table] = 0
        if table.get("role") in ("presentation", "none"):
            layout.add(table)
    for inner in root.iter("table", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6"):
        table = next(inner.iterancestors("table"), None)
        if table is None or table in layout:
            continue
        if inner.tag == "tr":
            cells[table] = max(cells[table], sum(cell.tag in ("td", "th") for cell in inner))
        elif inner.tag == "td":
            if is_longer(inner, _LONGEST_CELL):
                layout.add(table)
        elif inner.tag == "table" or next(inner.iterancestors("td", "table")).tag == "td":
            layout.add(table)
    return {table for table, widest in cells.items() if widest > 1} - layout - skipped
