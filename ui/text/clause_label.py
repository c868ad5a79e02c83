"""What stands for a clause where it is not quoted: its place, and how it begins."""

from __future__ import annotations

import re

from assistant import Clause

_HEADING_LINE = re.compile(r"^#{1,6} .*$", re.MULTILINE)


def opening(clause: str, most: int) -> str:
    """The first `most` characters of a clause on one line, cut between words.

    Markdown headings are left out: they are shown beside it.
    """
    flat = " ".join(_HEADING_LINE.sub("", clause).split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def place(provider: str, clause: Clause | None) -> str:
    """Where a clause stands: provider, section number, headings, page."""
    parts = [provider]
    if clause is not None:
        headings = " > ".join(clause.heading_path)
        parts.append(" ".join(filter(None, [clause.number, headings])))
        parts.append(f"page {clause.page}" if clause.page else "")
    return ", ".join(filter(None, parts))
