"""The second stage with passages and logits computed by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from index.log_odds import probability
from index.search import rerank as ranking
from index.search.rerank import head, rerank, reranker_text
from index.search.retriever import Passage, Query, ScoredUnit
from index.store.clause_rows import StoredClause
from index.types import Clause, EmbeddingText, Policy, version_of
from tests.conftest import FakeReranker

TEXT = "We **keep** logs. We sell nothing."
SPANS = ((0, 17), (18, 34))
QUERY = Query("Who do we keep it for?", np.zeros(4, dtype=np.float32), ())


@pytest.fixture(autouse=True)
def _plain_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = {"_LOGIT": 1, "_COSINE": 2, "_COVERAGE": 4, "_PASSAGE": 1, "_OFFSET": -3}
    for name, value in weights.items():
        monkeypatch.setattr(ranking, name, value)


def passage(
    row: int, score: float, policy_id: str = "acme", cosines: Sequence[float] = (0.0, 0.0)
) -> Passage:
    policy = Policy(policy_id, "Acme", "a.md", "text/markdown", TEXT, version_of(TEXT))
    clause = Clause(f"{policy_id}#{row}", policy_id, policy.version, None, (), 0, len(TEXT))
    units = [
        ScoredUnit(span, cosine, 0.25, cosine + 0.0625)
        for span, cosine in zip(SPANS, cosines, strict=True)
    ]
    ranked = tuple(sorted(units, key=lambda unit: -unit.score))
    return Passage(StoredClause(row, clause, "Acme > Logs", SPANS), policy, score, ranked)


def test_a_units_score_is_the_probability_of_the_formula() -> None:
    reranker = FakeReranker()
    (found,) = rerank([passage(1, 0.5, cosines=(0.25, 1.5))], QUERY, reranker)
    # "We keep logs." shares two words with the question, "We sell nothing." one
    keep = probability(3 + 2 * 0.25 + 4 * 0.25 + 0.5 - 3)
    sell = probability(1 + 2 * 1.5 + 4 * 0.25 + 0.5 - 3)
    assert [unit.span for unit in found.units] == [SPANS[1], SPANS[0]]
    assert [unit.score for unit in found.units] == pytest.approx([sell, keep])
    assert found.score == pytest.approx(sell)
    assert found.log_odds == pytest.approx(math.log(math.exp(3) + math.exp(1)))
    assert reranker.read == [
        (QUERY.text, [EmbeddingText("Acme > Logs", ("We keep logs.", "We sell nothing."))])
    ]


def test_the_first_eight_are_read_and_the_rest_stay_below_in_order() -> None:
    passages = [passage(row, 0.9 - row / 50) for row in range(10)]
    passages[7] = passage(7, 0.7, cosines=(0.5, 0.5))
    reranker = FakeReranker()
    found = rerank(passages, QUERY, reranker)
    assert len(reranker.read[0][1]) == 8
    assert [passage.stored.row for passage in found] == [7, 0, 1, 2, 3, 4, 5, 6, 8, 9]
    assert found[8].score == pytest.approx(found[7].score * passages[8].score)
    assert [passage.log_odds for passage in found[8:]] == [-math.inf] * 2
    assert [unit.score for unit in found[9].units] == pytest.approx([0.0625 * found[7].score] * 2)
    assert [passage.score for passage in found] == sorted(
        (passage.score for passage in found), reverse=True
    )


def test_nothing_found_nothing_read() -> None:
    reranker = FakeReranker()
    assert rerank([], QUERY, reranker) == []
    assert reranker.read == []


@pytest.mark.parametrize(
    ("policies", "rows"),
    [
        ("aaaaaaaaaaaa", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("aaaaaaaaabac", [0, 1, 2, 3, 4, 5, 9, 11]),
        ("abcdefghijkl", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("aaaaaaaabcde", [0, 1, 2, 3, 8, 9, 10, 11]),
        ("aaaaaaabcdefg", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("ab", [0, 1]),
        ("", []),
    ],
    ids=["one", "three", "many", "five", "seven", "short", "none"],
)
def test_which_passages_are_read(policies: str, rows: list[int]) -> None:
    passages = [passage(row, 0.5, name) for row, name in enumerate(policies)]
    assert [passage.stored.row for passage in head(passages)] == rows


def test_the_reranker_reads_no_markup() -> None:
    assert reranker_text(passage(1, 0.5)).units == ("We keep logs.", "We sell nothing.")
