from __future__ import annotations

import math

import pytest

from index.log_odds import probability


@pytest.mark.parametrize("log_odds", [-699.0, -36.7, -1.5, 0.0, 0.1, 2.0, 40.0, 800.0])
def test_it_is_the_logistic_function_to_the_last_digit(log_odds: float) -> None:
    assert probability(log_odds) == 1 / (1 + math.exp(-log_odds))


def test_nothing_overflows() -> None:
    assert probability(-math.inf) == probability(-1e9) == pytest.approx(0, abs=1e-300)
    assert probability(math.inf) == probability(1e9) == 1
