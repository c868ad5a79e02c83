"""The training questions, with the units that answer them, in folds by service."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.training.documents import TrainingDocument
from index.text.sentences import Span
from index.types import canonical

FOLDS = 5
_LEAST_OVERLAP = 0.5  # of the shorter of unit and evidence
_MARKS = re.compile(r"\W+")

UnitAt = tuple[int, int]  # clause of the document, unit of the clause


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question with the units of its document that answer it; none where nothing does.

    `near` are units that look like an answer to an unanswerable question. `fold` is the same for
    all questions of a service, and of services that share a document's text.
    """

    id: str
    document: str
    question: str
    kind: str
    gold: frozenset[UnitAt]
    near: frozenset[UnitAt]
    fold: int


def read_questions(file: Path, documents: Mapping[str, TrainingDocument]) -> list[TrainingQuestion]:
    """The questions of `file` whose documents could be read and whose evidence was found."""
    items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    items = [item for item in items if item["doc"] in documents]
    folds = _folds(sorted({item["doc"] for item in items}), documents)
    result = []
    for item in items:
        document = documents[item["doc"]]
        spans = [(each["start"], each["quote"]) for each in item["evidence"]]
        gold = _units_of(document, _without_lead_ins(spans))
        if item["answerable"] and not gold:
            continue
        near = _units_of(document, [(each["start"], each["quote"]) for each in item["near"]])
        result.append(
            TrainingQuestion(
                item["id"],
                item["doc"],
                item["question"],
                item["kind"],
                gold,
                near,
                folds[item["doc"]],
            )
        )
    return result


def _folds(names: Sequence[str], documents: Mapping[str, TrainingDocument]) -> dict[str, int]:
    """Services in turn, by name; those whose documents begin with the same words together."""
    group: dict[str, str] = {name: documents[name].service for name in names}
    first: dict[str, str] = {}
    for name in names:
        start = documents[name].text[:2000]
        key = _MARKS.sub(" ", start)
        if key in first:
            joined, old = group[first[key]], group[name]
            group = {each: joined if of == old else of for each, of in group.items()}
        first.setdefault(key, name)
    groups = sorted(set(group.values()))
    return {name: groups.index(of) % FOLDS for name, of in group.items()}


def _without_lead_ins(spans: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Lead-in lines do not count as found where there is a piece beside them."""
    rest = [span for span in spans if not span[1].rstrip().endswith(":")]
    return rest or spans


def _units_of(document: TrainingDocument, pieces: Sequence[tuple[int, str]]) -> frozenset[UnitAt]:
    """The units that hold a piece, wherever the document says it."""
    spans = [span for _, quote in pieces for span in _occurrences(document.text, canonical(quote))]
    return frozenset(
        (clause, unit)
        for clause, each in enumerate(document.clauses)
        for unit, own in enumerate(each.units)
        if any(_overlap(own, span) >= _LEAST_OVERLAP for span in spans)
    )


def _occurrences(text: str, quote: str) -> list[Span]:
    return [(match.start(), match.end()) for match in re.finditer(re.escape(quote), text)]


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / min(one[1] - one[0], other[1] - other[0])
