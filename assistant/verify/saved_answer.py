"""Replaying a saved answer without searching or writing anew: are its quotes exact, its
sentences carried, its receipt that of this answer?"""

from __future__ import annotations

from assistant.asking.answer_text import answer_text, names_of
from assistant.errors import CitationError
from assistant.evidence.select import telling_words
from assistant.support.check import check_support
from assistant.values.answer import Answer, Quote, Verdict
from assistant.values.citation_id import parse_citation
from assistant.verify.receipt import contradictions
from index.errors import UnknownPolicyError
from index.store.snapshot import Snapshot
from index.text.markup import plain
from index.types import Policy

_WITH_QUOTES = {Verdict.ANSWERED, Verdict.CONFLICTING}


def problems(snapshot: Snapshot, answer: Answer, threshold: float) -> list[str]:
    """What does not hold of the answer, one line each; none where all of it holds.

    `threshold` is that of the support check: the reader's, not what the answer says of itself.
    """
    found: list[str] = []
    texts: dict[str, str] = {}
    providers = {entry.id: entry.provider for entry in snapshot.entries()}
    whose: dict[str, str] = {}
    for quote in answer.quotes:
        try:
            policy = snapshot.policy(quote.policy_id, quote.version)
        except UnknownPolicyError as error:
            found.append(f"{quote.citation_id}: {error}")
            continue
        found.extend(_quote_problems(snapshot, quote, policy))
        texts[quote.citation_id] = plain(quote.exact, policy.media_type)
        whose[quote.citation_id] = providers[policy.id]
    for sentence in answer.sentences:
        unknown = [each for each in sentence.citations if each not in texts]
        if unknown:
            found.append(f"the sentence {sentence.text!r} cites what is no quote: {unknown[0]}")
            continue
        cited = [texts[each] for each in sentence.citations]
        support = check_support(
            sentence.text, cited, threshold, company=whose[sentence.citations[0]]
        )
        found.extend(f"the sentence {sentence.text!r}: {reason}" for reason in support.reasons)
    return (
        found
        or list(contradictions(snapshot, answer))
        or _repeat_problems(snapshot, answer)
        or _whole_problems(snapshot, answer)
    )


def _quote_problems(snapshot: Snapshot, quote: Quote, policy: Policy) -> list[str]:
    if not 0 <= quote.start < quote.end <= len(policy.text):
        return [f"{quote.citation_id}: there are no such words"]
    if policy.text[quote.start : quote.end] != quote.exact:
        return [f"{quote.citation_id}: the words quoted do not stand there"]
    clause = snapshot.clause_at(policy.id, policy.version, quote.start, quote.end)
    if Quote.of(policy, clause.id if clause else "", quote.start, quote.end) != quote:
        return [f"{quote.citation_id}: its fields contradict one another"]
    return []


def _repeat_problems(snapshot: Snapshot, answer: Answer) -> list[str]:
    """Whether what is counted as said again stands there, and says the same."""
    quoted = {each.citation_id: each for each in answer.quotes}
    for citation_id, repeats in answer.receipt.repeats.items():
        if citation_id not in quoted:
            return ["it counts repetitions of what it does not quote"]
        for repeat in repeats:
            try:
                cited = parse_citation(repeat)
                policy = snapshot.policy(cited.policy_id, cited.version)
            except (CitationError, UnknownPolicyError) as error:
                return [f"said again: {error}"]
            words = telling_words(policy.text[cited.start : cited.end])
            if words != telling_words(quoted[citation_id].exact):
                return [f"{repeat}: this is not what {citation_id} says"]
    return []


def _whole_problems(snapshot: Snapshot, answer: Answer) -> list[str]:
    """Whether the parts fit together, once each of them holds."""
    names = names_of(snapshot.entries())
    if bool(answer.quotes) != (answer.verdict in _WITH_QUOTES):
        return [f"the verdict is {answer.verdict}, the answer has {len(answer.quotes)} quotes"]
    searched, silent = answer.receipt.policies, answer.receipt.silent
    unknown = [each for each in (*searched, *silent) if each not in names]
    if unknown:
        return [f"the index no longer holds {unknown[0]!r}, which was searched"]
    if {each.policy_id for each in answer.quotes} & set(silent):
        return ["it quotes a policy of which it says that it does not state this"]
    if not set(silent) <= set(searched):
        return ["it says that a policy does not state this which was not searched"]
    text = answer_text(answer.verdict, answer.sentences, answer.quotes, silent, searched, names)
    if answer.text != text:
        return ["the text is not that of its sentences and quotes"]
    return []
