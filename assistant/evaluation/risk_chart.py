"""Reports -> a picture of risk against coverage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation.report import Report
from assistant.overview.charts import RiskCurve, draw_risk_curves


def draw_risk(reports: Sequence[Report], path: Path) -> None:
    """Writes a PNG: one curve a set, and a dot at its shipped threshold.

    Raises OSError where the file cannot be written.
    """
    draw_risk_curves([_curve(report) for report in reports], path)


def _curve(report: Report) -> RiskCurve:
    questions = report.answerable + report.unanswerable
    coverage, risk = report.figures["coverage"].value, report.figures["risk"].value
    return RiskCurve(
        label=f"{questions} questions: {report.name}",
        points=[(point.coverage, point.risk) for point in report.curve],
        shipped=None if coverage is None or risk is None else (coverage, risk),
    )
