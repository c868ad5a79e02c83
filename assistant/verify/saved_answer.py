"""Checking a saved answer without searching or writing again: are its quotes exact, its sentences
supported, its receipt that of this answer?"""

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

_HAVE_QUOTES = {Verdict.ANSWERED, Verdict.CONFLICTING}


def problems_of(snapshot: Snapshot, answer: Answer, threshold: float) -> list[str]:
    """What is wrong with the answer, one line each; empty where nothing is.

    `threshold` is that of the support check: the reader's, not the one in the answer's receipt.
    """
    problems: list[str] = []
    texts: dict[str, str] = {}
    providers = {entry.id: entry.provider for entry in snapshot.entries()}
    companies: dict[str, str] = {}
    for quote in answer.quotes:
        try:
            policy = snapshot.policy(quote.policy_id, quote.version)
        except UnknownPolicyError as error:
            problems.append(f"{quote.citation_id}: {error}")
            continue
        problems.extend(_quote_problems(snapshot, quote, policy))
        texts[quote.citation_id] = plain(quote.exact, policy.media_type)
        companies[quote.citation_id] = providers[policy.id]
    for sentence in answer.sentences:
        unknown = [citation for citation in sentence.citations if citation not in texts]
        if unknown:
            problems.append(
                f"the sentence {sentence.text!r} cites what is not among the quotes: {unknown[0]}"
            )
            continue
        cited = [texts[citation] for citation in sentence.citations]
        company = companies[sentence.citations[0]]
        support = check_support(sentence.text, cited, threshold, company=company)
        problems.extend(f"the sentence {sentence.text!r}: {reason}" for reason in support.reasons)
    return (
        problems
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
    """Whether what is listed as a repetition is there and says the same."""
    quoted = {quote.citation_id: quote for quote in answer.quotes}
    for citation_id, repeats in answer.receipt.repeats.items():
        if citation_id not in quoted:
            return ["it lists repetitions of what it does not quote"]
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
    """Whether the parts fit together, once nothing is wrong with each of them."""
    names = names_of(snapshot.entries())
    if bool(answer.quotes) != (answer.verdict in _HAVE_QUOTES):
        return [f"the verdict is {answer.verdict}, the answer has {len(answer.quotes)} quotes"]
    searched, silent = answer.receipt.policies, answer.receipt.silent
    unknown = [policy_id for policy_id in (*searched, *silent) if policy_id not in names]
    if unknown:
        return [f"the index no longer holds {unknown[0]!r}, which was searched"]
    if {quote.policy_id for quote in answer.quotes} & set(silent):
        return ["it quotes a policy of which it says that it does not state this"]
    if not set(silent) <= set(searched):
        return ["it says that a policy does not state this which was not searched"]
    text = answer_text(answer.verdict, answer.sentences, answer.quotes, silent, searched, names)
    if answer.text != text:
        return ["the text is not that of its sentences and quotes"]
    return []
