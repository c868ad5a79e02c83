import math
from dataclasses import replace

import pytest

from assistant.evidence import confidence as module
from assistant.evidence.confidence import confidence
from index.search.retriever import Passage
from tests.assistant.evidence.test_select import passage


@pytest.fixture(autouse=True)
def _plain_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_LOG_ODDS": 2.0, "_RETRIEVED": 4.0, "_OFFSET": -1.0}.items():
        monkeypatch.setattr(module, name, value)


def read(log_odds: float, retrieved: float = 0.25) -> Passage:
    return replace(passage({"keep": 0.9}), log_odds=log_odds, retrieved=retrieved)


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ([read(0.0)], 0.5),  # 2 * 0 + 4 * 0.25 - 1
        ([read(0.5)], 0.7311),
        ([read(0.0), read(0.0)], 0.8),  # odds add up: 2 log 2
        ([read(0.0), read(0.0, 0.5)], 0.9158),  # and the best score counts: 2 log 2 + 1
        ([read(0.0), passage({"keep": 0.9})], 0.5),  # what was not read does not count
    ],
)
def test_a_logistic_curve(passages: list[Passage], expected: float) -> None:
    assert confidence(passages) == expected


def test_without_anything_read_the_confidence_is_nil() -> None:
    assert confidence([]) == 0.0
    assert confidence([passage({"keep": 0.9})]) == 0.0
    assert passage({"keep": 0.9}).log_odds == -math.inf
