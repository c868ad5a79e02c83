"""Passages -> quotes: which sentences are put forward as evidence, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.english.lexicon.function_words import WEIGHTLESS_IN_QUOTES
from assistant.values.answer import Quote
from index.search.retriever import Passage, ScoredUnit
from index.text.sentences import Span

LEAST_SHARE = 0.4  # of the best sentence's probability, that another is quoted beside it
_MARKS = re.compile(r"\W+")

Ranked = tuple[ScoredUnit, Passage]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with the passage that it was cut from, and where else the same is said."""

    quote: Quote
    passage: Passage
    repeats: tuple[Quote, ...] = ()

    @property
    def span(self) -> Span:
        return self.quote.start, self.quote.end


def ranked_units(passages: Sequence[Passage]) -> list[Ranked]:
    """The quotable sentences of all passages, best first."""
    return sorted(
        ((unit, passage) for passage in passages for unit in passage.units),
        key=lambda pair: (-pair[0].score, -pair[1].score, pair[1].stored.row, pair[0].span),
    )


def select(passages: Sequence[Passage], limit: int, named: Sequence[str] = ()) -> list[Evidence]:
    """As few of the best sentences as answer, best first, none said twice.

    Sentences that score far below the best one are left out. Those that say the same as one
    chosen before are counted with it. The best sentence of each policy in `named` is there, however
    it scores. At most `limit` quotes, or one of each policy in `named` if these are more.
    """
    ranked = ranked_units(passages)
    first = _one_of_each(ranked, named) if len(named) > 1 else []
    best = max((unit.score for unit, _ in ranked), default=0.0)
    good = [pair for pair in ranked if pair[0].score >= LEAST_SHARE * best and pair not in first]
    chosen = _said_once([*first, *good], max(limit, len(first)), keep_apart=len(first))
    merit = {(pair[1].policy.id, pair[0].span): rank for rank, pair in enumerate(ranked)}
    return sorted(chosen, key=lambda each: merit[each.quote.policy_id, each.span])


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
    chosen: list[tuple[Quote, Passage, tuple[str, ...], list[Quote]]] = []
    for at, (unit, passage) in enumerate(ranked):
        quote = Quote.of(passage.policy, passage.clause.id, *unit.span)
        words = telling_words(quote.exact)
        same = next((each for each in chosen if words == each[2]), None)
        if same is not None and at >= keep_apart:
            same[3].append(quote)
        elif len(chosen) < limit:
            chosen.append((quote, passage, words, []))
    return [Evidence(quote, passage, tuple(more)) for quote, passage, _, more in chosen]


def telling_words(text: str) -> tuple[str, ...]:
    """Its words in their order, but for those without weight: texts with the same say the same."""
    words = _MARKS.sub(" ", text).lower().split()
    return tuple(word for word in words if word not in WEIGHTLESS_IN_QUOTES)
