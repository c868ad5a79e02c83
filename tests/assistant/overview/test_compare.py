from __future__ import annotations

from pathlib import Path

from assistant import Assistant, Stance
from tests.assistant.overview.conftest import TEXTS
from tests.assistant.samples import assistant_on

SOLD = "Do you sell my personal information?"


def test_a_row_for_each_policy(compass: Assistant) -> None:
    rows = compass.compare(SOLD)
    assert [(row.policy_id, row.stance) for row in rows] == [
        ("north", Stance.STATES),
        ("south", Stance.CONTRARY),
        ("west", Stance.SILENT),
    ]
    assert [row.quote.exact if row.quote else None for row in rows] == [
        "We sell your personal information to advertisers.",
        "We do not sell your personal information.",
        None,
    ]
    assert [row.version for row in rows] == [
        compass.policy(policy_id).version for policy_id in TEXTS
    ]


def test_a_question_without_yes_or_no(compass: Assistant) -> None:
    rows = compass.compare("How long are server logs kept?", ["north", "west"])
    assert [row.stance for row in rows] == [Stance.STATES, Stance.SILENT]


def test_where_rules_cannot_tell_yes_from_no(tmp_path: Path) -> None:
    path = tmp_path / "east.txt"
    path.write_text("If you ask us to, we do not sell your personal information.\n", "utf-8")
    assistant = assistant_on(tmp_path / "index")
    assistant.add([path])
    (row,) = assistant.compare(SOLD)
    assert (row.stance, str(row.stance)) == (Stance.OPEN, "speaks of it")
    assert row.quote


def test_a_policy_that_contradicts_itself(tmp_path: Path) -> None:
    path = tmp_path / "east.txt"
    path.write_text(
        "We never share your email address with anyone.\n\n"
        "We share your email address with our partners.\n",
        encoding="utf-8",
    )
    assistant = assistant_on(tmp_path / "index")
    assistant.add([path])
    (row,) = assistant.compare("Do you share my email address?")
    assert row.stance is Stance.CONFLICTING
