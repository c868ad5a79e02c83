"""Passages -> quotes: which sentences are put forward as evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Quote
from index.retriever import Passage, ScoredUnit

_LEAST_SHARE = 0.62  # of the best unit's score; below it a sentence adds noise, not evidence


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with the passage that it was cut from."""

    quote: Quote
    passage: Passage


def select(passages: Sequence[Passage], limit: int, named: Sequence[str] = ()) -> list[Evidence]:
    """The best sentences of the passages, best first, at most `limit`, none said twice.

    Sentences that score far below the best one are left out: few quotes beat many. Where the
    question named several policies, the best sentence of each comes before any second one.
    """
    ranked: list[tuple[ScoredUnit, Passage]] = sorted(
        ((unit, passage) for passage in passages for unit in passage.units),
        key=lambda pair: (-pair[0].score, -pair[1].score, pair[1].stored.row, pair[0].span),
    )
    if len(named) > 1:
        ranked = _one_of_each(ranked)
    best = max((unit.score for unit, _ in ranked), default=0.0)
    chosen: list[Evidence] = []
    seen: set[str] = set()
    for unit, passage in ranked:
        if len(chosen) == limit:
            break
        if unit.score < _LEAST_SHARE * best:
            continue
        quote = Quote.of(passage.policy, passage.clause.id, *unit.span)
        key = re.sub(r"\W+", " ", quote.exact).lower().strip()
        if key not in seen:
            seen.add(key)
            chosen.append(Evidence(quote, passage))
    return chosen


def _one_of_each(
    ranked: list[tuple[ScoredUnit, Passage]],
) -> list[tuple[ScoredUnit, Passage]]:
    first: dict[str, tuple[ScoredUnit, Passage]] = {}
    for pair in ranked:
        first.setdefault(pair[1].policy.id, pair)
    leading = list(first.values())
    return leading + [pair for pair in ranked if pair not in leading]
