"""Follow-up questions ("and for how long?") -> questions that can be searched by themselves."""

from __future__ import annotations

from assistant.question.followups.rewriting import Turn, searched_text

__all__ = ["Turn", "searched_text"]
