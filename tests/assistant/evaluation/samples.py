"""Questions and outcomes about the policies "a" and "b", with offsets that are easy to reckon."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.labelled import Question
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.spans import PolicySpan


def a(start: int, end: int) -> PolicySpan:
    return PolicySpan("a", start, end)


def b(start: int, end: int) -> PolicySpan:
    return PolicySpan("b", start, end)


def question(
    *evidence: PolicySpan,
    lost: tuple[int, ...] = (),
    segments: tuple[PolicySpan, ...] | None = None,
    about: str = "a",
) -> Question:
    """An answerable question, or one that is not where there is no evidence."""
    return Question("Who?", (), bool(evidence or lost), evidence, lost, segments, about)


def outcome(
    asked: Question,
    *,
    passages: Sequence[PolicySpan] = (),
    sentences: Sequence[PolicySpan] = (),
    quotes: Sequence[PolicySpan] = (),
    confidence: float = 0.0,
    timings: Mapping[str, float] | None = None,
) -> Outcome:
    """What came of a question; all its quotes are exact."""
    return Outcome(
        asked,
        tuple(passages),
        tuple(sentences),
        tuple(quotes),
        len(quotes),
        confidence,
        timings or {},
    )


def labelled_line(text: str = "Who?", **fields: Any) -> dict[str, Any]:
    """A line of questions.jsonl; unanswerable unless evidence is given."""
    evidence = fields.get("evidence", [])
    return {
        "id": "1",
        "question": text,
        "policies": [],
        "answerable": bool(evidence),
        "evidence": evidence,
        **fields,
    }


def write_set(folder: Path, documents: Mapping[str, str], lines: Sequence[object]) -> Path:
    """A labelled set: documents by file name, and the lines of its questions."""
    (folder / "policies").mkdir(parents=True)
    for name, text in documents.items():
        (folder / "policies" / name).write_bytes(text.encode("utf-8"))
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "questions.jsonl").write_text(text, encoding="utf-8")
    return folder
