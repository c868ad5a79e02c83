"""Passages -> passages in a better order: the reranker's logits beside what retrieval found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.log_odds import probability
from index.models.reranker import Reranker
from index.search.retriever import Passage, Query
from index.text.markup import plain
from index.types import EmbeddingText

MOST_POLICIES = 6  # up to which the best passage of each is read
_DEPTH = 8  # passages that are read together with the question
# Log-odds that a unit answers; fitted on questions_train, out of fold, and printed by
# benchmarks/training/fusion.py.
_LOGIT, _COSINE, _COVERAGE, _PASSAGE, _OFFSET = 0.769, 3.572, 1.168, 3.432, -3.589


def rerank(passages: Sequence[Passage], query: Query, reranker: Reranker) -> list[Passage]:
    """The passages, the first eight of them by how well they answer, each with its units.

    A unit's score is then the probability, in [0, 1], that it answers the question, a passage's
    that of its best unit. Passages further down keep their order, and score below the others.
    """
    if not passages:
        return []
    first = head(passages)
    logits = reranker.score(query.text, [reranker_text(passage) for passage in first])
    read = [_scored(passage, own.tolist()) for passage, own in zip(first, logits, strict=True)]
    read.sort(key=lambda each: (-each.score, each.stored.row))
    lowest = read[-1].score
    chosen = {id(passage) for passage in first}
    rest = [passage for passage in passages if id(passage) not in chosen]
    return read + [_below(each, lowest) for each in rest]


def head(passages: Sequence[Passage]) -> list[Passage]:
    """The first eight; where few policies are searched, the best of each is among them."""
    best: dict[str, Passage] = {}
    for passage in passages:
        best.setdefault(passage.policy.id, passage)
    kept = {id(each) for each in best.values()} if len(best) <= MOST_POLICIES else set()
    others = [passage for passage in passages if id(passage) not in kept][: _DEPTH - len(kept)]
    kept.update(id(each) for each in others)
    return [passage for passage in passages if id(passage) in kept]


def reranker_text(passage: Passage) -> EmbeddingText:
    """The clause as the reranker reads it: as it was embedded."""
    policy, stored = passage.policy, passage.stored
    units = (plain(policy.text[start:end], policy.media_type) for start, end in stored.units)
    return EmbeddingText(stored.context, tuple(units))


def unit_log_odds(logit: float, cosine: float, coverage: float, passage: float) -> float:
    """The log-odds that a unit answers.

    `logit` is the reranker's, `cosine` and `coverage` the unit's, `passage` the score of its
    passage as retrieved.
    """
    return _LOGIT * logit + _COSINE * cosine + _COVERAGE * coverage + _PASSAGE * passage + _OFFSET


def _below(passage: Passage, lowest: float) -> Passage:
    """A passage that was not read, with its units, below one that scores `lowest`."""
    units = (replace(unit, score=min(max(unit.score, 0.0), 1.0) * lowest) for unit in passage.units)
    return replace(passage, score=passage.score * lowest, units=tuple(units))


def _scored(passage: Passage, logits: Sequence[float]) -> Passage:
    by_span = dict(zip(passage.stored.units, logits, strict=True))
    units = [
        replace(
            unit,
            score=probability(
                unit_log_odds(by_span[unit.span], unit.cosine, unit.coverage, passage.score)
            ),
        )
        for unit in passage.units
    ]
    units.sort(key=lambda unit: (-unit.score, unit.span))
    return replace(
        passage,
        score=units[0].score,
        units=tuple(units),
        log_odds=float(np.logaddexp.reduce(logits)),
        retrieved=passage.score,
    )
