"""What happens to conversations on the page: they are opened, judged, saved and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant import PolicyAssistantError
from ui.export import answer_file
from ui.history.kept import Feedback, Judgement
from ui.page.actions.served_page import ServedPage, Update, evidence, id_in, now
from ui.page.citation_page import shown_citation
from ui.page.html import turn
from ui.page.html.answer_footer import MOST_NOTE, SAVED_AS, taking_along
from ui.page.html.conversation_list import clock
from ui.page.open_conversation import OpenConversation
from ui.page.shown_turn import kept_turn

if TYPE_CHECKING:
    from ui.page.actions.policies import PolicyActions


class ConversationActions:
    """Answers the events that concern conversations and the answers that are kept."""

    def __init__(self, page: ServedPage, policies: PolicyActions) -> None:
        self._page = page
        self._policies = policies
        self._components = page.components

    def begin(self, visit: Mapping[str, Any] | None) -> Update:
        """A page is opened: for the first time, at the address of an answer, or after a reload."""
        components = self._components
        opened = OpenConversation(id_in(visit, "browser"))
        ready = self._page.gr.update(interactive=True)
        update = {
            components.opened: opened,
            components.question: ready,
            components.ask: ready,
            **self._policies.beginning(),
        }
        try:
            if answer := id_in(visit, "answer"):
                update |= self._kept_answer(answer)
            elif citation := id_in(visit, "cite"):
                update |= self._citation(citation)
            elif conversation := id_in(visit, "open"):
                update |= self._opened(opened.reader, conversation)
        except PolicyAssistantError as error:
            update[components.conversation] = (
                turn.error(str(error)) + update[components.conversation]
            )
        return update | self._page.conversation_list(update[components.opened])

    def select(self, event: Mapping[str, Any], opened: OpenConversation) -> Update:
        """An earlier conversation is opened, or a new one begun."""
        try:
            update = self._opened(opened.reader, id_in(event, "conversation"))
        except PolicyAssistantError as error:
            return {self._components.conversation: turn.error(str(error))}
        return update | self._page.conversation_list(update[self._components.opened])

    def delete(self, event: Mapping[str, Any], opened: OpenConversation) -> Update:
        """A conversation is deleted."""
        deleted = id_in(event, "conversation")
        try:
            self._page.history.delete(opened.reader, deleted)
        except PolicyAssistantError as error:
            return self._page.conversation_list(opened, problem=str(error))
        if deleted != opened.id:
            return self._page.conversation_list(opened)
        update = self._opened(opened.reader, "")
        return update | self._page.conversation_list(update[self._components.opened])

    def judge(self, event: Mapping[str, Any], opened: OpenConversation) -> Update:
        """A reader says what they think of an answer, or adds a note to that."""
        id_, judged = id_in(event, "answer"), id_in(event, "judgement")
        if judged in set(Judgement):
            try:
                earlier = self._page.feedback.on([id_]).get(id_)
                note = str(event.get("note", earlier.note if earlier else ""))
                feedback = Feedback(Judgement(judged), note[:MOST_NOTE].strip())
                self._page.feedback.give(opened.reader, id_, feedback)
            except PolicyAssistantError as error:
                return self._page.conversation_list(opened, problem=str(error))
        return {self._components.conversation: self._page.conversation(opened)}

    def save(self, event: Mapping[str, Any]) -> Update:
        """A kept answer is wanted as a file: its name, type and text."""
        components, form = self._components, id_in(event, "form")
        try:
            answer = self._page.history.question(id_in(event, "answer")).answer
        except PolicyAssistantError as error:
            return {components.file_to_save: None, components.outcome: turn.error(str(error))}
        if answer is None or form not in SAVED_AS:
            return {components.file_to_save: None}
        file = answer_file(answer, self._page.assistant, form, id_in(event, "page"))
        return {components.file_to_save: file}

    def _opened(self, reader: str, conversation: str) -> Update:
        """A conversation with its evidence; a new one where there is none of that reader's."""
        kept = self._page.history.questions(reader, conversation) if conversation else []
        opened = OpenConversation(
            reader,
            conversation if kept else "",
            tuple(
                kept_turn(self._page.assistant, number, question)
                for number, question in enumerate(kept, start=1)
            ),
        )
        return {
            self._components.opened: opened,
            self._components.evidence: evidence(opened.turns),
            **(
                self._page.no_first_questions()
                | {self._components.conversation: self._page.conversation(opened)}
                if kept
                else self._policies.beginning()
            ),
        }

    def _kept_answer(self, id_: str) -> Update:
        kept = self._page.history.question(id_)
        shown = kept_turn(self._page.assistant, 1, kept, receipt_open=True)
        if kept.answer:
            shown = replace(shown, body=shown.body + taking_along(id_))
        html = turn.turn(1, shown.question, shown.body)
        return {
            self._components.conversation: turn.kept_answer(html, clock(kept.asked_at, now())),
            self._components.evidence: evidence((shown,)),
            **self._page.no_first_questions(),
        }

    def _citation(self, citation: str) -> Update:
        html, cards = shown_citation(self._page.assistant, citation)
        return {
            self._components.conversation: html,
            self._components.evidence: cards,
            **self._page.no_first_questions(),
        }
