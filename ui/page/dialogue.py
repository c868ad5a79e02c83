"""Asking one question, step by step: each event of the answer becomes a picture of the turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from assistant import EventKind, PolicyAssistantError, Verdict
from ui.page import cards
from ui.page import conversation as page
from ui.page.answer_footer import judging
from ui.page.sources import Sources

if TYPE_CHECKING:
    from assistant import Answer, Assistant, Event, Quote, Sentence, Stream
    from ui.access.queue import Place
    from ui.history.conversations import Feedback, Kept

_NEAREST = 3
_LOOK = 0.05  # seconds between two looks at whether to stop
_SIGN = 2.0  # seconds between two words to one who waits; a page that is closed is noticed by them
_HISTORY = 3  # earlier questions that a new one is read in the light of
_STOPPED = "Stopped. What is shown above was checked; the answer is incomplete."
_LEFT = (
    "This question was stopped, or the page closed, before its answer was complete. Ask it again."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what is shown for it so far.

    `id` is what its answer is kept under, empty where it is not kept. `waiting` says what is going
    on and is empty when nothing is; `body` and `cards` are HTML; `answer` is None until it is
    complete.
    """

    number: int
    question: str
    id: str = ""
    answer: Answer | None = None
    waiting: str = ""
    body: str = ""
    cards: str = ""
    nearest: bool = False

    def shown(self, feedback: Feedback | None = None) -> str:
        """The turn as HTML, with what was said of its answer."""
        doing = page.waiting(self.waiting) if self.waiting else ""
        after = judging(self.id, feedback) if self.id and self.answer else ""
        return page.turn(self.number, self.question, self.body + doing + after)

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
        return replace(self, waiting="", body=self.body + page.note(_STOPPED))


def kept_turn(assistant: Assistant, number: int, kept: Kept) -> Turn:
    """A turn as it was when its answer was kept."""
    turn = Turn(number, kept.question, kept.id)
    if kept.answer is None:
        return replace(turn, body=page.note(_LEFT))
    return _complete(turn, kept.answer, Sources.of(assistant, kept.names))


def frames(
    assistant: Assistant,
    question: str,
    *,
    earlier: Sequence[Turn] = (),
    policies: Sequence[str] = (),
    generate: bool = True,
    stop: threading.Event | None = None,
    place: Place | None = None,
) -> Iterator[Turn]:
    """The turn as it grows: quotes, then sentences, then the complete answer.

    No `policies` means all. What goes wrong is told in the last frame, never raised. Once `stop`
    is set the turn ends at once, whatever the assistant is doing then. With a `place` that has to
    wait, the turn first says so.
    """
    stop = stop or threading.Event()
    turn = Turn(len(earlier) + 1, question, waiting="Searching the policies …")
    history = [(each.question, each.answer.text) for each in earlier if each.answer][-_HISTORY:]
    quotes: tuple[Quote, ...] = ()
    passed: list[Sentence] = []
    try:
        if place:
            yield from _in_line(turn, place, stop)
        if stop.is_set():
            yield turn.stopped()
            return
        with assistant.stream(
            question, policies=list(policies) or None, history=history, generate=generate
        ) as events:
            coming = _until(stop, events)
            yield turn
            sources = Sources.of(assistant)
            for event in coming:
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


def _in_line(turn: Turn, place: Place, stop: threading.Event) -> Iterator[Turn]:
    """The turn while others are answered first: how many of them there are."""
    position, told_at = place.position(), float("-inf")
    while position and not stop.is_set():
        if time.monotonic() >= told_at + _SIGN:
            before = f"{position - 1} question{'' if position == 2 else 's'} before this one"
            line = "this question is next" if position == 1 else before
            yield replace(turn, waiting=f"Busy with other questions: {line} …")
            told_at = time.monotonic()
        position = place.wait(position, _LOOK)


def _until(stop: threading.Event, events: Stream) -> Iterator[Event]:
    """The events until `stop` is set, without waiting for the one that is then under way.

    They are made from now on, in a thread of their own, which gives up once they are closed.
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
    return _taken(ready, stop)


def _taken(ready: SimpleQueue[Event | Exception | None], stop: threading.Event) -> Iterator[Event]:
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


def _complete(turn: Turn, answer: Answer, sources: Sources) -> Turn:
    done = replace(turn, answer=answer, waiting="")
    if answer.quotes:
        return replace(
            done,
            body=page.answered(turn.number, answer, sources.names),
            cards=cards.quote_cards(turn.number, answer.quotes, sources.of_quotes(answer.quotes)),
        )
    listed = answer.hits[:_NEAREST] if answer.verdict is Verdict.NOT_STATED else ()
    nearest = sources.of_hits(listed)
    return replace(
        done,
        body=page.unanswered(turn.number, answer, nearest, sources.names),
        cards=cards.nearest_cards(turn.number, nearest),
        nearest=True,
    )
