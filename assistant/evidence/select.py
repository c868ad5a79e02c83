"""Passages -> quotes: which sentences are shown as evidence, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.english.lexicon.function_words import WEIGHTLESS_IN_QUOTES
from assistant.values.answer import Quote
from index.search.retriever import Passage, ScoredUnit
from index.text.sentences import Span

LEAST_SHARE = 0.4  # of the best sentence's probability: below it no other is quoted
_MARKS = re.compile(r"\W+")

Ranked = tuple[ScoredUnit, Passage]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote, the passage that it was cut from, and where else the same is said."""

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
    """The few best sentences that answer, best first, none said twice.

    Sentences that score far below the best are left out; those that repeat another become its
    `repeats`. The best sentence of each policy in `named` is included, whatever its score. There
    are at most `limit` quotes, or one of each policy in `named` if that is more.
    """
    ranked = ranked_units(passages)
    firsts = _best_of_each(ranked, named) if len(named) > 1 else []
    best = max((unit.score for unit, _ in ranked), default=0.0)
    good = [pair for pair in ranked if pair[0].score >= LEAST_SHARE * best and pair not in firsts]
    chosen = _said_once([*firsts, *good], max(limit, len(firsts)), keep_apart=len(firsts))
    merit = {(passage.policy.id, unit.span): rank for rank, (unit, passage) in enumerate(ranked)}
    return sorted(chosen, key=lambda evidence: merit[evidence.quote.policy_id, evidence.span])


def ranked_quotes(passages: Sequence[Passage], limit: int) -> list[Quote]:
    """The best sentences, best first, whatever their scores; none said twice."""
    return [evidence.quote for evidence in _said_once(ranked_units(passages), limit)]


def _best_of_each(ranked: Sequence[Ranked], named: Sequence[str]) -> list[Ranked]:
    best: dict[str, Ranked] = {}
    for unit, passage in ranked:
        if passage.policy.id in named:
            best.setdefault(passage.policy.id, (unit, passage))
    return list(best.values())


def _said_once(ranked: Iterable[Ranked], limit: int, keep_apart: int = 0) -> list[Evidence]:
    """At most `limit` quotes; the first `keep_apart` are from different policies and all stay."""
    chosen: list[tuple[Quote, Passage, tuple[str, ...], list[Quote]]] = []
    for rank, (unit, passage) in enumerate(ranked):
        quote = Quote.of(passage.policy, passage.clause.id, *unit.span)
        words = telling_words(quote.exact)
        repeats = next((repeats for _, _, said, repeats in chosen if said == words), None)
        if repeats is not None and rank >= keep_apart:
            repeats.append(quote)
        elif len(chosen) < limit:
            chosen.append((quote, passage, words, []))
    return [Evidence(quote, passage, tuple(repeats)) for quote, passage, _, repeats in chosen]


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a text that carry weight, in order; texts with the same words say the same."""
    words = _MARKS.sub(" ", text).lower().split()
    return tuple(word for word in words if word not in WEIGHTLESS_IN_QUOTES)
