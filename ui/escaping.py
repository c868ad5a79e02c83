"""Text of policies and questions on its way into HTML: shown as it is, never interpreted."""

from __future__ import annotations

import html
import re

_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """HTML of the text, for element content and for quoted attributes alike.

    Markup is escaped. Bidirectional control characters, which make a text read otherwise than
    it is stored (CVE-2021-42574), are spelt out: `[U+202E]`. Lone surrogates become `?`.
    """
    encodable = text.encode("utf-8", "replace").decode("utf-8")
    named = _BIDI_CONTROLS.sub(lambda found: f"[U+{ord(found[0]):04X}]", encodable)
    return html.escape(named)
