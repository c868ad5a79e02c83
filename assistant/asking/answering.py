"""Question -> passages -> evidence -> sentences -> answer, as a stream of events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.asking.answer_text import answer_text, names_of
from assistant.english.yes_no import split_answer
from assistant.errors import QuestionError
from assistant.evidence.confidence import confidence
from assistant.evidence.conflicts.contradiction import conflict, spoken_of
from assistant.evidence.select import Evidence, select
from assistant.question.followups import Turn, searched_text
from assistant.question.scope import asks_nothing, is_out_of_scope
from assistant.question.selection import Wanted
from assistant.settings import Settings
from assistant.support.entailment import ENTAILMENT
from assistant.values.answer import (
    Answer,
    Event,
    EventKind,
    Receipt,
    Rejected,
    Sentence,
    Verdict,
)
from assistant.writing.quote_writer import Writer
from index.models.embedder import Embedder, Vectors
from index.models.reranker import Reranker
from index.search.rerank import MOST_POLICIES, rerank
from index.search.retriever import Passage, Query, Retriever
from index.search.routing import route
from index.store.snapshot import PolicyEntry, Snapshot
from index.text.markup import plain

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
    """What retrieval gives for one question: where it looked, and what it found.

    `asked` is the question by itself, follow-ups completed; `query` the same without the names of
    policies. `unread` as in `Receipt`.
    """

    policies: dict[str, str]
    routed: tuple[str, ...]
    asked: str
    query: str
    query_vector: Vectors
    embedding: str
    passages: list[Passage]
    unread: tuple[str, ...] = ()


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


def checked_count(k: int) -> None:
    """Raises ValueError for a number of results that nobody can want."""
    if k < 1:
        raise ValueError(f"k is {k}: ask for at least 1")


def find(
    snapshot: Snapshot,
    retriever: Retriever,
    embedder: Embedder,
    reranker: Reranker,
    entries: Sequence[PolicyEntry],
    question: str,
    wanted: Wanted,
    history: Sequence[Turn],
    timer: Timer,
    k: int,
) -> Found:
    """Routes the question and retrieves. Policies that `wanted` names are exactly what is searched.

    Raises UnknownPolicyError.
    """
    names = [name for each in entries for name in (each.provider, each.title, each.id)]
    asked = searched_text(question, history, names)
    routed = route(asked, entries, snapshot.uses_word)
    named = routed.policies if wanted.policies is None else ()
    searched = wanted.searched(snapshot, entries, named)
    newest = {entry.id: entry.version for entry in entries}
    old = any(newest[each] != version for each, version in searched.items())
    versions = retriever.of_versions(snapshot, searched) if old else None
    everything = len(searched) == len(entries)
    timer.done("route")
    query = Query.of(routed.query, embedder.encode_query(routed.query))
    timer.done("embed")
    among = None if everything else list(searched)
    passages = retriever.find(snapshot, query, among, max(k, PASSAGES), versions)
    if 1 < len(searched) <= MOST_POLICIES:
        seen = {passage.policy.id for passage in passages}
        for missing in searched.keys() - seen:
            passages += retriever.find(snapshot, query, [missing], 1, versions)
        passages.sort(key=lambda each: (-each.score, each.stored.row))
    timer.done("retrieve")
    passages = rerank(passages, query, reranker)[:k]
    timer.done("rerank")
    return Found(
        searched,
        named,
        asked,
        routed.query,
        query.vector,
        embedder.identity,
        passages,
        retriever.unread(snapshot, searched),
    )


def answer_events(
    question: str,
    found: Found,
    entries: Sequence[PolicyEntry],
    settings: Settings,
    writer: Writer | None,
    receipt: Receipt,
    timer: Timer,
    stopped: Callable[[], bool],
) -> Iterator[Event]:
    """Evidence first, then each sentence that passes, then the whole answer.

    Without a writer, or where no sentence passes, the quotes stand alone. Once `stopped()` is true
    nothing follows.
    """
    providers = {entry.id: entry.provider for entry in entries}
    judged = _judged(found, settings, providers)
    evidence = judged.evidence
    quotes = tuple(each.quote for each in evidence)
    timer.done("evidence")
    if evidence:
        yield Event(EventKind.EVIDENCE, quotes=quotes)
    sentences: list[Sentence] = []
    rejected: list[Rejected] = []
    if writer is not None and evidence:
        for written in writer.write(found.asked, evidence, providers, stopped):
            if isinstance(written, Rejected):
                rejected.append(written)
            else:
                if judged.verdict is Verdict.CONFLICTING:  # neither Yes nor No
                    written = replace(written, text=split_answer(written.text)[1])
                sentences.append(written)
                yield Event(EventKind.SENTENCE, sentence=written)
        timer.done("write")
    if stopped():
        return
    yield Event(
        EventKind.ANSWER,
        answer=Answer(
            question=question,
            verdict=judged.verdict,
            confidence=judged.confidence,
            text=answer_text(
                judged.verdict, sentences, quotes, judged.silent, found.policies, names_of(entries)
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
                conflict=judged.conflict,
                unread=found.unread,
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
    """The verdict with the evidence for it; `silent` and `conflict` as in `Receipt`."""

    verdict: Verdict
    confidence: float
    evidence: list[Evidence]
    silent: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()


def _judged(found: Found, settings: Settings, providers: Mapping[str, str]) -> _Judged:
    sure = confidence(found.passages)
    empty = asks_nothing(found.query)
    if empty or sure < settings.answer_threshold:
        beside = empty or is_out_of_scope(found.query, found.query_vector, found.embedding)
        verdict = Verdict.OUT_OF_SCOPE if beside else Verdict.NOT_STATED
        return _Judged(verdict, sure, [])
    searched = list(found.policies)
    stating = _stating(found, settings) if 1 < len(searched) <= MOST_POLICIES else []
    # Where only all of them together are likely enough, none is called silent.
    named = stating or [each for each in found.routed if each in searched]
    passages = [each for each in found.passages if each.policy.id in (stating or searched)]
    evidence = select(passages, settings.max_quotes, named)
    silent = tuple(each for each in searched if each not in stating) if stating else ()
    pair = _conflicting(evidence, found.query, providers)
    if pair is None:
        return _Judged(Verdict.ANSWERED, sure, evidence, silent)
    side_by_side = [*pair, *(each for each in evidence if each not in pair)]
    ids = tuple(each.quote.citation_id for each in pair)
    return _Judged(Verdict.CONFLICTING, sure, side_by_side, silent, ids)


def _conflicting(
    evidence: Sequence[Evidence], question: str, providers: Mapping[str, str]
) -> tuple[Evidence, Evidence] | None:
    """The first two quotes of one policy that contradict one another."""
    texts = [
        spoken_of(
            plain(each.quote.exact, each.passage.policy.media_type),
            providers[each.quote.policy_id],
        )
        for each in evidence
    ]
    for at, one in enumerate(evidence):
        for other in range(at + 1, len(evidence)):
            same = one.quote.policy_id == evidence[other].quote.policy_id
            if same and conflict(texts[at], texts[other], question):
                return one, evidence[other]
    return None


def _stating(found: Found, settings: Settings) -> list[str]:
    """The policies whose own passages are likely enough to answer."""
    by_policy: dict[str, list[Passage]] = {each: [] for each in found.policies}
    for passage in found.passages:
        by_policy[passage.policy.id].append(passage)
    return [each for each, own in by_policy.items() if confidence(own) >= settings.answer_threshold]


def make_receipt(
    snapshot: Snapshot,
    policies: dict[str, str],
    routed: tuple[str, ...],
    query: str,
    settings: Settings,
    embedder: Embedder,
    reranker: Reranker,
    writer: Writer | None,
    timer: Timer,
) -> Receipt:
    """How the answer comes to be, so far; the timings are completed with the answer."""
    return Receipt(
        generation=snapshot.generation,
        policies=policies,
        routed=routed,
        query=query,
        embedding=embedder.identity,
        reranker=reranker.identity,
        generator=writer.identity if writer else None,
        prompt=writer.prompt if writer else None,
        thresholds={
            "answer": settings.answer_threshold,
            "support": settings.support_threshold,
        },
        timings=dict(timer.timings),
        support=ENTAILMENT.identity if writer else None,
    )
