from __future__ import annotations

from datetime import UTC, datetime

from ui.history.kept import Feedback, Judgement, KeptQuestion
from ui.text.feedback_text import feedback_text

ASKED = datetime(2026, 3, 4, tzinfo=UTC)


def test_a_judgement_takes_a_line_and_its_note_another() -> None:
    wrong = Feedback(Judgement.WRONG, "It says\x1b 30 days.")
    judged = [
        KeptQuestion("1", "c", "Are logs kept?\x1b", ASKED, None, {}, Feedback(Judgement.RIGHT)),
        KeptQuestion("2", "c", "How long?", ASKED, None, {}, wrong),
    ]
    assert feedback_text(judged).splitlines() == [
        "right       2026-03-04  Are logs kept?[U+001B]",
        "wrong       2026-03-04  How long?",
        " " * 24 + "It says[U+001B] 30 days.",
    ]
    assert feedback_text([]).startswith("No feedback yet")
