"""Asking one question, step by step: each event of the answer becomes a picture of the turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from assistant import EventKind, PolicyAssistantError, Verdict
from assistant.wording import names_of
from ui import cards, page

if TYPE_CHECKING:
    from assistant import Answer, Assistant, Clause, Event, Policy, Quote, Sentence, Stream

_NEAREST = 3
_LOOK = 0.05  # seconds between two looks at whether to stop
_HISTORY = 3  # earlier questions that a new one is read in the light of


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what is shown for it so far.

    `text` is the answer's, empty until it is complete; `waiting` says what is going on and is
    empty when nothing is; `body` and `cards` are HTML.
    """

    number: int
    question: str
    text: str = ""
    waiting: str = ""
    body: str = ""
    cards: str = ""
    nearest: bool = False

    def shown(self) -> str:
        """The turn as HTML."""
        doing = page.waiting(self.waiting) if self.waiting else ""
        return page.turn(self.number, self.question, self.body + doing)

    def evidence(self, *, current: bool) -> str:
        """The turn's cards as HTML, or nothing where it has none."""
        if not self.cards:
            return ""
        return cards.evidence(
            self.number, self.question, self.cards, nearest=self.nearest, current=current
        )

    def stopped(self) -> Turn:
        """The turn as it is left when the user stops it; complete turns stay as they are."""
        if not self.waiting:
            return self
        stopped = page.note("Stopped. What is shown above was checked; the answer is incomplete.")
        return replace(self, waiting="", body=self.body + stopped)


def frames(
    assistant: Assistant,
    question: str,
    *,
    earlier: Sequence[Turn] = (),
    policies: Sequence[str] = (),
    generate: bool = True,
    stop: threading.Event | None = None,
) -> Iterator[Turn]:
    """The turn as it grows: quotes, then sentences, then the complete answer.

    No `policies` means all. What goes wrong is told in the last frame, never raised. Once `stop`
    is set the turn ends at once, whatever the assistant is doing then.
    """
    stop = stop or threading.Event()
    turn = Turn(len(earlier) + 1, question, waiting="Searching the policies …")
    yield turn
    history = [(each.question, each.text) for each in earlier if each.text][-_HISTORY:]
    quotes: tuple[Quote, ...] = ()
    passed: list[Sentence] = []
    try:
        sources = _Sources(assistant)
        events = assistant.stream(
            question, policies=list(policies) or None, history=history, generate=generate
        )
        for event in _until(stop, events):
            if event.kind is EventKind.EVIDENCE:
                quotes = event.quotes
                shown = cards.quote_cards(turn.number, quotes, sources.of_quotes(quotes))
                turn = replace(turn, cards=shown, waiting="Checking each sentence …")
            elif event.kind is EventKind.SENTENCE and event.sentence:
                passed.append(event.sentence)
                turn = replace(turn, body=page.sentences(turn.number, passed, quotes))
            elif event.answer:
                turn = _complete(turn, event.answer, sources)
            yield turn
        if turn.waiting:
            yield turn.stopped()
    except PolicyAssistantError as error:
        yield replace(turn, waiting="", body=turn.body + page.note(str(error), error=True))
    finally:
        stop.set()


def _until(stop: threading.Event, events: Stream) -> Iterator[Event]:
    """The events until `stop` is set, without waiting for the one that is then under way.

    They are made in a thread of their own, which gives up then, too.
    """
    ready: SimpleQueue[Event | Exception | None] = SimpleQueue()

    def make() -> None:
        try:
            for event in events:
                ready.put(event)
            ready.put(None)
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            ready.put(error)

    threading.Thread(target=make, daemon=True).start()
    try:
        while not stop.is_set():
            try:
                event = ready.get(timeout=_LOOK)
            except Empty:
                continue
            if event is None:
                return
            if isinstance(event, Exception):
                raise event
            yield event
    finally:
        events.close()


def _complete(turn: Turn, answer: Answer, sources: _Sources) -> Turn:
    if answer.quotes:
        return replace(
            turn,
            text=answer.text,
            waiting="",
            body=page.answered(turn.number, answer, sources.names),
            cards=cards.quote_cards(turn.number, answer.quotes, sources.of_quotes(answer.quotes)),
        )
    listed = answer.hits[:_NEAREST] if answer.verdict is Verdict.NOT_STATED else ()
    nearest = [sources.of_clause(hit.clause) for hit in listed]
    return replace(
        turn,
        text=answer.text,
        waiting="",
        body=page.unanswered(turn.number, answer, nearest, sources.names),
        cards=cards.nearest_cards(turn.number, nearest),
        nearest=True,
    )


class _Sources:
    """Where the quotes and clauses of one answer stand; each policy is read once."""

    def __init__(self, assistant: Assistant) -> None:
        self.names = names_of(assistant.policies())
        self._providers = {entry.id: entry.provider for entry in assistant.policies()}
        self._policy = cache(assistant.policy)
        self._clauses = cache(
            lambda policy_id, version: {
                clause.id: clause for clause in assistant.clauses(policy_id, version)
            }
        )

    def of_quotes(self, quotes: Sequence[Quote]) -> list[cards.Source]:
        """The clause of each quote, in the version that is quoted."""
        return [
            self.of_clause(self._clauses(quote.policy_id, quote.version)[quote.clause_id])
            for quote in quotes
        ]

    def of_clause(self, clause: Clause) -> cards.Source:
        """The clause with its policy."""
        policy: Policy = self._policy(clause.policy_id, clause.version)
        return cards.Source(self._providers.get(policy.id, ""), policy, clause)
