"""How likely it is that the evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from index.retriever import Passage

# Log-odds from what the reranker makes of all passages together, and from the best cosine; fitted
# on questions_train (out of fold) and policyqa_dev, both sets and both classes weighing the same
# (benchmarks/fit_confidence.py prints these).
_LOG_ODDS, _COSINE, _OFFSET = 1.976, 2.288, -0.816


def confidence(passages: Sequence[Passage]) -> float:
    """The probability, in [0, 1], that the passages hold an answer, for even odds beforehand.

    Passages that the reranker has not read do not count.
    """
    read = [passage for passage in passages if passage.log_odds > -math.inf]
    if not read:
        return 0.0
    together = float(np.logaddexp.reduce([passage.log_odds for passage in read]))
    nearest = max(unit.cosine for passage in read for unit in passage.units)
    return round(1 / (1 + math.exp(-(_LOG_ODDS * together + _COSINE * nearest + _OFFSET))), 4)
