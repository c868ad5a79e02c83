from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.ui.history.test_conversations import answer_of
from ui.history.kept import Feedback, Judgement, KeptQuestion
from ui.history.rows import is_readable, kept_question

ASKED = "2026-01-01T08:50:00.000000+00:00"
WHEN = datetime(2026, 1, 1, 8, 50, tzinfo=UTC)


def test_a_row_is_read_back_as_the_question_it_was(tmp_path: Path) -> None:
    answer = answer_of(tmp_path, "Are logs kept?")
    row = ("q", "c", "Are logs kept?", ASKED, json.dumps(answer.to_dict()), '{"acme": "Acme"}')
    assert kept_question((*row, "wrong", "No.")) == KeptQuestion(
        "q",
        "c",
        "Are logs kept?",
        WHEN,
        answer,
        {"acme": "Acme"},
        Feedback(Judgement.WRONG, "No."),
    )
    assert kept_question((*row[:4], None, "{}", None, None)) == KeptQuestion(
        "q", "c", "Are logs kept?", WHEN
    )


@pytest.mark.parametrize(
    ("answer", "names", "asked_at", "readable"),
    [
        (None, "{}", ASKED, True),
        ("{", "{}", ASKED, False),
        ("{}", "{}", ASKED, False),
        ("[]", "{}", ASKED, False),
        (None, "", ASKED, False),
        (None, "{}", "yesterday", False),
    ],
)
def test_what_cannot_be_read_is_recognised(
    answer: str | None, names: str, asked_at: str, readable: bool
) -> None:
    assert is_readable(answer, names, asked_at) is readable
