"""What the actions on the page have in common: what they work on, and what they all show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant import PolicyAssistantError
from ui.history.conversations import History
from ui.history.feedback import KeptFeedback
from ui.page.html import turn
from ui.page.html.cards import all_evidence
from ui.page.html.conversation_list import conversation_list

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import Assistant
    from ui.history.kept import Conversation
    from ui.page.layout import Components
    from ui.page.open_conversation import OpenConversation
    from ui.page.shown_turn import ShownTurn

Update = dict[Any, Any]
"""New values by component; those that are not named stay."""
_MOST_ID = 200  # characters of an id or a citation that a browser gives


class ServedPage:
    """The components, the index that they show, and what is kept of it. One for all readers."""

    def __init__(self, gr: Any, components: Components, assistant: Assistant) -> None:
        self.gr = gr
        self.components = components
        self.assistant = assistant
        self.history = History(assistant.folder)
        self.feedback = KeptFeedback(assistant.folder)

    def conversation(self, opened: OpenConversation) -> Markup:
        """The turns of a conversation as HTML, with the feedback on their answers."""
        try:
            feedback = self.feedback.on([turn.id for turn in opened.turns if turn.id])
        except PolicyAssistantError:
            feedback = {}  # the answers stand all the same; the list beside them shows the error
        shown = [turn.shown(feedback.get(turn.id)) for turn in opened.turns]
        return turn.conversation(shown, opened.id)

    def conversation_list(
        self, opened: OpenConversation, *, problem: str = "", busy: bool = False
    ) -> Update:
        """The list of the reader's conversations, below what went wrong."""
        listed: Sequence[Conversation] = ()
        try:
            listed = self.history.conversations(opened.reader) if opened.reader else ()
        except PolicyAssistantError as error:
            problem = problem or str(error)
        html = conversation_list(listed, opened.id, now(), busy=busy)
        if problem:
            html = turn.error(problem) + html
        return {self.components.conversation_list: html}

    def no_first_questions(self) -> Update:
        """Hides what is offered before anything is asked."""
        hidden = self.gr.update(visible=False)
        return {self.components.samples: hidden, **dict.fromkeys(self.components.examples, hidden)}


def evidence(turns: Sequence[ShownTurn]) -> Markup:
    """The cards of all turns as HTML; those of the last one are in view."""
    shown = [turn.evidence(current=turn is turns[-1]) for turn in turns]
    return all_evidence(shown, is_empty=not shown or not shown[-1])


def id_in(event: Any, name: str) -> str:
    """An id as a browser gives it; empty where it cannot be one."""
    value = event.get(name) if isinstance(event, dict) else None
    return value if isinstance(value, str) and len(value) <= _MOST_ID else ""


def now() -> datetime:
    """The present time, in the time zone of this machine."""
    return datetime.now().astimezone()
