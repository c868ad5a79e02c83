"""What happens when a question is asked on the page, from its place in the line to its answer."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import PolicyAssistantError
from assistant.doors import MAX_QUESTION, names_of
from ui.access.queue import Admission, Place
from ui.page.actions.served_page import ServedPage, Update, evidence
from ui.page.growing_turn import AskedQuestion, growing_turn
from ui.page.html import turn as html

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import Answer
    from ui.page.open_conversation import OpenConversation

_AT_ONCE = 8  # questions; their quotes come at once, the model writes in turn
_WAITING = 64  # questions that wait for one of those to end


class QuestionActions:
    """Answers questions. One for all readers: who is answered, and who waits, is decided here."""

    def __init__(self, page: ServedPage) -> None:
        self._page = page
        self._components = page.components
        self._line = Admission(_AT_ONCE, _WAITING)

    def answer(
        self,
        question: str | None,
        quotes_only: bool,
        chosen: Sequence[str],
        opened: OpenConversation,
    ) -> Iterator[Update]:
        """A question is asked: the conversation as its answer grows."""
        text = question.strip() if isinstance(question, str) else ""
        if not text:
            yield {self._components.question: ""}
            return
        if len(text) > MAX_QUESTION:  # too long to be kept, or shown again
            yield self._refused(
                f"The question has {len(text):,} characters. At most {MAX_QUESTION:,} are read: "
                "shorten it.",
                opened,
            )
            return
        place = self._line.join()
        if place is None:
            yield self._refused(
                f"Busy: {self._line.most} questions are being answered or waiting, which is the "
                "limit. This one was not asked: try again in a few minutes.",
                opened,
            )
            return
        with place:
            asked = AskedQuestion(text, chosen, not quotes_only, opened.turns)
            yield from self._growing(asked, opened, place)

    def settle(self, opened: OpenConversation) -> Update:
        """An answer has come to its end, or was stopped."""
        gr, components = self._page.gr, self._components
        ended = opened.with_turns(tuple(turn.stopped() for turn in opened.turns))
        update = {
            components.opened: ended,
            components.ask: gr.update(visible=True),
            components.stop: gr.update(visible=False),
            **self._page.conversation_list(opened),
        }
        if ended != opened:
            update[components.conversation] = self._page.conversation(ended)
        return update

    def _growing(
        self, asked: AskedQuestion, opened: OpenConversation, place: Place
    ) -> Iterator[Update]:
        halt = threading.Event()
        opened = replace(opened, id=opened.id or secrets.token_urlsafe(16))
        turns = growing_turn(self._page.assistant, asked, halt, place)
        first = next(turns)  # the search has begun, or waits
        id_, update = self._begun(opened, asked.text)
        update |= self._busy(halt)
        cards: Markup | None = None
        for turn in itertools.chain([first], turns):
            if turn.answer and id_:
                try:
                    self._complete(id_, turn.answer)
                except PolicyAssistantError as error:
                    id_ = ""
                    update = self._page.conversation_list(opened, problem=str(error), busy=True)
            shown = opened.with_turns((*opened.turns, replace(turn, id=id_)))
            update[self._components.opened] = shown
            update[self._components.conversation] = self._page.conversation(shown)
            if turn.cards != cards:
                update[self._components.evidence] = evidence(shown.turns)
            cards = turn.cards
            yield update
            update = {}

    def _busy(self, halt: threading.Event) -> Update:
        gr, components = self._page.gr, self._components
        return {
            components.running: halt,
            components.question: "",
            components.ask: gr.update(visible=False),
            components.stop: gr.update(visible=True),
            **self._page.no_first_questions(),
        }

    def _refused(self, reason: str, opened: OpenConversation) -> Update:
        """A question is not asked; it stays in its box."""
        html_ = self._page.conversation(opened) + html.error(reason)
        return {self._components.conversation: html_}

    def _begun(self, opened: OpenConversation, question: str) -> tuple[str, Update]:
        """Keeps the question: the id that it is kept under, and what that changes on the page."""
        if not opened.reader:
            return "", {}
        try:
            id_ = self._page.history.begin(opened.reader, opened.id, question)
        except PolicyAssistantError as error:
            return "", self._page.conversation_list(opened, problem=str(error), busy=True)
        return id_, self._page.conversation_list(opened, busy=True)

    def _complete(self, id_: str, answer: Answer) -> None:
        names = names_of(self._page.assistant.policies())
        searched = {
            policy_id: names[policy_id]
            for policy_id in answer.receipt.policies
            if policy_id in names
        }
        self._page.history.complete(id_, answer, searched)
