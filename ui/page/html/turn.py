"""A conversation, its questions, and what is said outside of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup


def conversation(turns: Sequence[Markup], id_: str) -> Markup:
    """All turns, oldest first, as a log that screen readers follow; the page remembers the id."""
    return fill("page/turn", "conversation", turns=turns, id=id_)


def kept_answer(turn: Markup, asked: str) -> Markup:
    """An answer that was opened by its address; `asked` says when it was given."""
    return fill("page/turn", "kept_answer", turn=turn, asked=asked)


def turn(number: int, question: str, shown: Markup) -> Markup:
    """A question and what is shown below it."""
    return fill("page/turn", "turn", number=number, question=question, shown=shown)


def waiting(text: str) -> Markup:
    """What is going on now."""
    return fill("page/turn", "waiting", text=text)


def note(text: str) -> Markup:
    """Something to know that is not an answer."""
    return fill("page/turn", "note", text=text)


def error(text: str) -> Markup:
    """What went wrong; a screen reader announces it at once."""
    return fill("page/turn", "error", text=text)
