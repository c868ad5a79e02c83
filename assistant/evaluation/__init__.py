"""Measuring on labelled sets: one harness for all sets of the form that `labelled` describes.

    set -> throw-away index -> outcomes, one a question -> estimates with intervals -> report

Importing this package loads no model, and neither scikit-learn nor matplotlib.
"""

from __future__ import annotations

from assistant.evaluation.measuring import evaluate
from assistant.evaluation.report import Report
from assistant.evaluation.risk_chart import draw_risk

__all__ = ["Report", "draw_risk", "evaluate"]
