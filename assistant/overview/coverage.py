"""A grid of policies by topics: each cell a quote, or "not stated"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.overview.each_policy import asked_alone, chosen
from assistant.overview.topics import Topic
from assistant.values.answer import Answer, Quote
from index.add import Progress
from index.store.snapshot import PolicyEntry

if TYPE_CHECKING:
    from assistant.assistant import Assistant

FORMAT = "policy-assistant-coverage/1"


@dataclass(frozen=True, slots=True)
class Cell:
    """The best quote of one policy on one topic, None where it does not state it.

    `confidence` in [0, 1] is the probability that the quote answers `question`, that one of the
    topic's questions which was answered best; where none was, that the nearest clauses would.
    """

    question: str
    quote: Quote | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """`cells[p][t]` is that of the p-th policy on the t-th topic."""

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
    assistant: Assistant,
    topics: Sequence[Topic],
    policies: Sequence[str] | None,
    progress: Progress,
) -> Coverage:
    """Asks each topic's questions of each policy by itself. See `Assistant.coverage`."""
    entries = chosen(assistant, policies)
    rows = []
    with progress("asking", len(topics) * len(entries), "cell") as bar:
        for entry in entries:
            row = []
            for topic in topics:
                answers = [asked_alone(assistant, each, entry) for each in topic.questions]
                row.append(_cell(topic, answers))
                bar.update(1)
            rows.append(tuple(row))
    return Coverage(tuple(topics), tuple(entries), tuple(rows))


def _cell(topic: Topic, answers: Sequence[Answer]) -> Cell:
    cells = []
    for answer in answers:
        told = (quote for quote in answer.quotes if topic.mentioned_in(quote.exact))
        cells.append(Cell(answer.question, next(told, None), answer.confidence))
    return max(cells, key=lambda cell: (cell.quote is not None, cell.confidence))
