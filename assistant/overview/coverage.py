"""A grid of policies by topics: each cell a quote, or "not stated"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.asking.asking import Asking
from assistant.overview.each_policy import asked_alone, chosen
from assistant.overview.topics import Topic
from assistant.question.checked_question import checked_question
from assistant.values.answer import Answer, Quote
from index.progress import Progress
from index.store.snapshot import PolicyEntry

FORMAT = "policy-assistant-coverage/1"


@dataclass(frozen=True, slots=True)
class Cell:
    """The best quote of one policy on one topic, None where it does not state it.

    `question` is the one of the topic's questions that was answered best; `confidence` in [0, 1]
    is the probability that the quote answers it or, where there is none, that the nearest clauses
    do.
    """

    question: str
    quote: Quote | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """`cells[p][t]` is the cell of the p-th policy on the t-th topic."""

    topics: tuple[Topic, ...]
    policies: tuple[PolicyEntry, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: one object per policy, its cells by topic."""
        return {
            "format": FORMAT,
            "topics": [
                {
                    "name": topic.name,
                    "questions": list(topic.questions),
                    "words": list(topic.words),
                }
                for topic in self.topics
            ],
            "policies": [
                {
                    "policy_id": entry.id,
                    "version": entry.version,
                    "provider": entry.provider,
                    "title": entry.title,
                    "cells": {
                        topic.name: {
                            "stated": cell.quote is not None,
                            "question": cell.question,
                            "confidence": cell.confidence,
                            "quote": cell.quote.to_dict() if cell.quote else None,
                        }
                        for topic, cell in zip(self.topics, row, strict=True)
                    },
                }
                for entry, row in zip(self.policies, self.cells, strict=True)
            ],
        }


def cover(
    asking: Asking,
    topics: Sequence[Topic],
    policies: Sequence[str] | None,
    progress: Progress,
) -> Coverage:
    """Asks each topic's questions of each policy by itself. See `Assistant.coverage`."""
    entries = chosen(asking, policies)
    rows = []
    with progress("asking", len(topics) * len(entries), "cell") as bar:
        for entry in entries:
            cells = []
            for topic in topics:
                questions = map(checked_question, topic.questions)
                answers = [asked_alone(asking, question, entry) for question in questions]
                cells.append(_cell(topic, answers))
                bar.update(1)
            rows.append(tuple(cells))
    return Coverage(tuple(topics), tuple(entries), tuple(rows))


def _cell(topic: Topic, answers: Sequence[Answer]) -> Cell:
    cells = []
    for answer in answers:
        quotes = (quote for quote in answer.quotes if topic.mentioned_in(quote.exact))
        cells.append(Cell(answer.question, next(quotes, None), answer.confidence))
    return max(cells, key=lambda cell: (cell.quote is not None, cell.confidence))
