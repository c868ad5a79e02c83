"""Question -> passages -> evidence -> sentences -> answer, as a stream of events."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.confidence import confidence
from assistant.evidence import Evidence, select
from assistant.followups import Turn, searched_text
from assistant.scope import is_out_of_scope
from assistant.settings import Settings
from assistant.types import (
    Answer,
    Event,
    EventKind,
    Receipt,
    Rejected,
    Sentence,
    Verdict,
)
from assistant.wording import answer_text
from assistant.writing import Writer, prompt_identity
from index.embedder import Embedder, Vectors
from index.errors import QuestionError
from index.ranking import MOST_POLICIES, rerank
from index.reranker import Reranker
from index.retriever import Passage, Query, Retriever
from index.routing import route
from index.snapshot import PolicyEntry, Snapshot

MAX_QUESTION = 4000
PASSAGES = 24  # whose sentences are ranked as evidence


@dataclass(slots=True)
class Timer:
    """Milliseconds per stage; a stage ends where the next begins."""

    timings: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def done(self, stage: str) -> None:
        now = time.perf_counter()
        self.timings[stage] = round((now - self._since) * 1000, 3)
        self._since = now


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval gives for one question: where it looked, and what it found."""

    policies: dict[str, str]
    routed: tuple[str, ...]
    query: str
    query_vector: Vectors
    embedding: str
    passages: list[Passage]


def checked_question(question: str) -> str:
    """The question without NULs, lone surrogates (of arguments that are not UTF-8) and outer
    blanks. Raises QuestionError if empty or too long."""
    text = question.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip()
    if not any(char.isalnum() for char in text):
        raise QuestionError("the question is empty: ask something, such as 'Who sees my data?'")
    if len(text) > MAX_QUESTION:
        raise QuestionError(
            f"the question has {len(text)} characters, at most {MAX_QUESTION} are read: shorten it"
        )
    return text


def find(
    snapshot: Snapshot,
    retriever: Retriever,
    embedder: Embedder,
    reranker: Reranker,
    entries: Sequence[PolicyEntry],
    question: str,
    policies: Sequence[str] | None,
    history: Sequence[Turn],
    timer: Timer,
    k: int = PASSAGES,
) -> Found:
    """Routes the question and retrieves. `policies`, if given, are exactly what is searched."""
    names = [name for each in entries for name in (each.provider, each.title, each.id)]
    routed = route(searched_text(question, history, names), entries, snapshot.uses_word)
    named = routed.policies if policies is None else ()
    timer.done("route")
    query = Query.of(routed.query, embedder.encode_query(routed.query))
    timer.done("embed")
    wanted = list(dict.fromkeys(policies)) if policies is not None else list(named) or None
    passages = retriever.find(snapshot, query, wanted, max(k, PASSAGES))
    timer.done("retrieve")
    passages = rerank(passages, query, reranker)[:k]
    timer.done("rerank")
    searched = {
        entry.id: entry.version for entry in entries if wanted is None or entry.id in wanted
    }
    return Found(searched, named, routed.query, query.vector, embedder.identity, passages)


def answer_events(
    question: str,
    found: Found,
    entries: Sequence[PolicyEntry],
    settings: Settings,
    writer: Writer | None,
    receipt: Receipt,
    timer: Timer,
) -> Iterator[Event]:
    """Evidence first, then each sentence that passes, then the whole answer.

    Without a writer, or where no sentence passes, the quotes stand alone.
    """
    judged = _judged(question, found, settings)
    evidence = judged.evidence
    quotes = tuple(each.quote for each in evidence)
    timer.done("evidence")
    if evidence:
        yield Event(EventKind.EVIDENCE, quotes=quotes)
    providers = {entry.id: entry.provider for entry in entries}
    sentences: list[Sentence] = []
    rejected: list[Rejected] = []
    if writer is not None:
        for each in evidence:
            written = writer.write(question, providers[each.quote.policy_id], each)
            if isinstance(written, Rejected):
                rejected.append(written)
            elif written.text.lower() not in {sentence.text.lower() for sentence in sentences}:
                sentences.append(written)
                yield Event(EventKind.SENTENCE, sentence=written)
        timer.done("write")
    yield Event(
        EventKind.ANSWER,
        answer=Answer(
            question=question,
            verdict=judged.verdict,
            confidence=judged.confidence,
            text=answer_text(
                judged.verdict, sentences, quotes, judged.silent, found.policies, providers
            ),
            sentences=tuple(sentences),
            quotes=quotes,
            hits=tuple(
                passage.hit(rank)
                for rank, passage in enumerate(found.passages[: settings.hits], start=1)
            ),
            rejected=tuple(rejected),
            receipt=replace(
                receipt,
                timings=dict(timer.timings),
                silent=judged.silent,
                repeats={
                    each.quote.citation_id: tuple(other.citation_id for other in each.repeats)
                    for each in evidence
                    if each.repeats
                },
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """The verdict with the evidence for it; `silent` as in `Receipt`."""

    verdict: Verdict
    confidence: float
    evidence: list[Evidence]
    silent: tuple[str, ...] = ()


def _judged(question: str, found: Found, settings: Settings) -> _Judged:
    sure = confidence(found.passages)
    if sure < settings.answer_threshold:
        beside = is_out_of_scope(question, found.query_vector, found.embedding)
        verdict = Verdict.OUT_OF_SCOPE if beside else Verdict.NOT_STATED
        return _Judged(verdict, sure, [])
    stating = list(found.policies)
    if 1 < len(stating) <= MOST_POLICIES:
        # Where only all of them together are likely enough, none is called silent.
        stating = [each for each in stating if _states(each, found, settings)] or stating
    passages = [each for each in found.passages if each.policy.id in stating]
    named = [each for each in found.routed if each in stating]
    evidence = select(passages, settings.max_quotes, named)
    quoted = {quote.policy_id for each in evidence for quote in (each.quote, *each.repeats)}
    silent = [each for each in found.policies if each not in stating and each not in quoted]
    return _Judged(Verdict.ANSWERED, sure, evidence, tuple(silent))


def _states(policy_id: str, found: Found, settings: Settings) -> bool:
    own = [passage for passage in found.passages if passage.policy.id == policy_id]
    return confidence(own) >= settings.answer_threshold


def make_receipt(
    snapshot: Snapshot,
    found: Found,
    settings: Settings,
    embedder: Embedder,
    reranker: Reranker,
    writer: Writer | None,
    timer: Timer,
) -> Receipt:
    """How the answer comes to be, so far; the timings are completed with the answer."""
    return Receipt(
        generation=snapshot.generation,
        policies=found.policies,
        routed=found.routed,
        query=found.query,
        embedding=embedder.identity,
        reranker=reranker.identity,
        generator=writer.generator.identity if writer else None,
        prompt=prompt_identity() if writer else None,
        thresholds={
            "answer": settings.answer_threshold,
            "support": settings.support_threshold,
        },
        timings=dict(timer.timings),
    )
