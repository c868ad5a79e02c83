"""What stands below a complete answer: its address, its files, what the reader says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.history.kept import Feedback, Judgement
from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup

SAVED_AS = {"markdown": "Markdown", "html": "HTML", "json": "JSON"}
MOST_NOTE = 2000  # characters of a note
_NAMES = {
    Judgement.RIGHT: "Right",
    Judgement.WRONG: "Wrong",
    Judgement.INCOMPLETE: "Incomplete",
}


@dataclass(frozen=True, slots=True)
class _Note:
    text: str
    is_right: bool
    most: int = MOST_NOTE


def judging(answer: str, feedback: Feedback | None) -> Markup:
    """Three buttons, a note once one is pressed, and how the answer is taken along.

    `answer` is the id that the answer is kept under.
    """
    return fill(
        "page/answer_footer",
        "judging",
        answer=answer,
        judgements=[
            (judgement, name, feedback is not None and feedback.judgement is judgement)
            for judgement, name in _NAMES.items()
        ],
        saved_as=SAVED_AS,
        note=feedback and _Note(feedback.note, feedback.judgement is Judgement.RIGHT),
    )


def taking_along(answer: str) -> Markup:
    """For an answer that is shown by its address, and not to be judged there."""
    return fill("page/answer_footer", "taking_along", answer=answer, saved_as=SAVED_AS)
