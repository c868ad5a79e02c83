"""Feedback becomes a labelled set that `eval` reads; what says too little is left aside."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant import PolicyAssistantError
from assistant.evaluation.labelled import LabelledSet
from tests.ui.fake_assistant import FakeAssistant
from ui.history.kept import Feedback, Judgement, KeptQuestion
from ui.history.labelled_feedback import Exported, as_dict, export

TEXT = "Logs are kept for 30 days.\n\nNobody else\nsees them. We sell nothing."
WHEN = datetime(2026, 11, 26, 8, 50, tzinfo=UTC)


@pytest.fixture
def acme(tmp_path: Path) -> FakeAssistant:
    fake = FakeAssistant(tmp_path / "index")
    fake.put("acme", TEXT, "Acme")
    return fake


def judged(fake: FakeAssistant, question: str, judgement: str, note: str = "") -> KeptQuestion:
    answer = list(fake.stream(question))[-1].answer
    feedback = Feedback(Judgement(judgement), note)
    return KeptQuestion(question, "c", question, WHEN, answer, {}, feedback)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_right_answers_become_questions_with_their_quotes(
    acme: FakeAssistant, tmp_path: Path
) -> None:
    kept = [
        judged(acme, "How long are logs kept?", "right"),
        judged(acme, "Do you use cookies?", "right"),
    ]
    assert export(kept, acme, tmp_path / "set") == Exported(questions=2, unlabelled=0)
    name = f"acme-{acme.policy('acme').version}"
    assert (tmp_path / "set" / "policies" / f"{name}.txt").read_text(encoding="utf-8") == TEXT
    found, missing = lines(tmp_path / "set" / "questions.jsonl")
    assert found == {
        "id": "How long are logs kept?",
        "question": "How long are logs kept?",
        "asked": "How long are logs kept?",
        "policies": [name],
        "answerable": True,
        "evidence": [
            {"policy": name, "start": 0, "end": 26, "quote": "Logs are kept for 30 days."}
        ],
    }
    assert (missing["answerable"], missing["evidence"]) == (False, [])
    assert not (tmp_path / "set" / "to_label.jsonl").exists()


def test_the_note_says_what_the_evidence_is(acme: FakeAssistant, tmp_path: Path) -> None:
    kept = [
        judged(acme, "Who sees what is kept?", "incomplete", "See “Nobody else sees them.”, too"),
        judged(acme, "Is data sold or kept?", "wrong", "We sell nothing."),
    ]
    assert export(kept, acme, tmp_path / "set").questions == 2
    added, instead = lines(tmp_path / "set" / "questions.jsonl")
    assert [each["quote"] for each in added["evidence"]] == [
        "Logs are kept for 30 days.",
        "Nobody else\nsees them.",
    ]
    assert [each["quote"] for each in instead["evidence"]] == ["We sell nothing."]


def test_what_says_too_little_is_left_to_be_labelled(acme: FakeAssistant, tmp_path: Path) -> None:
    kept = [
        judged(acme, "How long are logs kept?", "wrong", "It is 90 days, I think"),
        judged(acme, "How long are logs kept?", "incomplete", "and"),
    ]
    assert export(kept, acme, tmp_path / "set") == Exported(questions=0, unlabelled=2)
    assert lines(tmp_path / "set" / "to_label.jsonl")[0] == as_dict(kept[0])


def test_a_policy_that_was_removed_cannot_be_evidence(acme: FakeAssistant, tmp_path: Path) -> None:
    kept = judged(acme, "How long are logs kept?", "right")
    acme.remove("acme")
    assert export([kept], acme, tmp_path / "set") == Exported(questions=0, unlabelled=1)


def test_a_follow_up_is_exported_as_it_was_understood(acme: FakeAssistant, tmp_path: Path) -> None:
    kept = judged(acme, "How long are logs kept?", "right")
    assert kept.answer is not None
    receipt = replace(kept.answer.receipt, query="How long are logs kept?")
    kept = replace(kept, question="How long?", answer=replace(kept.answer, receipt=receipt))
    export([kept], acme, tmp_path / "set")
    (line,) = lines(tmp_path / "set" / "questions.jsonl")
    assert (line["question"], line["asked"]) == ("How long are logs kept?", "How long?")


def test_eval_reads_the_set(acme: FakeAssistant, tmp_path: Path) -> None:
    export([judged(acme, "How long are logs kept?", "right")], acme, tmp_path / "set")
    loaded = LabelledSet.load(tmp_path / "set")
    policy = acme.policy("acme")
    (question,) = loaded.questions({f"acme-{policy.version}": policy})
    assert [(span.start, span.end) for span in question.evidence] == [(0, 26)]
    assert question.lost == ()


def test_a_folder_that_holds_something_is_left_alone(acme: FakeAssistant, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "mine").touch()
    with pytest.raises(PolicyAssistantError, match="is not empty: name a new folder"):
        export([judged(acme, "How long are logs kept?", "right")], acme, tmp_path / "set")
    with pytest.raises(PolicyAssistantError, match="there is no feedback yet"):
        export([], acme, tmp_path / "new")
    assert not (tmp_path / "new").exists()
