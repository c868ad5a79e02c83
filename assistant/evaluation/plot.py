"""Risk-coverage curves as a picture. The only file that imports matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation.report import Report


def draw_risk(reports: Sequence[Report], path: Path) -> None:
    """Writes a PNG: one curve a set, and a dot where its shipped threshold lies.

    Raises OSError where the file cannot be written.
    """
    # Costs half a second. Without pyplot, which would look for a display.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.add_subplot()
    for report in reports:
        count = report.answerable + report.unanswerable
        (line,) = axes.plot(
            [point.coverage for point in report.curve],
            [point.risk for point in report.curve],
            label=f"{count} questions: {report.name}",
        )
        coverage, risk = report.figures["coverage"].value, report.figures["risk"].value
        if coverage is not None and risk is not None:
            axes.plot([coverage], [risk], "o", color=line.get_color(), clip_on=False)
    axes.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="coverage: share of questions whose quotes are shown",
        ylabel="risk: share of these without evidence",
    )
    axes.grid(alpha=0.3)
    axes.legend(title="dots: the shipped threshold")
    figure.savefig(path, format="png")
