from __future__ import annotations

from pathlib import Path

import matplotlib.image
import pytest

from assistant.evaluation import draw_risk
from assistant.evaluation.estimates import Bootstrap
from assistant.evaluation.report import Report
from tests.assistant.evaluation.samples import a, outcome, question


def report(*right: bool, shown: bool = True) -> Report:
    """A set whose questions, from the surest on, have their evidence found or not."""
    gold = a(0, 10)
    outcomes = [
        outcome(
            question(gold),
            sentences=[gold if holds else a(10, 20)],
            quotes=[gold] if shown else [],
            confidence=1 - rank / 10,
        )
        for rank, holds in enumerate(right)
    ]
    return Report.of("acme", outcomes, 4, Bootstrap(resamples=5))


def test_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "risk.png"
    draw_risk([report(True, True, False)], path)
    picture = matplotlib.image.imread(path)
    assert picture.shape == (400, 600, 4)
    draw_risk([report(True, True, False), report(False, True, shown=False)], path)
    assert (matplotlib.image.imread(path) != picture).any()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        draw_risk([report(True)], tmp_path / "none" / "risk.png")
