"""The line that introduces a list. Without it, an item may seem to say the contrary: "Use a robot",
below "You must not:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.list_marks import ENUMERATOR, SECTION_NUMBER, bullet

_MARK = re.compile(
    rf"^[\s>]*(?:{bullet(also='◯➢►✓', without='‣—')}|{ENUMERATOR}|{SECTION_NUMBER}[.)]?)"
    r"(?=\s|\*|$)"
)
_BLANK = " \t>"


def introduction(text: str, start: int) -> str:
    """The line, ending in a colon, that introduces the list whose item stands at `start`.

    `start` is a code point of `text`, where the item begins or goes on. "" where no line does.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    above = text[:line_start].splitlines()
    if not _in_item(line, above):
        return ""
    while above:
        line = above.pop()
        if line.strip(" \t>*_").endswith(":"):
            return line.strip(" \t>*_")
        if line.strip(_BLANK) and not _in_item(line, above):
            return ""
    return ""


def _in_item(line: str, above: Sequence[str]) -> bool:
    """Whether a line begins an item, or continues one that begins above it."""
    if _MARK.match(line) or (line[:1] in " \t" and line.strip()):
        return True
    for earlier in reversed(above):
        if not earlier.strip(_BLANK) or earlier.strip(" \t>*_").endswith(":"):
            return False
        if _MARK.match(earlier):
            return True
    return False
