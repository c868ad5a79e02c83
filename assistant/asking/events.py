"""A draft -> an answer, as a stream of events: the evidence, each sentence, the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.asking.answer_text import answer_text, names_of
from assistant.asking.judge import Judgement
from assistant.asking.retrieve import Retrieval
from assistant.asking.timer import Timer
from assistant.english.yes_no import split_answer
from assistant.values.answer import (
    Answer,
    Event,
    EventKind,
    Receipt,
    Rejected,
    Sentence,
    Verdict,
)
from assistant.writing.writer import Writer
from index.store.snapshot import PolicyEntry
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that is judged and not yet written. The index is no longer needed for it.

    `receipt` is complete but for the timings and what the judgement says.
    """

    question: str
    retrieval: Retrieval
    judgement: Judgement
    hits: tuple[Hit, ...]
    entries: Sequence[PolicyEntry]
    receipt: Receipt
    writer: Writer | None
    timer: Timer

    def events(self, stopped: Callable[[], bool]) -> Iterator[Event]:
        """Evidence first, then each sentence that passes, then the whole answer.

        Without a writer, or where no sentence passes, the quotes stand alone. Once `stopped()` is
        true nothing follows. Raises ModelError.
        """
        evidence = self.judgement.evidence
        if evidence:
            yield Event(EventKind.EVIDENCE, quotes=self.judgement.quotes)
        sentences: list[Sentence] = []
        rejected: list[Rejected] = []
        if self.writer is not None and evidence:
            providers = {entry.id: entry.provider for entry in self.entries}
            asked = self.retrieval.plan.asked
            for written in self.writer.write(asked, evidence, providers, stopped):
                if isinstance(written, Rejected):
                    rejected.append(written)
                    continue
                if self.judgement.verdict is Verdict.CONFLICTING:  # neither Yes nor No
                    written = replace(written, text=split_answer(written.text)[1])
                sentences.append(written)
                yield Event(EventKind.SENTENCE, sentence=written)
            self.timer.done("write")
        if not stopped():
            yield Event(EventKind.ANSWER, answer=self._answer(sentences, rejected))

    def _answer(self, sentences: Sequence[Sentence], rejected: Sequence[Rejected]) -> Answer:
        judgement = self.judgement
        return Answer(
            question=self.question,
            verdict=judgement.verdict,
            confidence=judgement.confidence,
            text=answer_text(
                judgement.verdict,
                sentences,
                judgement.quotes,
                judgement.silent,
                self.retrieval.plan.versions,
                names_of(self.entries),
            ),
            sentences=tuple(sentences),
            quotes=judgement.quotes,
            hits=self.hits,
            rejected=tuple(rejected),
            receipt=replace(
                self.receipt,
                timings=dict(self.timer.timings),
                silent=judgement.silent,
                conflict=judgement.conflict,
                unread=self.retrieval.unread,
                repeats={
                    item.quote.citation_id: tuple(quote.citation_id for quote in item.repeats)
                    for item in judgement.evidence
                    if item.repeats
                },
            ),
        )


def whole_answer(events: Iterable[Event]) -> Answer:
    """The answer that a stream of events ends with."""
    *_, last = events
    assert last.answer is not None
    return last.answer
