from __future__ import annotations

from typing import Any

import pytest

from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.actions.served import served_page
from tests.ui.page.shown import answer_of
from ui.history.kept import Feedback, Judgement
from ui.page.actions.conversations import ConversationActions
from ui.page.actions.policies import PolicyActions
from ui.page.actions.served_page import ServedPage
from ui.page.open_conversation import OpenConversation

QUESTION = "How long are logs kept?"


@pytest.fixture
def page(acme: FakeAssistant) -> ServedPage:
    return served_page(acme)


@pytest.fixture
def actions(page: ServedPage) -> ConversationActions:
    return ConversationActions(page, PolicyActions(page))


@pytest.fixture
def asked(page: ServedPage, acme: FakeAssistant) -> str:
    """The id of an answer in the conversation "c" of the reader "me"."""
    id_ = page.history.begin("me", "c", QUESTION)
    page.history.complete(id_, answer_of(acme, QUESTION), {"acme": "Acme"})
    return id_


@pytest.mark.parametrize("visit", [None, {}, {"browser": 7}, {"browser": "x" * 201}, "x"])
def test_a_browser_that_says_nothing_is_welcomed(actions: ConversationActions, visit: Any) -> None:
    update = actions.begin(visit)
    assert update["opened"] == OpenConversation()
    assert "pa-welcome" in update["conversation"]


def test_a_reload_opens_the_conversation_again(actions: ConversationActions, asked: str) -> None:
    update = actions.begin({"browser": "me", "open": "c"})
    (turn,) = update["opened"].turns
    assert (update["opened"].reader, update["opened"].id, turn.id) == ("me", "c", asked)
    assert "<mark>They are kept for 30 days.</mark>" in update["evidence"]
    assert 'aria-current="true"' in update["conversation_list"]


def test_the_address_of_an_answer_shows_it_with_its_receipt(
    actions: ConversationActions, asked: str
) -> None:
    update = actions.begin({"browser": "you", "answer": asked})
    assert update["opened"] == OpenConversation("you")
    assert "This is the answer as it was given on" in update["conversation"]
    assert '<details class="pa-receipt" open>' in update["conversation"]
    assert "pa-judge" not in update["conversation"]


def test_an_address_of_nothing_is_reported_above_the_welcome(actions: ConversationActions) -> None:
    shown = actions.begin({"browser": "me", "answer": "nothing"})["conversation"]
    assert shown.startswith('<p class="pa-note pa-error" role="alert">There is no answer')
    assert "pa-welcome" in shown


@pytest.mark.usefixtures("asked")
def test_a_conversation_of_another_reader_is_not_opened(actions: ConversationActions) -> None:
    update = actions.select({"conversation": "c"}, OpenConversation("you"))
    assert update["opened"] == OpenConversation("you")
    assert "pa-welcome" in update["conversation"]


@pytest.mark.usefixtures("asked")
def test_deleting_the_open_conversation_begins_a_new_one(actions: ConversationActions) -> None:
    opened = actions.select({"conversation": "c"}, OpenConversation("me"))["opened"]
    assert "opened" not in actions.delete({"conversation": "other"}, opened)
    assert actions.delete({"conversation": "c"}, opened)["opened"] == OpenConversation("me")


def test_feedback_keeps_the_note_before_it(
    actions: ConversationActions, page: ServedPage, asked: str
) -> None:
    opened = actions.select({"conversation": "c"}, OpenConversation("me"))["opened"]
    actions.judge({"answer": asked, "judgement": "wrong", "note": " No. "}, opened)
    shown = actions.judge({"answer": asked, "judgement": "right"}, opened)["conversation"]
    assert 'data-judgement="right" aria-pressed="true"' in shown
    assert page.feedback.on([asked]) == {asked: Feedback(Judgement.RIGHT, "No.")}
    actions.judge({"answer": asked, "judgement": "best"}, opened)
    assert page.feedback.on([asked]) == {asked: Feedback(Judgement.RIGHT, "No.")}


def test_an_answer_is_saved_as_a_file(actions: ConversationActions, asked: str) -> None:
    file = actions.save({"answer": asked, "form": "markdown", "page": "http://localhost:1"})
    assert file["file_to_save"]["name"] == "how-long-are-logs-kept.md"
    assert actions.save({"answer": asked, "form": "exe"}) == {"file_to_save": None}
    missing = actions.save({"answer": "nothing", "form": "html"})
    assert "There is no answer at this address" in missing["outcome"]
