"""Which event on the page goes to which action, with what, and what it may change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.page.actions.conversations import ConversationActions
from ui.page.actions.policies import PolicyActions
from ui.page.actions.questions import QuestionActions
from ui.page.actions.served_page import ServedPage
from ui.page.layout import Components, script


def wire(gr: Any, built: Any, served: ServedPage) -> None:
    """Listens to the events of a page (`gr.Blocks`) that is being built."""
    page, policies = served.components, PolicyActions(served)
    # Progress is shown by the page itself. Gradio's own, though hidden, would run in each output at
    # every frame, and take time from the search.
    quiet = {
        "api_visibility": "private",
        "show_progress": "hidden",
        "show_progress_on": [page.running],
    }
    beginning = [page.chosen, page.policy_list, page.conversation, page.samples, *page.examples]
    conversations = ConversationActions(served, policies)
    _wire_conversations(gr, built, page, conversations, quiet | {"queue": False}, beginning)
    _wire_questions(page, QuestionActions(served), quiet)
    _wire_policies(gr, page, policies, quiet, beginning)


def _wire_conversations(
    gr: Any,
    built: Any,
    page: Components,
    actions: ConversationActions,
    at_once: dict[str, Any],
    beginning: list[Any],
) -> None:
    opened = [page.opened, page.evidence, page.conversation_list, *beginning]
    loaded = [page.question, page.ask, *opened]
    built.load(actions.begin, page.visit, loaded, js=script("session.js"), **at_once).then(
        None, js="() => document.querySelector('#pa-question textarea').focus()", **at_once
    )
    select, delete = _with_data(gr, actions.select), _with_data(gr, actions.delete)
    page.conversation_list.select(select, page.opened, opened, **at_once)
    page.conversation_list.delete(delete, page.opened, opened, **at_once)
    judged = [page.conversation, page.conversation_list]
    page.conversation.click(_with_data(gr, actions.judge), page.opened, judged, **at_once)
    saved = [page.file_to_save, page.outcome]
    page.conversation.save(_with_data(gr, actions.save), None, saved, **at_once).then(
        None, page.file_to_save, js=script("save.js"), **at_once
    )


def _wire_questions(page: Components, actions: QuestionActions, quiet: dict[str, Any]) -> None:
    settled = [page.opened, page.conversation, page.conversation_list, page.ask, page.stop]
    answered = [*settled, page.evidence, page.running, page.question, page.samples]
    answered += page.examples
    for event, asked in (
        (page.question.submit, page.question),
        (page.ask.click, page.question),
        *((example.click, example) for example in page.examples),
    ):
        event(
            actions.answer,
            [asked, page.quotes_only, page.chosen, page.opened],
            answered,
            **quiet,
            concurrency_limit=None,  # questions have a line of their own, which says who is next
        ).then(actions.settle, page.opened, settled, **quiet, queue=False)
    page.stop.click(lambda halt: halt and halt.set(), page.running, None, **quiet, queue=False)


def _wire_policies(
    gr: Any, page: Components, actions: PolicyActions, quiet: dict[str, Any], beginning: list[Any]
) -> None:
    narrow, remove = _with_data(gr, actions.narrow), _with_data(gr, actions.remove)
    listed, added = [page.chosen, page.policy_list], [page.outcome, page.uploads]
    page.policy_list.narrow(narrow, None, listed, **quiet, queue=False)
    in_turn = {**quiet, "concurrency_limit": 1, "concurrency_id": "policies"}
    loaded = [page.outcome, page.samples]
    for changed in (
        page.uploads.upload(actions.upload, page.uploads, added, **in_turn),
        page.samples.click(actions.load_samples, None, loaded, **in_turn),
        page.policy_list.click(remove, None, page.outcome, **in_turn),
    ):
        held = [page.opened, page.chosen]
        changed.then(actions.refresh, held, beginning, **quiet, queue=False)


def _with_data(gr: Any, handle: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, called with the data that the page's script sent, then with the other values."""

    def received(event: Any, *values: Any) -> Any:
        return handle(event._data if isinstance(event._data, dict) else {}, *values)

    received.__annotations__["event"] = gr.EventData  # Gradio looks for the class itself
    return received
