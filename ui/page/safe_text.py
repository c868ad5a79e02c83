"""Text of policies and questions on its way into the page: shown as it is, never interpreted."""

from __future__ import annotations

import html
import re

# Every character of Unicode's property Bidi_Control, and those that no font shows, of which tags
# spell words that nobody sees.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\U000e0000-\U000e007f]"
)


def spelt_out(text: str) -> str:
    """The text with what is not seen named: `[U+202E]`; for places that take text, not HTML.

    Bidirectional controls make a text read otherwise than it is stored (CVE-2021-42574). Lone
    surrogates become `?`.
    """
    encodable = text.encode("utf-8", "replace").decode("utf-8")
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", encodable)


def visible(text: str) -> str:
    """HTML of the text, spelt out, for element content and for quoted attributes alike."""
    return html.escape(spelt_out(text))
