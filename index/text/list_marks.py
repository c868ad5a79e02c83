"""How list items begin: the bullets, numbers and letters in front of their text.

No other module spells them out. The patterns differ because those who write the lists do: a plus
sign is a bullet in a text file, a stray sign in a PDF, and "1." numbers a section in the former.
"""

from __future__ import annotations

import re

_BULLETS = "-*+•·▪◦‣○●■□–—"

SYMBOL_FONT_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "□", "\uf02d": "-",
}  # fmt: skip
"""What the private characters of the fonts Symbol and Wingdings look like."""

ENUMERATOR = r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[.)]"
"""A pattern for "1.", "(a)", "iv)"; also for "(a." and others that nobody writes."""

SECTION_NUMBER = r"\d{1,3}(?:\.\d{1,3})+"
"""A pattern for "1.2" and "10.3.1", without what may follow the number."""


def bullet(*, also: str = "", without: str = "") -> str:
    """A pattern for a single bullet: one of the usual ones, or of `also`, and none of `without`."""
    return f"[{re.escape(''.join(char for char in _BULLETS + also if char not in without))}]"


BULLET = re.compile(rf"{bullet()}\s+")
"""A bullet and the blanks behind it, whatever the document."""

TEXT_MARK = re.compile(
    rf"(?:{bullet()}|o(?=\s)|\([a-zA-Z0-9]{{1,4}}\)|[a-z]\)|[ivx]{{1,4}}[.)])(?:\s+|$)"
)
"""The mark of an item in a text file; it may have a line to itself."""

HTML_MARK = re.compile(rf"{bullet(without='+□')}\s|{ENUMERATOR}\s|{SECTION_NUMBER}\.?\s")
"""The mark that a web page's item has in its text, beside the one that the browser draws."""

PDF_MARK = re.compile(rf"(?:{bullet(also='➢✓', without='+')}|o|{ENUMERATOR})\s+(?=\S)")
"""The mark of an item on a PDF's page, with text behind it."""

PDF_HANGING_MARK = re.compile(rf"{PDF_MARK.pattern}|{SECTION_NUMBER}\.?\s")
"""What the further lines of a PDF's paragraph may be indented behind."""
