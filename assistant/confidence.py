"""How likely it is that the evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.retriever import Passage

# A logistic curve over the best passage's score, fitted on questions_train and policyqa_dev with
# both sets and both classes weighing the same (benchmarks/fit_confidence.py prints these).
_SLOPE, _INTERCEPT = 8.559, -3.339


def confidence(passages: Sequence[Passage]) -> float:
    """The probability, in [0, 1], that the passages hold an answer, for even odds beforehand."""
    if not passages:
        return 0.0
    return round(1 / (1 + math.exp(-(_SLOPE * passages[0].score + _INTERCEPT))), 4)
