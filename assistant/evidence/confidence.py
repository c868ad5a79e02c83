"""How likely it is that the evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from index.log_odds import probability
from index.search.retriever import Passage

# Log-odds from what the reranker makes of all passages together, and from the best score that one
# was retrieved with; fitted on questions_train, out of fold
# (benchmarks/fitting/confidence.py prints these).
_LOG_ODDS, _RETRIEVED, _OFFSET = 1.036, 3.010, -1.060


def confidence(passages: Sequence[Passage]) -> float:
    """The probability, in [0, 1], that the quotes cut from the passages answer the question.

    Beforehand it is that of questions_train, three in four of whose questions have an answer.
    Passages that the reranker has not read do not count.
    """
    read = [passage for passage in passages if passage.log_odds > -math.inf]
    if not read:
        return 0.0
    together = float(np.logaddexp.reduce([passage.log_odds for passage in read]))
    retrieved = max(passage.retrieved for passage in read)
    return round(probability(_LOG_ODDS * together + _RETRIEVED * retrieved + _OFFSET), 4)
