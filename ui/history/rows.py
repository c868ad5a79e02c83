"""Rows of the file of conversations -> kept questions."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from assistant import Answer, AnswerFormatError
from ui.history.kept import Feedback, Judgement, KeptQuestion

COLUMNS = """questions.id, conversation, questions.question, asked_at, answer, names, judgement,
    note FROM questions LEFT JOIN feedback ON feedback.question = questions.id"""
UNREADABLE = (ValueError, TypeError, AttributeError, AnswerFormatError)
"""What reading a row raises where it does not hold what was written."""


def kept_question(row: tuple[Any, ...]) -> KeptQuestion:
    """The question in a row of `COLUMNS`. Raises one of `UNREADABLE`."""
    id_, conversation, question, asked_at, answer, names, judgement, note = row
    return KeptQuestion(
        id_,
        conversation,
        question,
        datetime.fromisoformat(asked_at),
        Answer.from_dict(json.loads(answer)) if answer else None,
        json.loads(names),
        Feedback(Judgement(judgement), note) if judgement else None,
    )


def is_readable(answer: str | None, names: str, asked_at: str) -> bool:
    """Whether what is stored of a question can be read back."""
    try:
        kept_question(("", "", "", asked_at, answer, names, None, ""))
    except UNREADABLE:
        return False
    return True
