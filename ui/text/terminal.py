"""How wide the lines of a terminal are, and whether it shows colour."""

from __future__ import annotations

import os
import textwrap
from typing import TextIO

from ui.text.inert import inert

_WIDTH = 88


def wrapped(text: str, indent: int = 0) -> str:
    """The text inert, in lines that leave room for an indentation of so many columns."""
    return "\n".join(
        textwrap.fill(inert(line), _WIDTH - indent) if line.strip() else ""
        for line in text.splitlines()
    )


def indented(text: str) -> str:
    """The text inert, in lines indented by four columns."""
    return textwrap.indent(wrapped(text, 4), "    ")


def wants_colour(stream: TextIO) -> bool:
    """Whether the stream is a terminal that shows colour and NO_COLOR is not set (no-color.org)."""
    dumb = os.environ.get("TERM", "") == "dumb"
    return stream.isatty() and not os.environ.get("NO_COLOR") and not dumb
