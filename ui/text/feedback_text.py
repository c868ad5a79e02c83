"""What `feedback` prints."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ui.history.kept import KeptQuestion
from ui.text.inert import inert
from ui.text.terminal import wrapped


def feedback_text(judged: Sequence[KeptQuestion]) -> str:
    """A line for each judgement with its question, and the note below it."""
    if not judged:
        return "No feedback yet: readers give it below answers, in 'policy-assistant chat'."
    parts = []
    for kept in judged:
        assert kept.feedback is not None
        line = f"{kept.feedback.judgement:<10}  {kept.asked_at:%Y-%m-%d}  {kept.question}"
        note = textwrap.indent(wrapped(kept.feedback.note, 24), " " * 24)
        parts.append("\n".join(filter(None, [inert(line), note])))
    return "\n".join(parts)
