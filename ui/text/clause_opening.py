"""How a clause begins, where it is only named and not quoted."""

from __future__ import annotations

import re

_HEADING_LINE = re.compile(r"^#{1,6} .*$", re.MULTILINE)


def opening(clause: str, most: int) -> str:
    """The first `most` characters of a clause on one line, cut between words.

    Markdown heading lines are left out: the headings are shown beside it.
    """
    flat = " ".join(_HEADING_LINE.sub("", clause).split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"
