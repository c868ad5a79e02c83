"""Feedback: on whose answers it is kept, and what is read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import PolicyAssistantError
from tests.ui.history.test_conversations import answer_of
from ui.history.conversations import History
from ui.history.feedback import KeptFeedback
from ui.history.kept import Feedback, Judgement


def test_feedback_is_given_to_ones_own_complete_answers(tmp_path: Path) -> None:
    history, feedback = History(tmp_path / "index"), KeptFeedback(tmp_path / "index")
    asked = history.begin("me", "c", "Are logs kept?")
    right = Feedback(Judgement.RIGHT)
    with pytest.raises(PolicyAssistantError, match="no longer kept"):
        feedback.give("me", asked, right)  # there is no answer yet
    history.complete(asked, answer_of(tmp_path, "Are logs kept?"), {})
    with pytest.raises(PolicyAssistantError, match="no longer kept"):
        feedback.give("you", asked, right)
    assert feedback.questions() == []
    feedback.give("me", asked, right)
    wrong = Feedback(Judgement.WRONG, "No: \ud800")
    feedback.give("me", asked, wrong)
    assert feedback.on([asked, "other"]) == {asked: Feedback(Judgement.WRONG, "No: ?")}
    assert [each.id for each in feedback.questions()] == [asked]
