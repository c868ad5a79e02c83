from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.evaluation.answers import (
    RiskPoint,
    abstaining,
    auc,
    calibration_error,
    citations,
    risk_curve,
)
from assistant.evaluation.estimates import Bootstrap, Estimate
from tests.assistant.evaluation.samples import a, b, outcome, question

FEW = Bootstrap(resamples=50)
GOLD = question(a(0, 10), a(20, 30))
RIGHT, WRONG = a(5, 8), a(12, 15)
OUTCOMES = [
    outcome(GOLD, quotes=[RIGHT, WRONG], sentences=[RIGHT, WRONG], confidence=0.95),
    outcome(GOLD, quotes=[WRONG], sentences=[WRONG, RIGHT], confidence=0.85),
    outcome(GOLD, sentences=[RIGHT], confidence=0.25),
    outcome(question(), quotes=[RIGHT], sentences=[RIGHT], confidence=0.55),
    outcome(question(), sentences=[WRONG], confidence=0.05),
]


def test_citations() -> None:
    figures = citations(OUTCOMES, FEW)
    assert figures["citation_precision"].value == 0.25  # one of 2 + 1 + 0 + 1 quotes
    assert figures["citation_recall"].value == pytest.approx(1 / 6, abs=5e-5)
    assert figures["exact_quotes"] == Estimate(1, 1, 1)


def test_lost_evidence_is_not_cited() -> None:
    lost = outcome(question(a(0, 10), lost=(99,)), quotes=[a(0, 10), b(0, 10)])
    figures = citations([replace(lost, exact=1)], FEW)
    names = ["citation_precision", "citation_recall", "exact_quotes"]
    assert [figures[name].value for name in names] == [0.5, 0.5, 0.5]


def test_nothing_is_cited() -> None:
    figures = citations([outcome(GOLD)], FEW)
    assert figures["citation_precision"] == figures["exact_quotes"] == Estimate(None, None, None)
    assert figures["citation_recall"].value == 0


def test_abstaining() -> None:
    figures = {name: figure.value for name, figure in abstaining(OUTCOMES, 1, FEW).items()}
    expected = {
        "auc": 5 / 6,  # of the six pairs, only 0.25 and 0.55 stand the wrong way round
        "balanced_accuracy": (2 / 3 + 1 / 2) / 2,
        "answered_share": 2 / 3,
        "withheld_share": 1 / 2,
        "coverage": 3 / 5,
        "risk": 2 / 3,
        # One question a bin: 0.05 + 0.15 + 0.75 + 0.55 + 0.05, by five.
        "calibration_error": 0.31,
        # The first sentences are right, wrong, right, wrong, wrong.
        "calibration_error_of_quotes": (0.05 + 0.85 + 0.75 + 0.55 + 0.05) / 5,
    }
    assert figures == pytest.approx(expected, abs=5e-5)


def test_one_kind_of_question_alone() -> None:
    figures = abstaining(OUTCOMES[:3], 1, FEW)
    missing = {name for name, figure in figures.items() if figure.value is None}
    assert missing == {"auc", "balanced_accuracy", "withheld_share"}
    assert auc(OUTCOMES[3:], FEW) == Estimate(None, None, None)
    assert abstaining(OUTCOMES[3:], 1, FEW)["answered_share"].value is None


def test_calibration_error() -> None:
    sure = np.array([0.05, 0.15, 0.95, 0.95, 1.0])
    right = np.array([False, False, True, False, True])
    # The last bin holds three: |(0.95 + 0.95 + 1) - 2| = 0.9.
    assert calibration_error(sure, right) == pytest.approx((0.05 + 0.15 + 0.9) / 5)
    assert calibration_error(np.array([0.0, 1.0]), np.array([False, True])) == 0


def test_the_risk_curve_falls_in_confidence() -> None:
    assert risk_curve(OUTCOMES, 1) == (
        RiskPoint(0.95, 1 / 5, 0.0),
        RiskPoint(0.85, 2 / 5, 1 / 2),
        RiskPoint(0.55, 3 / 5, 2 / 3),
        RiskPoint(0.25, 4 / 5, 2 / 4),
        RiskPoint(0.05, 1.0, 3 / 5),
    )


def test_the_risk_curve_looks_at_as_many_sentences_as_are_shown() -> None:
    assert [point.risk for point in risk_curve(OUTCOMES[:2], 2)] == [0, 0]


def test_equal_confidences_are_one_point() -> None:
    tied = [outcome(GOLD, sentences=[span], confidence=0.5) for span in (RIGHT, WRONG)]
    assert risk_curve(tied, 4) == (RiskPoint(0.5, 1.0, 0.5),)
