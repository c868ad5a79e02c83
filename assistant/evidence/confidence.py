"""How likely it is that the evidence answers the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from index.log_odds import probability
from index.search.retriever import Passage

# The weights of the reranker's log-odds of all passages together and of the best retrieval score,
# and an offset: printed by benchmarks/fitting/confidence.py, which fits them on questions_train.
_LOG_ODDS, _RETRIEVED, _OFFSET = 1.036, 3.010, -1.060


def confidence(passages: Sequence[Passage]) -> float:
    """The probability, in [0, 1], that the quotes cut from the passages answer the question.

    The prior is that of questions_train, where three in four questions have an answer. Passages
    that the reranker has not read do not count.
    """
    read = [passage for passage in passages if passage.log_odds > -math.inf]
    if not read:
        return 0.0
    together = float(np.logaddexp.reduce([passage.log_odds for passage in read]))
    retrieved = max(passage.retrieved for passage in read)
    return round(probability(_LOG_ODDS * together + _RETRIEVED * retrieved + _OFFSET), 4)
