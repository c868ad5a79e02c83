from __future__ import annotations

import numpy as np
import pytest

from assistant.question.scope import ScopeModel, WordWeight
from benchmarks.training.scope import ScopeQuestion, balance, rarities, rows_of, threshold_for


def test_words_that_few_share_do_not_count() -> None:
    words = rarities(["sell my data", "sell it", "Sell", "my data"])
    assert words == {"^ sell": 0.2877, "sell": 0.2877}


def test_rows_say_what_the_model_says() -> None:
    words = {"data": 3.0, "data $": 4.0}
    vectors = {"my data": np.array([0.6, 0.8], dtype=np.float32)}
    (row,) = rows_of(["my data"], vectors, words)
    assert row.tolist() == pytest.approx([0.6, 0.8, 0.6, 0.8])
    coefficients = np.array([1.0, -2.0, 0.5, 0.25])
    pairs = {
        word: WordWeight(rarity, told)
        for (word, rarity), told in zip(words.items(), (0.5, 0.25), strict=True)
    }
    model = ScopeModel("fake@1", coefficients[:2].astype(np.float32), pairs, 0.0, 0.9)
    expected = 1 / (1 + np.exp(-row @ coefficients))
    assert model.probability("my data", vectors["my data"]) == pytest.approx(expected)


def asked(outside: bool, source: str, count: int) -> list[ScopeQuestion]:
    return [ScopeQuestion(f"{source} {at}?", outside, source, source) for at in range(count)]


def test_both_sides_weigh_the_same() -> None:
    own = [*asked(True, "our own", 2), *asked(False, "our own", 4)]
    assert balance(own).tolist() == pytest.approx([1.5] * 2 + [0.75] * 4)
    weights = balance([*own, *asked(False, "PrivacyQA", 10)])
    assert weights[:2].sum() == pytest.approx(weights[2:].sum())
    assert weights[2:6].sum() == pytest.approx(weights[6:].sum())


def test_the_threshold_lets_few_false_alarms_through() -> None:
    inside = np.array([0.1, 0.95, 0.30001, 0.2])
    assert threshold_for(inside, 0.25) == 0.3001
    assert threshold_for(inside, 0.0) == 0.95
