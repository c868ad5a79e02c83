"""What came back for one question of a set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evaluation.labelled import Question
from assistant.evaluation.spans import Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found and shown for a question, each list best first.

    `sentences` are ranked whether they are shown or not, `quotes` are those of the answer, none
    where it was withheld; `exact` counts the quotes that stand in the policy byte for byte.
    `timings` are the receipt's milliseconds per stage.
    """

    question: Question
    passages: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotes: tuple[Span, ...]
    exact: int
    confidence: float
    timings: Mapping[str, float]
