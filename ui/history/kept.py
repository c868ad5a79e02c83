"""What is kept: questions with their answers, by conversation, and what readers said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant import Answer


class Judgement(StrEnum):
    """What a reader says of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's judgement of an answer, with a note in their own words (may be empty)."""

    judgement: Judgement
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it is listed: by its first question. `asked_at` is that of its last."""

    id: str
    title: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question that was asked. `answer` is None where it was stopped, or could not be answered.

    `names` maps the ids of the policies to what they were called when it was asked.
    """

    id: str
    conversation: str
    question: str
    asked_at: datetime
    answer: Answer | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many conversations were deleted, and the names of the damaged copies that were."""

    conversations: int
    copies: tuple[str, ...] = ()
