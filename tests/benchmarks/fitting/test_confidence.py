from __future__ import annotations

import numpy as np
import pytest

from benchmarks.fitting.confidence import Judged, inputs, shown, threshold
from benchmarks.training.features import Seen
from index.search.rerank import unit_log_odds


def seen(*logits: float, gold: int | None = None) -> Seen:
    """Units of one passage that differ in the reranker's logit alone."""
    rows = np.array([[logit, 0.5, 0.5, 0.5] for logit in logits])
    right = np.array([at == gold for at in range(len(logits))])
    return Seen(rows, right, gold is not None, 0)


def test_what_confidence_is_made_of() -> None:
    together, retrieved = inputs(seen(0.0, 0.0))
    assert together == pytest.approx(np.log(2))
    assert retrieved == 0.5


def test_what_would_be_quoted() -> None:
    assert unit_log_odds(-9.0, 0.5, 0.5, 0.5) < -4  # where shares of odds are shares of probability
    assert shown(seen(-9.0, -20.0, -8.9)).tolist() == [2, 0]
    assert shown(seen(*[-9.0] * 6)).tolist() == [0, 1, 2, 3]


def test_a_question_is_supported_by_what_is_shown() -> None:
    judged = Judged.of([seen(-9.0, -20.0, gold=0), seen(-9.0, -20.0, gold=1), seen(-9.0)])
    assert judged.answerable.tolist() == [True, True, False]
    assert judged.supported.tolist() == [True, False, False]


def test_the_threshold_keeps_its_promise() -> None:
    sure = np.array([0.2, 0.3, 0.4, 0.5, 0.6])
    supported = np.array([False, False, True, True, True])
    assert threshold(sure, supported) == pytest.approx(0.21)  # one in four
    assert threshold(sure, np.array([False, False, False, True, True])) == pytest.approx(0.4)
    assert threshold(sure, np.array([False, True, True, True, True])) == pytest.approx(0.05)
    with pytest.raises(ValueError, match="no threshold"):
        threshold(sure, np.zeros(5, dtype=bool))
