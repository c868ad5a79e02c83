"""What was shown: citations, when answers are withheld, and how far the confidence tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.evaluation.estimates import Bootstrap, Estimate, Rows, Values, mean_of, ratio_of
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.spans import Span

_BINS = 10
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What would be shown at a threshold of the confidence.

    `coverage` is the share of all questions whose quotes would be shown; `risk` the share of
    these whose quotes hold no evidence.
    """

    threshold: float
    coverage: float
    risk: float


def citations(outcomes: Sequence[Outcome], bootstrap: Bootstrap) -> dict[str, Estimate]:
    """The figures of the quotes that were shown, by name.

    `citation_precision`: the share of all quotes that overlap evidence (none does where the
    question is unanswerable); `citation_recall`: the share of the answerable questions' pieces of
    evidence that a quote overlaps; `exact_quotes`: the share that stands in the policy so.
    """
    shown = np.array([float(len(each.quotes)) for each in outcomes])
    right = np.array(
        [float(sum(quote.overlaps(_gold(each)) for quote in each.quotes)) for each in outcomes]
    )
    exact = np.array([float(each.exact) for each in outcomes])
    answerable = [each for each in outcomes if each.question.answerable]
    cited = np.array(
        [float(sum(gold.overlaps(each.quotes) for gold in _gold(each))) for each in answerable]
    )
    pieces = np.array([float(len(_gold(each)) + len(each.question.lost)) for each in answerable])
    return {
        "citation_precision": bootstrap.estimate(ratio_of(right, shown), len(outcomes)),
        "citation_recall": bootstrap.estimate(ratio_of(cited, pieces), len(answerable)),
        "exact_quotes": bootstrap.estimate(ratio_of(exact, shown), len(outcomes)),
    }


def abstaining(
    outcomes: Sequence[Outcome], max_quotes: int, bootstrap: Bootstrap
) -> dict[str, Estimate]:
    """The figures of answering and withholding, by name.

    `auc`: the area under the ROC curve of the confidence, answerable against unanswerable.
    At the shipped threshold: `answered_share` of the answerable questions, `withheld_share` of
    the others, their mean `balanced_accuracy`, and `coverage` and `risk` as of `RiskPoint`.
    `calibration_error` holds the confidence against whether the question is answerable,
    `calibration_error_of_quotes` against whether its best quotes, shown or not, hold evidence.
    """
    everyone = len(outcomes)
    answerable = np.array([each.question.answerable for each in outcomes], dtype=bool)
    shown = np.array([bool(each.quotes) for each in outcomes], dtype=bool)
    wrong = np.array([not _holds(each.quotes, each) for each in outcomes], dtype=bool) & shown
    held = _best_quotes_hold(outcomes, max_quotes)
    sure = _confidences(outcomes)
    answered, withheld = shown[answerable], ~shown[~answerable]

    def balanced(rows: Rows) -> float:
        wanted, given = answerable[rows], shown[rows]
        if wanted.all() or not wanted.any():
            return float("nan")
        return float(given[wanted].mean() + (~given[~wanted]).mean()) / 2

    return {
        "auc": auc(outcomes, bootstrap),
        "balanced_accuracy": bootstrap.estimate(balanced, everyone),
        "answered_share": bootstrap.estimate(mean_of(answered.astype(float)), len(answered)),
        "withheld_share": bootstrap.estimate(mean_of(withheld.astype(float)), len(withheld)),
        "coverage": bootstrap.estimate(mean_of(shown.astype(float)), everyone),
        "risk": bootstrap.estimate(ratio_of(wrong.astype(float), shown.astype(float)), everyone),
        "calibration_error": bootstrap.estimate(
            lambda rows: calibration_error(sure[rows], answerable[rows]), everyone
        ),
        "calibration_error_of_quotes": bootstrap.estimate(
            lambda rows: calibration_error(sure[rows], held[rows]), everyone
        ),
    }


def auc(outcomes: Sequence[Outcome], bootstrap: Bootstrap) -> Estimate:
    """The area under the ROC curve of the confidence, answerable against unanswerable."""
    from sklearn.metrics import roc_auc_score  # a second of imports

    answerable = np.array([each.question.answerable for each in outcomes], dtype=bool)
    sure = _confidences(outcomes)

    def area(rows: Rows) -> float:
        wanted = answerable[rows]
        if wanted.all() or not wanted.any():
            return float("nan")
        return float(roc_auc_score(wanted, sure[rows]))

    return bootstrap.estimate(area, len(outcomes))


def calibration_error(confidences: Values, right: Flags) -> float:
    """The expected calibration error, in [0, 1], over ten equal bins of the confidence.

    The mean of |mean confidence - share right| over the bins, each weighing as many questions as
    fall into it (Naeini et al. 2015).
    """
    bins = np.minimum((confidences * _BINS).astype(np.intp), _BINS - 1)
    gaps = np.bincount(bins, weights=confidences - right, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(confidences))


def risk_curve(outcomes: Sequence[Outcome], max_quotes: int) -> tuple[RiskPoint, ...]:
    """Coverage and risk at every confidence that occurs, falling: `risk` counts what the first
    `max_quotes` of the ranked sentences would be worth, were they shown."""
    sure = _confidences(outcomes)
    held = _best_quotes_hold(outcomes, max_quotes)
    points = []
    for threshold in np.unique(sure)[::-1]:
        covered = sure >= threshold
        points.append(
            RiskPoint(float(threshold), float(covered.mean()), float((~held[covered]).mean()))
        )
    return tuple(points)


def _best_quotes_hold(outcomes: Sequence[Outcome], max_quotes: int) -> Flags:
    return np.array([_holds(each.sentences[:max_quotes], each) for each in outcomes], dtype=bool)


def _holds(quotes: Sequence[Span], outcome: Outcome) -> bool:
    return any(quote.overlaps(_gold(outcome)) for quote in quotes)


def _gold(outcome: Outcome) -> tuple[Span, ...]:
    return outcome.question.evidence


def _confidences(outcomes: Sequence[Outcome]) -> Values:
    return np.array([each.confidence for each in outcomes], dtype=np.float64)
