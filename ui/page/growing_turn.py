"""Asking one question, step by step: each event of the answer becomes a picture of the turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from assistant import EventKind, PolicyAssistantError
from ui.page.html.answer import passed_sentences
from ui.page.html.cards import quote_cards
from ui.page.placed_clauses import PlacedClauses
from ui.page.shown_turn import ShownTurn

if TYPE_CHECKING:
    from assistant import Assistant, Event, Quote, Sentence, Stream
    from ui.access.queue import Place

_POLL = 0.05  # seconds between two looks at whether to stop
_SIGN = 2.0  # seconds between two signs to a reader who waits; sending tells that a page is closed
_HISTORY = 3  # earlier questions that a new one is read in the light of


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is asked on the page; no `policies` means all of them."""

    text: str
    policies: Sequence[str] = ()
    generate: bool = True
    earlier: Sequence[ShownTurn] = ()

    @property
    def history(self) -> list[tuple[str, str]]:
        """The last questions before it that were answered, each with its answer's text."""
        answered = [(turn.question, turn.answer.text) for turn in self.earlier if turn.answer]
        return answered[-_HISTORY:]


def growing_turn(
    assistant: Assistant,
    asked: AskedQuestion,
    stop: threading.Event | None = None,
    place: Place | None = None,
) -> Iterator[ShownTurn]:
    """The turn as it grows: quotes, then sentences, then the complete answer.

    An error is shown in the last turn, never raised. Once `stop` is set the turn ends at once,
    whatever the assistant is doing then. With a `place` that has to wait, the turn first says so.
    """
    stop = stop or threading.Event()
    turn = ShownTurn(len(asked.earlier) + 1, asked.text, waiting="Searching the policies …")
    try:
        if place:
            yield from _in_line(turn, place, stop)
        if stop.is_set():
            yield turn.stopped()
            return
        with assistant.stream(
            asked.text,
            policies=list(asked.policies) or None,
            history=asked.history,
            generate=asked.generate,
        ) as stream:
            events = _until(stop, stream)
            yield turn
            for grown in _answering(turn, events, PlacedClauses.of(assistant)):
                turn = grown
                yield turn
        if turn.waiting:
            yield turn.stopped()
    except PolicyAssistantError as error:
        yield turn.failed(str(error))
    finally:
        stop.set()


def _answering(
    turn: ShownTurn, events: Iterator[Event], clauses: PlacedClauses
) -> Iterator[ShownTurn]:
    quotes: tuple[Quote, ...] = ()
    passed: list[Sentence] = []
    for event in events:
        if event.kind is EventKind.EVIDENCE:
            quotes = event.quotes
            shown = quote_cards(turn.number, quotes, clauses.of_quotes(quotes))
            turn = replace(turn, cards=shown, waiting="Checking each sentence …")
        elif event.kind is EventKind.SENTENCE and event.sentence:
            passed.append(event.sentence)
            turn = replace(turn, body=passed_sentences(turn.number, passed, quotes))
        elif event.answer:
            turn = turn.completed(event.answer, clauses)
        yield turn


def _in_line(turn: ShownTurn, place: Place, stop: threading.Event) -> Iterator[ShownTurn]:
    """The turn while other questions are answered first: how many of them there are."""
    position, last_sign = place.position(), float("-inf")
    while position and not stop.is_set():
        if time.monotonic() >= last_sign + _SIGN:
            before = f"{position - 1} question{'' if position == 2 else 's'} before this one"
            line = "this question is next" if position == 1 else before
            yield replace(turn, waiting=f"Busy with other questions: {line} …")
            last_sign = time.monotonic()
        position = place.wait(position, _POLL)


def _until(stop: threading.Event, stream: Stream) -> Iterator[Event]:
    """The events until `stop` is set, without waiting for the one that is then under way.

    They are computed from now on, in a thread that gives up once the stream is closed.
    """
    ready: SimpleQueue[Event | Exception | None] = SimpleQueue()

    def compute() -> None:
        try:
            for event in stream:
                ready.put(event)
            ready.put(None)
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            ready.put(error)

    threading.Thread(target=compute, daemon=True).start()
    return _taken(ready, stop)


def _taken(ready: SimpleQueue[Event | Exception | None], stop: threading.Event) -> Iterator[Event]:
    while not stop.is_set():
        try:
            event = ready.get(timeout=_POLL)
        except Empty:
            continue
        if event is None:
            return
        if isinstance(event, Exception):
            raise event
        yield event
