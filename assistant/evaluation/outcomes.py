"""What came back for one question of a set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.evaluation.labelled import Question
from assistant.evaluation.spans import PolicySpan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found and shown for a question, each list best first.

    `sentences` are ranked whether they are shown or not; `quotes` are those of the answer, empty
    where it was withheld. `exact` counts the quotes that stand in the policy verbatim. `timings`
    are the receipt's milliseconds per stage.
    """

    question: Question
    passages: tuple[PolicySpan, ...]
    sentences: tuple[PolicySpan, ...]
    quotes: tuple[PolicySpan, ...]
    exact: int
    confidence: float
    timings: Mapping[str, float]
