"""Items of a list that say nothing by themselves: "Use a robot", below "You must not:"."""

from __future__ import annotations

import re

_MARK = re.compile(r"^\s*(?:[-*+•·–▪◦]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])(?=\s|\*|$)")


def is_introduced(text: str, start: int) -> bool:
    """Whether a list's item begins at `start` (a code point of `text`), or goes on there, that a
    line ending in a colon introduces."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    if not _MARK.match(text[line_start : len(text) if line_end < 0 else line_end]):
        return False
    for line in reversed(text[:line_start].splitlines()):
        if line.strip() and not _MARK.match(line) and line[:1] not in " \t":
            return line.rstrip(" *_").endswith(":")
    return False
