"""Replaying a saved answer without any model: are its quotes exact, its sentences carried?"""

from __future__ import annotations

from assistant.citations import parse_citation
from assistant.support import check_support
from assistant.types import Answer, Quote
from assistant.writing import unnamed
from index.errors import UnknownPolicyError
from index.markup import plain
from index.snapshot import Snapshot
from index.types import Policy


def problems(snapshot: Snapshot, answer: Answer) -> list[str]:
    """What does not hold of the answer, one line each; none where all of it holds."""
    found: list[str] = []
    texts: dict[str, str] = {}
    for quote in answer.quotes:
        try:
            policy = snapshot.policy(quote.policy_id, quote.version)
        except UnknownPolicyError as error:
            found.append(f"{quote.citation_id}: {error}")
            continue
        found.extend(_quote_problems(quote, policy))
        texts[quote.citation_id] = plain(quote.exact, policy.media_type)
    providers = {entry.id: entry.provider for entry in snapshot.entries()}
    for sentence in answer.sentences:
        unknown = [each for each in sentence.citations if each not in texts]
        if unknown:
            found.append(f"the sentence {sentence.text!r} cites what is no quote: {unknown[0]}")
            continue
        cited = [texts[each] for each in sentence.citations]
        support = check_support(
            unnamed(sentence.text, providers[parse_citation(sentence.citations[0]).policy_id]),
            cited,
            answer.receipt.thresholds["support"],
        )
        found.extend(f"the sentence {sentence.text!r}: {reason}" for reason in support.reasons)
    return found


def _quote_problems(quote: Quote, policy: Policy) -> list[str]:
    if quote.end > len(policy.text) or policy.text[quote.start : quote.end] != quote.exact:
        return [f"{quote.citation_id}: the words quoted do not stand there"]
    if Quote.of(policy, quote.clause_id, quote.start, quote.end) != quote:
        return [f"{quote.citation_id}: its fields contradict one another"]
    return []
