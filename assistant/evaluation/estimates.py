"""Figures with 95% intervals: the bootstrap over questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]
Values = npt.NDArray[np.float64]
Statistic = Callable[[Rows], float]
"""A figure of the questions at these positions, which may repeat; NaN where it is undefined."""

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and the ends of the interval in which 95% of the resampled figures lie.

    All three are None where there is nothing to measure.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Draws the questions again, with replacement, `resamples` times.

    The percentile method of Efron & Tibshirani, An Introduction to the Bootstrap (1993), 13.3.
    The draws depend only on `seed` and the number of questions.
    """

    resamples: int = 1000
    seed: int = 0

    def estimate(self, statistic: Statistic, questions: int) -> Estimate:
        """The figure of all questions, with its interval."""
        value = statistic(np.arange(questions)) if questions else np.nan
        if np.isnan(value):
            return Estimate(None, None, None)
        draw = np.random.default_rng(self.seed)
        redrawn = np.array(
            [statistic(draw.integers(questions, size=questions)) for _ in range(self.resamples)]
        )
        low, high = np.percentile(redrawn[~np.isnan(redrawn)], [2.5, 97.5])
        return Estimate(*(round(float(figure), _DIGITS) for figure in (value, low, high)))


def mean_of(values: Values) -> Statistic:
    """The mean over questions."""
    return lambda rows: float(values[rows].mean())


def mean_by(values: Values, groups: Sequence[str]) -> Statistic:
    """The mean over groups of the mean over the questions of each."""
    _, group = np.unique(list(groups), return_inverse=True)

    def statistic(rows: Rows) -> float:
        sizes = np.bincount(group[rows])
        sums = np.bincount(group[rows], weights=values[rows])
        return float((sums[sizes > 0] / sizes[sizes > 0]).mean())

    return statistic


def ratio_of(parts: Values, wholes: Values) -> Statistic:
    """The sum of the parts divided by the sum of the wholes."""

    def statistic(rows: Rows) -> float:
        whole = wholes[rows].sum()
        return float(parts[rows].sum() / whole) if whole else float("nan")

    return statistic
