"""Which event on the page goes to which action, with what, and what it may change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.page.actions.conversations import ConversationActions
from ui.page.actions.policies import PolicyActions
from ui.page.actions.questions import QuestionActions
from ui.page.actions.served_page import ServedPage
from ui.page.layout import Components, script


def wire(gr: Any, built: Any, page: ServedPage) -> None:
    """Listens to the events of a page (`gr.Blocks`) that is being built."""
    policies = PolicyActions(page)
    _wire_conversations(gr, built, page.components, ConversationActions(page, policies))
    _wire_questions(page.components, QuestionActions(page))
    _wire_policies(gr, page.components, policies)


def _hidden(components: Components) -> dict[str, Any]:
    """How every event is listened to.

    The page shows progress itself. Gradio's own, though hidden, would run in each output at every
    frame, and take time from the search.
    """
    return {
        "api_visibility": "private",
        "show_progress": "hidden",
        "show_progress_on": [components.running],
    }


def _welcome(components: Components) -> list[Any]:
    """What the actions on policies change."""
    return [
        *(components.chosen, components.policy_list, components.conversation, components.samples),
        *components.examples,
    ]


def _wire_conversations(
    gr: Any, built: Any, components: Components, actions: ConversationActions
) -> None:
    at_once = {**_hidden(components), "queue": False}
    changed = [
        *(components.opened, components.evidence, components.conversation_list),
        *_welcome(components),
    ]
    loaded = [components.question, components.ask, *changed]
    built.load(actions.begin, components.visit, loaded, js=script("session.js"), **at_once).then(
        None, js="() => document.querySelector('#pa-question textarea').focus()", **at_once
    )
    components.conversation.click(
        _with_data(gr, actions.judge),
        components.opened,
        [components.conversation, components.conversation_list],
        **at_once,
    )
    components.conversation.save(
        _with_data(gr, actions.save),
        None,
        [components.file_to_save, components.outcome],
        **at_once,
    ).then(None, components.file_to_save, js=script("save.js"), **at_once)
    for event, action in (
        (components.conversation_list.select, actions.select),
        (components.conversation_list.delete, actions.delete),
    ):
        event(_with_data(gr, action), components.opened, changed, **at_once)


def _wire_questions(components: Components, actions: QuestionActions) -> None:
    hidden = _hidden(components)
    answered = [
        *(components.opened, components.running, components.conversation, components.evidence),
        *(components.conversation_list, components.question, components.ask, components.stop),
        *(components.samples, *components.examples),
    ]
    settled = [
        *(components.opened, components.conversation, components.conversation_list),
        *(components.ask, components.stop),
    ]
    for event, asked in (
        (components.question.submit, components.question),
        (components.ask.click, components.question),
        *((example.click, example) for example in components.examples),
    ):
        event(
            actions.answer,
            [asked, components.quotes_only, components.chosen, components.opened],
            answered,
            **hidden,
            concurrency_limit=None,  # questions have a line of their own, which says who is next
        ).then(actions.settle, components.opened, settled, **hidden, queue=False)
    components.stop.click(
        lambda halt: halt and halt.set(), components.running, None, **hidden, queue=False
    )


def _wire_policies(gr: Any, components: Components, actions: PolicyActions) -> None:
    hidden = _hidden(components)
    narrow = _with_data(gr, actions.narrow)
    listed = [components.chosen, components.policy_list]
    components.policy_list.narrow(narrow, None, listed, **hidden, queue=False)
    in_turn = {**hidden, "concurrency_limit": 1, "concurrency_id": "policies"}
    outcome = components.outcome
    for changed in (
        components.uploads.upload(
            actions.upload, components.uploads, [outcome, components.uploads], **in_turn
        ),
        components.samples.click(
            actions.load_samples, None, [outcome, components.samples], **in_turn
        ),
        components.policy_list.click(_with_data(gr, actions.remove), None, outcome, **in_turn),
    ):
        changed.then(
            actions.refresh,
            [components.opened, components.chosen],
            _welcome(components),
            **hidden,
            queue=False,
        )


def _with_data(gr: Any, handle: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, called with the data that the page's script sent, then with the other values."""

    def received(event: Any, *values: Any) -> Any:
        return handle(event._data if isinstance(event._data, dict) else {}, *values)

    received.__annotations__["event"] = gr.EventData  # Gradio looks for the class itself
    return received
