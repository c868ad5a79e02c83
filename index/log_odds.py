"""Log-odds and the probabilities that they stand for."""

from __future__ import annotations

import math

_LOWEST = -700.0  # below this math.exp overflows


def probability(log_odds: float) -> float:
    """The probability, in [0, 1], of any log-odds: the logistic function."""
    return 1 / (1 + math.exp(-max(log_odds, _LOWEST)))
