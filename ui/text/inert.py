"""Text of policies, questions and file names made safe to show.

What a reader cannot see is spelt out here, and only here. The last step is that of each medium: the
templates escape for HTML, exports for Markdown, and a terminal shows the text as it is.
"""

from __future__ import annotations

import re

# Control characters, among them terminal escapes; every character of Unicode's property
# Bidi_Control, which make a text read otherwise than it is stored (CVE-2021-42574); Unicode's tags,
# which spell words in no font; and lone surrogates, which cannot be encoded.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
LINE_ENDS = re.compile("[\t\n\u2028\u2029]")


def inert(text: str) -> str:
    """`text` with every unseen character but newline and tab written as `[U+202E]`."""
    return UNSEEN.sub(_code_point, text)


def one_line(text: str) -> str:
    """`text` inert on one line, newlines and tabs spelt out too.

    The name of a file cannot pass for a line of ours.
    """
    return LINE_ENDS.sub(_code_point, inert(text))


def _code_point(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"
