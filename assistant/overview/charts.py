"""What `eval` and `coverage` draw, as PNG. The only file that imports matplotlib."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.evaluation.report import Report
    from assistant.overview.coverage import Coverage

_LONGEST_NAME = 28  # characters of a policy's name under its column


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


def draw_coverage(coverage: Coverage, path: Path) -> None:
    """Writes a PNG: a row per topic, a column per policy, a filled square where it is stated.

    Raises OSError where the file cannot be written.
    """
    # Without pyplot, which would look for a display.
    from matplotlib.figure import Figure

    columns, rows = len(coverage.policies), len(coverage.topics)
    figure = Figure(figsize=(3 + 0.45 * columns, 2 + 0.3 * rows), layout="constrained")
    axes = figure.add_subplot()
    stated = [[1.0 if row[at].quote else 0.0 for row in coverage.cells] for at in range(rows)]
    axes.imshow(stated, cmap="Blues", vmin=0.0, vmax=1.4, aspect="auto")
    for at, row in enumerate(stated):
        for column, value in enumerate(row):
            axes.text(column, at, "✓" if value else "–", ha="center", va="center", color="0.2")
    names = [_drawn(each.provider)[:_LONGEST_NAME] for each in coverage.policies]
    topics = [_drawn(topic.name) for topic in coverage.topics]
    axes.set_xticks(range(columns), names, rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(rows), topics)
    axes.set_title("✓ stated   – not stated", fontsize="medium")
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", "Glyph"
        )  # of a script that the font lacks: drawn as boxes
        figure.savefig(path, format="png")


def _drawn(name: str) -> str:
    """A name as it is drawn: what has no letter is a "?", and dollar signs start no formula."""
    return "".join(each if each.isprintable() else "?" for each in name).replace("$", r"\$")
