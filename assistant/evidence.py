"""Passages -> quotes: which sentences are put forward as evidence, and how many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.types import Quote
from index.retriever import Passage, ScoredUnit

_LEAST_SHARE = 0.4  # of the best sentence's probability, that another is quoted beside it
_SAME = 85  # per cent likeness of near-duplicates, letter by letter ...
_LIGHT = frozenset(  # ... which differ in no other words than these
    "a an the this that these those our your its their of to in on for and or also s".split()
)
_MARKS = re.compile(r"\W+")

Ranked = tuple[ScoredUnit, Passage]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with the passage that it was cut from, and where else the same is said."""

    quote: Quote
    passage: Passage
    repeats: tuple[Quote, ...] = ()


def ranked_units(passages: Sequence[Passage]) -> list[Ranked]:
    """The quotable sentences of all passages, best first."""
    return sorted(
        ((unit, passage) for passage in passages for unit in passage.units),
        key=lambda pair: (-pair[0].score, -pair[1].score, pair[1].stored.row, pair[0].span),
    )


def select(passages: Sequence[Passage], limit: int, named: Sequence[str] = ()) -> list[Evidence]:
    """As few of the best sentences as answer, at most `limit`, best first, none said twice.

    Sentences that score far below the best one are left out. Those that say the same as one
    chosen before are counted with it. Of the policies in `named` the best sentence of each comes
    before any second one, however well it scores.
    """
    ranked = ranked_units(passages)
    first = _one_of_each(ranked, named) if len(named) > 1 else []
    best = max((unit.score for unit, _ in ranked), default=0.0)
    good = [pair for pair in ranked if pair[0].score >= _LEAST_SHARE * best and pair not in first]
    return _said_once([*first, *good], limit, keep_apart=len(first))


def ranked_quotes(passages: Sequence[Passage], limit: int) -> list[Quote]:
    """The best sentences, best first, whatever their scores; none said twice."""
    return [each.quote for each in _said_once(ranked_units(passages), limit)]


def _one_of_each(ranked: Sequence[Ranked], named: Sequence[str]) -> list[Ranked]:
    first: dict[str, Ranked] = {}
    for pair in ranked:
        if pair[1].policy.id in named:
            first.setdefault(pair[1].policy.id, pair)
    return list(first.values())


def _said_once(ranked: Iterable[Ranked], limit: int, keep_apart: int = 0) -> list[Evidence]:
    """At most `limit` quotes; the first `keep_apart` are of different policies and all stay."""
    chosen: list[tuple[Quote, Passage, str, list[Quote]]] = []
    for at, (unit, passage) in enumerate(ranked):
        quote = Quote.of(passage.policy, passage.clause.id, *unit.span)
        words = _MARKS.sub(" ", quote.exact).lower().strip()
        same = next((each for each in chosen if _same(words, each[2])), None)
        if same is not None and at >= keep_apart:
            same[3].append(quote)
        elif len(chosen) < limit:
            chosen.append((quote, passage, words, []))
    return [Evidence(quote, passage, tuple(more)) for quote, passage, _, more in chosen]


def _same(one: str, other: str) -> bool:
    """Alike but for words without weight: another number or a "not" is another statement."""
    if one == other:
        return True
    few, more = Counter(one.split()), Counter(other.split())
    differing = (few - more) + (more - few)
    return set(differing) <= _LIGHT and fuzz.ratio(one, other) >= _SAME
