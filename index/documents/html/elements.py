"""What the elements of a web page are for: blocks, headings, tables of data."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import accumulate

from index.documents.element_tree import Element, walk

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
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
_LONGEST_CELL = 3000  # characters: what is longer is a column of a page, not a cell of a table


def is_block(element: Element) -> bool:
    """Whether a browser sets the element on lines of its own."""
    style = element.get("style")
    return element.tag in _BLOCKS or bool(style and _BLOCK_STYLE.search(style))


def heading_level(element: Element) -> int:
    """1..6 for a heading, else 0."""
    if element.tag in _HEADINGS:
        return int(str(element.tag)[1])
    if element.get("role") == "heading":
        level = element.get("aria-level") or "2"
        return min(6, int(level)) if re.fullmatch(r"[1-9]", level) else 2
    return 0


def is_longer(element: Element, length: int) -> bool:
    """Whether the element's text has more characters than that; reads no further than it must."""
    return any(count > length for count in accumulate(map(len, element.itertext())))


def data_tables(root: Element, skipped: Set[Element]) -> set[Element]:
    """The tables under `root` that hold rows of data, rather than lay out the page."""
    cells: dict[Element, int] = {}  # cells of the widest row of every table
    layout: set[Element] = set()
    tables: list[Element] = []  # that are open
    in_cell: list[bool] = []  # whether a cell was opened last, or a table
    for event, inner in walk(root, "table", "td", "tr", *_HEADINGS):
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
