from __future__ import annotations

from pathlib import Path

import pytest

from assistant import AddResult, AddStatus, IndexBusyError
from assistant.doors import Progress
from tests.ui.fake_assistant import FakeAssistant
from ui.uploads.steps import Step, steps


def test_steps_tell_how_far_it_is_then_the_results(tmp_path: Path) -> None:
    fake = FakeAssistant(tmp_path)
    good = tmp_path / "leave.txt"
    good.write_text("Leave is kept.", encoding="utf-8")
    *before, results = steps(lambda progress: fake.add([good], progress=progress))
    both = [Step("reading", 0, 1, "file"), Step("reading", 1, 1, "file")]
    assert before in ([], both[:1], both[1:], both)  # steps that nobody had time to see are skipped
    assert isinstance(results, list)
    assert [result.status for result in results] == [AddStatus.ADDED]


def test_what_goes_wrong_in_a_step_is_raised() -> None:
    def broken(_progress: Progress) -> list[AddResult]:
        raise IndexBusyError("another process is writing")

    with pytest.raises(IndexBusyError):
        list(steps(broken))
