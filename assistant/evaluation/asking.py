"""A set -> outcomes: its documents are added to an index and its questions asked."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.assistant import Assistant
from assistant.evaluation.labelled import LabelledSet, Question
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.retrieval import MOST_PASSAGES, MOST_SENTENCES
from assistant.evaluation.spans import PolicySpan
from assistant.values.answer import Quote
from index.add import AddStatus
from index.errors import LoadError
from index.paths import path_of
from index.progress import Progress
from index.types import Clause, Policy


def ask_all(labelled: LabelledSet, assistant: Assistant, progress: Progress) -> list[Outcome]:
    """Adds the set's documents and asks its questions, without the language model.

    Raises LoadError where a document is rejected, since part of a set measures nothing.
    """
    policies = _added(labelled, assistant, progress)
    texts = {policy.id: policy for policy in policies.values()}
    questions = labelled.questions(policies)
    assistant.warm_up()
    outcomes = []
    with progress("asking", len(questions), "question") as bar:
        for question in questions:
            outcomes.append(_outcome(assistant, question, texts))
            bar.update(1)
    return outcomes


def _added(labelled: LabelledSet, assistant: Assistant, progress: Progress) -> dict[str, Policy]:
    """The policies by file stem."""
    policies = {}
    for result in assistant.add(labelled.documents, progress=progress):
        if result.policy_id is None or result.status is AddStatus.REJECTED:
            raise LoadError(
                f"the set {labelled.name!r} cannot be measured without all its documents: "
                f"{result.reason}"
            )
        policies[path_of(result.path).stem] = assistant.policy(result.policy_id)
    return policies


def _outcome(assistant: Assistant, question: Question, texts: Mapping[str, Policy]) -> Outcome:
    asked = question.policies or None
    answer = assistant.ask(question.text, policies=asked, generate=False)
    hits = assistant.search(question.text, policies=asked, k=MOST_PASSAGES)
    depth = max(MOST_SENTENCES, assistant.settings.max_quotes)
    sentences = assistant.search_sentences(question.text, policies=asked, k=depth)
    return Outcome(
        question=question,
        passages=tuple(_span(hit.clause) for hit in hits),
        sentences=tuple(_span(quote) for quote in sentences),
        quotes=tuple(_span(quote) for quote in answer.quotes),
        exact=sum(_is_exact(quote, texts[quote.policy_id]) for quote in answer.quotes),
        confidence=answer.confidence,
        timings=answer.receipt.timings,
    )


def _span(passage: Clause | Quote) -> PolicySpan:
    return PolicySpan(passage.policy_id, passage.start, passage.end)


def _is_exact(quote: Quote, policy: Policy) -> bool:
    cited = policy.text[quote.start : quote.end]
    return quote.version == policy.version and cited == quote.exact
