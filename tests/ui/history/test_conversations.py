"""Conversations on disk: whose they are, what is kept, and what deletion leaves behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import PolicyAssistantError
from assistant.values.answer import Answer
from tests.ui.fake_assistant import FakeAssistant
from ui.history.conversations import History
from ui.history.feedback import KeptFeedback
from ui.history.kept import Feedback, Forgotten, Judgement


def answer_of(folder: Path, question: str) -> Answer:
    fake = FakeAssistant(folder)
    fake.put("acme", "Logs are kept.", "Acme")
    last = list(fake.stream(question))[-1].answer
    assert last is not None
    return last


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "index")


def test_nothing_is_made_by_reading(tmp_path: Path, history: History) -> None:
    assert history.conversations("me") == []
    assert history.questions("me", "c") == []
    assert KeptFeedback(tmp_path / "index").on(["q"]) == {}
    assert KeptFeedback(tmp_path / "index").questions() == []
    assert not (tmp_path / "index").exists()


def test_a_conversation_is_read_back_as_it_was(tmp_path: Path, history: History) -> None:
    first = history.begin("me", "c", "Are logs kept?")
    answer = answer_of(tmp_path, "Are logs kept?")
    history.complete(first, answer, {"acme": "Acme"})
    second = history.begin("me", "c", "For how long? \ud800")
    one, two = history.questions("me", "c")
    assert (one.id, one.question, one.answer) == (first, "Are logs kept?", answer)
    assert one.names == {"acme": "Acme"}
    assert (two.id, two.question, two.answer) == (second, "For how long? ?", None)
    assert history.question(first) == one


def test_each_browser_lists_its_own_last_asked_first(history: History) -> None:
    history.begin("me", "one", "First?")
    history.begin("me", "two", "Second?")
    history.begin("you", "three", "Third?")
    history.begin("me", "one", "Fourth?")
    mine = history.conversations("me")
    assert [(each.id, each.title) for each in mine] == [("one", "First?"), ("two", "Second?")]
    assert mine[0].asked_at == history.questions("me", "one")[-1].asked_at
    assert history.questions("you", "one") == []


def test_nobody_writes_into_or_deletes_a_conversation_of_another(history: History) -> None:
    asked = history.begin("me", "c", "Mine?")
    history.begin("you", "c", "Yours?")
    history.delete("you", "c")
    assert [each.id for each in history.questions("me", "c")] == [asked]


def test_ids_cannot_be_guessed(history: History) -> None:
    ids = {history.begin("me", "c", "Q?") for _ in range(20)}
    assert len(ids) == 20
    assert {len(each) for each in ids} == {22}  # 128 bits


def test_deletion_takes_answers_and_feedback_along_and_leaves_no_trace(
    tmp_path: Path, history: History
) -> None:
    feedback = KeptFeedback(tmp_path / "index")
    asked = history.begin("me", "c", "Is the unmistakable kept?")
    history.complete(asked, answer_of(tmp_path, "Is the unmistakable kept?"), {})
    feedback.give("me", asked, Feedback(Judgement.RIGHT, "An unmistakable note"))
    history.begin("me", "other", "Q?")
    history.delete("me", "c")
    assert [each.id for each in history.conversations("me")] == ["other"]
    assert feedback.questions() == []
    with pytest.raises(PolicyAssistantError, match="There is no answer at this address"):
        history.question(asked)
    left = b"".join(file.read_bytes() for file in (tmp_path / "index").iterdir())
    assert b"unmistakable" not in left


def test_all_is_forgotten(tmp_path: Path, history: History) -> None:
    assert history.forget() == Forgotten(0)
    for reader in ("me", "you"):
        asked = history.begin(reader, f"c-{reader}", "An unmistakable question?")
        history.complete(asked, answer_of(tmp_path, "An unmistakable question?"), {})
    copy = tmp_path / "index" / "chat.sqlite3.damaged-20260101-000000-000000"
    log, other = copy.with_name(f"{copy.name}-wal"), tmp_path / "other"
    linked = copy.with_name("chat.sqlite3.damaged-link")
    for file in (copy, log, other):
        file.write_bytes(b"An unmistakable question?")
    linked.symlink_to(other)
    kept = tmp_path / "kept"
    os.link(copy, kept)
    assert history.forget() == Forgotten(2, (copy.name, log.name, linked.name))
    assert kept.read_bytes() == bytes(25)
    assert other.read_bytes() == b"An unmistakable question?"
    assert history.conversations("me") == []
    left = b"".join(file.read_bytes() for file in (tmp_path / "index").iterdir())
    assert b"unmistakable" not in left
