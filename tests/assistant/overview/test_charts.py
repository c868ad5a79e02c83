from __future__ import annotations

from pathlib import Path

import matplotlib.image
import pytest

from assistant import Cell, Coverage, PolicyEntry, Topic
from assistant.evaluation import draw_risk
from assistant.evaluation.estimates import Bootstrap
from assistant.evaluation.report import Report
from assistant.overview.charts import draw_coverage
from tests.assistant.evaluation.samples import a, outcome, question
from tests.assistant.writing.test_quote_writer import KEEP


def report(*right: bool, shown: bool = True) -> Report:
    """A set whose questions, from the surest on, have their evidence found or not."""
    gold = a(0, 10)
    outcomes = [
        outcome(
            question(gold),
            sentences=[gold if each else a(10, 20)],
            quotes=[gold] if shown else [],
            confidence=1 - at / 10,
        )
        for at, each in enumerate(right)
    ]
    return Report.of("acme", outcomes, 4, Bootstrap(resamples=5))


def test_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "risk.png"
    draw_risk([report(True, True, False)], path)
    one = matplotlib.image.imread(path)
    assert one.shape == (400, 600, 4)
    draw_risk([report(True, True, False), report(False, True, shown=False)], path)
    assert (matplotlib.image.imread(path) != one).any()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        draw_risk([report(True)], tmp_path / "none" / "risk.png")


def test_a_grid_of_policies_by_topics(tmp_path: Path) -> None:
    topics = (Topic("logs", ("Are logs kept?",)), Topic("a $ sign", ("What does it cost?",)))
    entry = PolicyEntry("acme", "Acme", "Acme $1", "/acme.txt", "0" * 12, None, 1, ("0" * 12,))
    stated = Cell("Are logs kept?", KEEP.quote, 0.9)
    silent = Cell("What does it cost?", None, 0.1)
    path = tmp_path / "grid.png"
    draw_coverage(Coverage(topics, (entry,), ((stated, silent),)), path)
    one = matplotlib.image.imread(path)
    assert one.ndim == 3
    draw_coverage(Coverage(topics, (entry,), ((silent, silent),)), path)
    assert (matplotlib.image.imread(path) != one).any()
