from __future__ import annotations

import numpy as np
import pytest

from assistant.evaluation.estimates import Bootstrap, Estimate, mean_by, mean_of, ratio_of


def test_what_never_varies_has_no_width() -> None:
    values = np.full(7, 0.25)
    assert Bootstrap().estimate(mean_of(values), 7) == Estimate(0.25, 0.25, 0.25)


def test_two_questions_are_drawn_as_none_one_or_both() -> None:
    assert Bootstrap().estimate(mean_of(np.array([0.0, 1.0])), 2) == Estimate(0.5, 0.0, 1.0)


def test_the_interval_is_that_of_the_mean() -> None:
    values = np.arange(100.0)
    estimate = Bootstrap().estimate(mean_of(values), 100)
    width = 1.96 * values.std() / 10  # of the normal approximation: 5.66
    assert estimate.value == 49.5
    assert estimate.low == pytest.approx(49.5 - width, abs=0.6)
    assert estimate.high == pytest.approx(49.5 + width, abs=0.6)


def test_the_seed_decides() -> None:
    statistic = mean_of(np.arange(100.0))
    assert Bootstrap(seed=1).estimate(statistic, 100) == Bootstrap(seed=1).estimate(statistic, 100)
    assert Bootstrap(seed=1).estimate(statistic, 100) != Bootstrap(seed=2).estimate(statistic, 100)


def test_resamples_that_tell_nothing_are_left_out() -> None:
    statistic = ratio_of(np.array([1.0, 0.0]), np.array([2.0, 0.0]))
    assert Bootstrap().estimate(statistic, 2) == Estimate(0.5, 0.5, 0.5)


def test_nothing_to_measure_on() -> None:
    nothing = Estimate(None, None, None)
    assert Bootstrap().estimate(mean_of(np.array([])), 0) == nothing
    assert Bootstrap().estimate(ratio_of(np.zeros(3), np.zeros(3)), 3) == nothing


def test_every_group_weighs_the_same() -> None:
    values, groups = np.array([1.0, 0.0, 0.5]), ["x", "y", "y"]
    assert mean_by(values, groups)(np.array([0, 1, 2])) == (1 + 0.25) / 2
    assert mean_by(values, groups)(np.array([2, 2, 2])) == 0.5
    assert mean_of(values)(np.array([0, 1, 2])) == 0.5


def test_ratios_are_of_the_sums() -> None:
    ratio = ratio_of(np.array([1.0, 3.0]), np.array([1.0, 9.0]))
    assert ratio(np.array([0, 1])) == 0.4
    assert ratio(np.array([1, 1])) == 6 / 18
