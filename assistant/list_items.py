"""Items of a list that say nothing, or the contrary, by themselves: "Use a robot", below "You must
not:"."""

from __future__ import annotations

import re

_MARK = re.compile(r"^\s*(?:[-*+•·–▪◦]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])(?=\s|\*|$)")
_TURNING = re.compile(
    r"\b(?:not|never|no|none|unless|except|if|when|where|without|prohibit\w*|forbid\w*|cannot)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:we|you|they|it|is|are|was|were|will|may|can|must|shall|should|has|have|do|does)\b.*"
    r"[.!?][\"”’)*_]*$",
    re.IGNORECASE | re.DOTALL,
)


def is_introduced(text: str, start: int) -> bool:
    """Whether a list's item begins at `start` (a code point of `text`), or goes on there, that
    means nothing, or something else, without the line above the list that ends in a colon."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    item = text[line_start : len(text) if line_end < 0 else line_end].rstrip()
    if not _MARK.match(item):
        return False
    for line in reversed(text[:line_start].splitlines()):
        if line.strip() and not _MARK.match(line) and line[:1] not in " \t":
            if not line.rstrip(" *_").endswith(":"):
                return False
            return bool(_TURNING.search(line)) or not _SENTENCE.search(_MARK.sub("", item))
    return False
