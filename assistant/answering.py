"""Question -> passages -> evidence -> sentences -> answer, as a stream of events."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.confidence import confidence
from assistant.evidence import select
from assistant.followups import Turn, searched_text
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
from index.embedder import Embedder
from index.errors import QuestionError
from index.retriever import Passage, Query, Retriever
from index.routing import route
from index.snapshot import PolicyEntry, Snapshot

MAX_QUESTION = 4000
_PASSAGES = 24  # whose sentences are ranked as evidence


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
    entries: Sequence[PolicyEntry],
    question: str,
    policies: Sequence[str] | None,
    history: Sequence[Turn],
    timer: Timer,
    k: int = _PASSAGES,
) -> Found:
    """Routes the question and retrieves. `policies`, if given, are exactly what is searched."""
    routed = route(searched_text(question, history), entries, snapshot.uses_word)
    named = routed.policies if policies is None else ()
    timer.done("route")
    query = Query.of(routed.query, embedder.encode_query(routed.query))
    timer.done("embed")
    wanted = list(dict.fromkeys(policies)) if policies is not None else list(named) or None
    passages = retriever.find(snapshot, query, wanted, k)
    timer.done("retrieve")
    searched = {
        entry.id: entry.version for entry in entries if wanted is None or entry.id in wanted
    }
    return Found(searched, named, routed.query, passages)


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
    sure = confidence(found.passages)
    answered = sure >= settings.answer_threshold
    evidence = select(found.passages, settings.max_quotes, found.routed) if answered else []
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
            verdict=Verdict.ANSWERED if evidence else Verdict.NOT_STATED,
            confidence=sure,
            text=answer_text(sentences, quotes, found.policies, providers),
            sentences=tuple(sentences),
            quotes=quotes,
            hits=tuple(
                passage.hit(rank)
                for rank, passage in enumerate(found.passages[: settings.hits], start=1)
            ),
            rejected=tuple(rejected),
            receipt=replace(receipt, timings=dict(timer.timings)),
        ),
    )


def make_receipt(
    snapshot: Snapshot,
    found: Found,
    settings: Settings,
    embedder: Embedder,
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
        reranker=None,
        generator=writer.generator.identity if writer else None,
        prompt=prompt_identity() if writer else None,
        thresholds={
            "answer": settings.answer_threshold,
            "support": settings.support_threshold,
        },
        timings=dict(timer.timings),
    )
