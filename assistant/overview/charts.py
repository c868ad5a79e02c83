"""What `eval` and `coverage` draw, as PNG. The only file that imports matplotlib."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.overview.coverage import Coverage

_LONGEST_NAME = 28  # characters of a policy's name under its column


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """`points` are (coverage, risk), each in [0, 1]; `shipped` is the one at the shipped threshold,
    None where nothing is shown there."""

    label: str
    points: Sequence[tuple[float, float]]
    shipped: tuple[float, float] | None


def draw_risk_curves(curves: Sequence[RiskCurve], path: Path) -> None:
    """Writes a PNG with the curves, and a dot on each at its shipped threshold.

    Raises OSError where the file cannot be written.
    """
    # Costs half a second. Without pyplot, which would look for a display.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.add_subplot()
    for curve in curves:
        coverage, risk = zip(*curve.points, strict=True)
        (line,) = axes.plot(coverage, risk, label=curve.label)
        if curve.shipped is not None:
            axes.plot(*curve.shipped, "o", color=line.get_color(), clip_on=False)
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
    stated = [
        [float(cells[topic].quote is not None) for cells in coverage.cells] for topic in range(rows)
    ]
    axes.imshow(stated, cmap="Blues", vmin=0.0, vmax=1.4, aspect="auto")
    for row, values in enumerate(stated):
        for column, value in enumerate(values):
            axes.text(column, row, "✓" if value else "–", ha="center", va="center", color="0.2")
    names = [_drawable(entry.provider)[:_LONGEST_NAME] for entry in coverage.policies]
    topics = [_drawable(topic.name) for topic in coverage.topics]
    axes.set_xticks(range(columns), names, rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(rows), topics)
    axes.set_title("✓ stated   – not stated", fontsize="medium")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # a script that the font lacks: drawn as boxes
        figure.savefig(path, format="png")


def _drawable(name: str) -> str:
    """A name without control characters, whose dollar signs start no formula."""
    return "".join(char if char.isprintable() else "?" for char in name).replace("$", r"\$")
