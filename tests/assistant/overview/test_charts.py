from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import matplotlib.image

from assistant import Cell, Coverage, PolicyEntry, Topic
from assistant.overview.charts import RiskCurve, draw_coverage, draw_risk_curves
from tests.assistant.writing.test_quote_writer import KEEP


def test_curves_of_risk(tmp_path: Path) -> None:
    path = tmp_path / "risk.png"
    curve = RiskCurve("3 questions", [(0.5, 0.0), (1.0, 0.5)], shipped=(0.5, 0.0))
    draw_risk_curves([curve], path)
    picture = matplotlib.image.imread(path)
    assert picture.shape == (400, 600, 4)
    draw_risk_curves([replace(curve, shipped=None)], path)
    assert (matplotlib.image.imread(path) != picture).any()


def test_a_grid_of_policies_by_topics(tmp_path: Path) -> None:
    topics = (Topic("logs", ("Are logs kept?",)), Topic("a $ sign", ("What does it cost?",)))
    entry = PolicyEntry("acme", "Acme", "Acme $1", "/acme.txt", "0" * 12, None, 1, ("0" * 12,))
    stated = Cell("Are logs kept?", KEEP.quote, 0.9)
    silent = Cell("What does it cost?", None, 0.1)
    path = tmp_path / "grid.png"
    draw_coverage(Coverage(topics, (entry,), ((stated, silent),)), path)
    picture = matplotlib.image.imread(path)
    assert picture.ndim == 3
    draw_coverage(Coverage(topics, (entry,), ((silent, silent),)), path)
    assert (matplotlib.image.imread(path) != picture).any()
