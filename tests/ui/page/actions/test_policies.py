from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.actions.served import served_page
from ui.page.actions.policies import PolicyActions
from ui.page.open_conversation import OpenConversation
from ui.page.shown_turn import ShownTurn


@pytest.fixture
def actions(acme: FakeAssistant) -> PolicyActions:
    acme.put("bolt", "# Cookies\n\nCookies are kept.", "Bolt")
    return PolicyActions(served_page(acme))


def test_a_page_begins_with_the_policies_and_questions_that_fit_them(
    actions: PolicyActions,
) -> None:
    update = actions.beginning()
    assert update["chosen"] == ()
    assert "Ask what 2 policies say" in update["conversation"]
    assert update["first"] == {"value": "How does Bolt use cookies?", "visible": True}
    assert update["fourth"] == {"value": "", "visible": False}
    assert update["samples"] == {"visible": False}


def test_the_search_keeps_to_policies_that_are_held(actions: PolicyActions) -> None:
    assert actions.narrow({"policies": ["bolt", "other", 7]})["chosen"] == ("bolt",)
    assert actions.narrow({"policies": "bolt"})["chosen"] == ()
    assert "Searching 1 of 2." in actions.narrow({"policies": ["acme"]})["policy_list"]


def test_once_something_was_asked_a_change_leaves_the_conversation_alone(
    actions: PolicyActions,
) -> None:
    assert "conversation" in actions.refresh(OpenConversation(), ["acme"])
    asked = OpenConversation(turns=(ShownTurn(1, "Who?"),))
    assert sorted(actions.refresh(asked, ["acme"])) == ["chosen", "policy_list"]


def test_a_policy_is_removed_or_it_is_said_why_not(
    actions: PolicyActions, acme: FakeAssistant
) -> None:
    assert actions.remove({"policy": "bolt"}) == {"outcome": ""}
    assert [entry.id for entry in acme.policies()] == ["acme"]
    assert 'role="alert"' in actions.remove({"policy": "bolt"})["outcome"]


def test_uploads_end_with_what_became_of_each(actions: PolicyActions, tmp_path: Path) -> None:
    file = tmp_path / "leave.txt"
    file.write_text("Leave is kept.", encoding="utf-8")
    *_, added, cleared = actions.upload([str(file)])
    assert '<li data-status="added">' in added["outcome"]
    assert cleared == {"uploads": None}


def test_files_that_cannot_be_read_are_reported(actions: PolicyActions, tmp_path: Path) -> None:
    *_, failed, _ = actions.upload([str(tmp_path / "gone.txt")])
    assert "Nothing was added (No such file or directory)" in failed["outcome"]
