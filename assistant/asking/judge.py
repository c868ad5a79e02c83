"""Passages -> verdict: do they answer the question, which quotes show it, who is silent?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.asking.retrieve import Retrieval
from assistant.evidence.confidence import confidence
from assistant.evidence.conflicts.contradiction import conflict, spoken_of
from assistant.evidence.select import Evidence, select
from assistant.question.scope import asks_nothing, is_out_of_scope
from assistant.settings import Settings
from assistant.values.answer import Quote, Verdict
from index.search.rerank import MOST_POLICIES
from index.search.retriever import Passage
from index.text.markup import plain


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict with the evidence for it; `silent` and `conflict` as in `Receipt`."""

    verdict: Verdict
    confidence: float
    evidence: Sequence[Evidence]
    silent: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(item.quote for item in self.evidence)


def judge(retrieval: Retrieval, settings: Settings, providers: Mapping[str, str]) -> Judgement:
    """What the passages say to the question; `providers` by policy id."""
    query, searched = retrieval.query, list(retrieval.plan.versions)
    probability = confidence(retrieval.passages)
    empty = asks_nothing(query.text)
    if empty or probability < settings.answer_threshold:
        outside = empty or is_out_of_scope(query.text, query.vector, retrieval.embedding)
        verdict = Verdict.OUT_OF_SCOPE if outside else Verdict.NOT_STATED
        return Judgement(verdict, probability, [])
    stating = _stating(retrieval, settings) if 1 < len(searched) <= MOST_POLICIES else []
    # Where only all of them together are likely enough, none is called silent.
    named = stating or [name for name in retrieval.plan.routed if name in searched]
    passages = [
        passage for passage in retrieval.passages if passage.policy.id in (stating or searched)
    ]
    evidence = select(passages, settings.max_quotes, named)
    silent = tuple(name for name in searched if name not in stating) if stating else ()
    pair = _conflicting(evidence, query.text, providers)
    if pair is None:
        return Judgement(Verdict.ANSWERED, probability, evidence, silent)
    side_by_side = [*pair, *(item for item in evidence if item not in pair)]
    ids = tuple(item.quote.citation_id for item in pair)
    return Judgement(Verdict.CONFLICTING, probability, side_by_side, silent, ids)


def _stating(retrieval: Retrieval, settings: Settings) -> list[str]:
    """The policies whose own passages are likely enough to answer."""
    by_policy: dict[str, list[Passage]] = {name: [] for name in retrieval.plan.versions}
    for passage in retrieval.passages:
        by_policy[passage.policy.id].append(passage)
    return [
        name
        for name, passages in by_policy.items()
        if confidence(passages) >= settings.answer_threshold
    ]


def _conflicting(
    evidence: Sequence[Evidence], question: str, providers: Mapping[str, str]
) -> tuple[Evidence, Evidence] | None:
    """The first two quotes of one policy that contradict each other."""
    texts = [
        spoken_of(
            plain(item.quote.exact, item.passage.policy.media_type),
            providers[item.quote.policy_id],
        )
        for item in evidence
    ]
    for (first, first_text), (second, second_text) in combinations(
        zip(evidence, texts, strict=True), 2
    ):
        same_policy = first.quote.policy_id == second.quote.policy_id
        if same_policy and conflict(first_text, second_text, question):
            return first, second
    return None
