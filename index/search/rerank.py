"""Passages -> passages in a better order, by the reranker's logits and by how they were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.log_odds import probability
from index.models.reranker import Reranker
from index.search.retriever import Passage, Query
from index.text.markup import plain
from index.types import EmbeddingText

MOST_POLICIES = 6  # where more are searched, not each has its best passage read
_DEPTH = 8  # passages that are read together with the question
# Log-odds that a unit answers; fitted on questions_train, out of fold, and printed by
# benchmarks/training/fusion.py.
_LOGIT, _COSINE, _COVERAGE, _PASSAGE, _OFFSET = 0.769, 3.572, 1.168, 3.432, -3.589


def rerank(passages: Sequence[Passage], query: Query, reranker: Reranker) -> list[Passage]:
    """The passages, the eight that were read first, by how well they answer.

    A unit's score is then the probability, in [0, 1], that it answers the question, a passage's
    that of its best unit. Passages that were not read keep their order and score below the others.
    """
    if not passages:
        return []
    to_read = head(passages)
    logits = reranker.score(query.text, [reranker_text(passage) for passage in to_read])
    read = [
        _scored(passage, unit_logits.tolist())
        for passage, unit_logits in zip(to_read, logits, strict=True)
    ]
    read.sort(key=lambda passage: (-passage.score, passage.stored.row))
    lowest = read[-1].score
    chosen = {id(passage) for passage in to_read}
    rest = [passage for passage in passages if id(passage) not in chosen]
    return read + [_below(passage, lowest) for passage in rest]


def head(passages: Sequence[Passage]) -> list[Passage]:
    """The first eight; where few policies are searched, the best of each is among them."""
    best: dict[str, Passage] = {}
    for passage in passages:
        best.setdefault(passage.policy.id, passage)
    few = len(best) <= MOST_POLICIES
    chosen = {id(passage) for passage in best.values()} if few else set()
    others = [passage for passage in passages if id(passage) not in chosen]
    chosen.update(id(passage) for passage in others[: _DEPTH - len(chosen)])
    return [passage for passage in passages if id(passage) in chosen]


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
    """A passage that was not read, scaled down to score below one that scores `lowest`."""
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
