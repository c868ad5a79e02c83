"""What was shown: citations, answers withheld, and what the confidence is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.evaluation.estimates import Bootstrap, Estimate, Rows, Values, mean_of, ratio_of
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.spans import PolicySpan

_BINS = 10
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What would be shown at a threshold of the confidence.

    `coverage` is the share of all questions whose quotes would be shown, `risk` the share of those
    whose quotes hold no evidence.
    """

    threshold: float
    coverage: float
    risk: float


def citations(outcomes: Sequence[Outcome], bootstrap: Bootstrap) -> dict[str, Estimate]:
    """The figures of the quotes that were shown, by name.

    `citation_precision`: the share of all quotes that overlap evidence (none does where the
    question is unanswerable); `citation_recall`: the share of the answerable questions' pieces of
    evidence that a quote overlaps; `exact_quotes`: the share that stands in the policy verbatim.
    """
    shown = np.array([float(len(outcome.quotes)) for outcome in outcomes])
    right = np.array([float(_right_quotes(outcome)) for outcome in outcomes])
    exact = np.array([float(outcome.exact) for outcome in outcomes])
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    cited = np.array([float(_cited_evidence(outcome)) for outcome in answerable])
    pieces = np.array([float(len(_gold(o)) + len(o.question.lost)) for o in answerable])
    return {
        "citation_precision": bootstrap.estimate(ratio_of(right, shown), len(outcomes)),
        "citation_recall": bootstrap.estimate(ratio_of(cited, pieces), len(answerable)),
        "exact_quotes": bootstrap.estimate(ratio_of(exact, shown), len(outcomes)),
    }


def abstaining(
    outcomes: Sequence[Outcome], max_quotes: int, bootstrap: Bootstrap
) -> dict[str, Estimate]:
    """The figures of answering and withholding, by name.

    `auc`: the area under the ROC curve of the confidence, answerable against unanswerable. At the
    shipped threshold: `answered_share` of the answerable questions, `withheld_share` of the others,
    their mean `balanced_accuracy`, and `coverage` and `risk` as in `RiskPoint`.
    `calibration_error` compares the confidence with whether the question is answerable,
    `calibration_error_of_quotes` with whether its best quotes, shown or not, hold evidence.
    """
    count = len(outcomes)
    answerable = _answerable(outcomes)
    shown = np.array([bool(outcome.quotes) for outcome in outcomes], dtype=bool)
    wrong = np.array([not _holds(o.quotes, o) for o in outcomes], dtype=bool) & shown
    held = _best_quotes_hold(outcomes, max_quotes)
    confidences = _confidences(outcomes)
    answered, withheld = shown[answerable], ~shown[~answerable]

    def balanced(rows: Rows) -> float:
        wanted, given = answerable[rows], shown[rows]
        if wanted.all() or not wanted.any():
            return float("nan")
        return float(given[wanted].mean() + (~given[~wanted]).mean()) / 2

    return {
        "auc": auc(outcomes, bootstrap),
        "balanced_accuracy": bootstrap.estimate(balanced, count),
        "answered_share": bootstrap.estimate(mean_of(answered.astype(float)), len(answered)),
        "withheld_share": bootstrap.estimate(mean_of(withheld.astype(float)), len(withheld)),
        "coverage": bootstrap.estimate(mean_of(shown.astype(float)), count),
        "risk": bootstrap.estimate(ratio_of(wrong.astype(float), shown.astype(float)), count),
        "calibration_error": bootstrap.estimate(
            lambda rows: calibration_error(confidences[rows], answerable[rows]), count
        ),
        "calibration_error_of_quotes": bootstrap.estimate(
            lambda rows: calibration_error(confidences[rows], held[rows]), count
        ),
    }


def auc(outcomes: Sequence[Outcome], bootstrap: Bootstrap) -> Estimate:
    """The area under the ROC curve of the confidence, answerable against unanswerable."""
    from sklearn.metrics import roc_auc_score  # a second of imports

    answerable, confidences = _answerable(outcomes), _confidences(outcomes)

    def area(rows: Rows) -> float:
        wanted = answerable[rows]
        if wanted.all() or not wanted.any():
            return float("nan")
        return float(roc_auc_score(wanted, confidences[rows]))

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
    """Coverage and risk at every confidence that occurs, falling.

    An answer counts as right if one of the first `max_quotes` ranked sentences holds evidence.
    """
    confidences = _confidences(outcomes)
    held = _best_quotes_hold(outcomes, max_quotes)
    points = []
    for threshold in np.unique(confidences)[::-1]:
        covered = confidences >= threshold
        points.append(
            RiskPoint(float(threshold), float(covered.mean()), float((~held[covered]).mean()))
        )
    return tuple(points)


def _best_quotes_hold(outcomes: Sequence[Outcome], max_quotes: int) -> Flags:
    return np.array([_holds(o.sentences[:max_quotes], o) for o in outcomes], dtype=bool)


def _answerable(outcomes: Sequence[Outcome]) -> Flags:
    return np.array([outcome.question.answerable for outcome in outcomes], dtype=bool)


def _right_quotes(outcome: Outcome) -> int:
    return sum(quote.overlaps(_gold(outcome)) for quote in outcome.quotes)


def _cited_evidence(outcome: Outcome) -> int:
    return sum(piece.overlaps(outcome.quotes) for piece in _gold(outcome))


def _holds(quotes: Sequence[PolicySpan], outcome: Outcome) -> bool:
    return any(quote.overlaps(_gold(outcome)) for quote in quotes)


def _gold(outcome: Outcome) -> tuple[PolicySpan, ...]:
    return outcome.question.evidence


def _confidences(outcomes: Sequence[Outcome]) -> Values:
    return np.array([outcome.confidence for outcome in outcomes], dtype=np.float64)
