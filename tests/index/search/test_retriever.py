from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.add import add_files
from index.errors import UnknownPolicyError
from index.progress import no_progress
from index.search.retriever import Passage, Query, Retriever
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import Snapshot
from index.types import Hit
from tests.conftest import FakeEmbedder, letter_vector

TEXTS = {
    "acme": "# Data\n\nWe keep apples. We sell pears.\n\n# Ads\n\nNone are shown.\n",
    "beta": "# Data\n\nOnly oranges.\n\n# Cookies\n\nWe set cookies to count visits.\n",
    "gamma": "# Data\n\nWe keep apples for a year.\n",
}


@pytest.fixture
def snapshot(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> Iterator[Snapshot]:
    paths = [tmp_path / f"{name}.md" for name in TEXTS]
    for path in paths:
        path.write_text(TEXTS[path.stem])
    add_files(store, embedder, paths, no_progress)
    with Snapshot.of(store) as snapshot:
        yield snapshot


@pytest.fixture
def retriever(store: Store, snapshot: Snapshot) -> Retriever:
    return Retriever(load_vectors(store, snapshot))


def _query(question: str) -> Query:
    return Query.of(question, letter_vector(question))


def _quoted(passage: Passage) -> list[str]:
    return [passage.policy.text[unit.span[0] : unit.span[1]] for unit in passage.units]


def test_a_query_has_the_stems_of_its_content_words_once() -> None:
    assert _query("Do you keep cookies, or keeping a cookie?").terms == ("keep", "cooki")
    assert _query("").terms == ()


def test_the_score_is_that_of_the_formula(snapshot: Snapshot, retriever: Retriever) -> None:
    query = _query("apples lent")
    found = retriever.find(snapshot, query, ["acme"], 9)
    first = next(passage for passage in found if passage.stored.row == 1)
    clause = letter_vector("Acme > Data We keep apples. We sell pears.") @ query.vector
    apples, pears = (
        float(letter_vector(text).astype(np.float16).astype(np.float32) @ query.vector)
        for text in ("We keep apples.", "We sell pears.")
    )
    # of five clauses "appl" stands in two, "lent" in none
    weights = [math.log(1 + (5 - 2 + 0.5) / 2.5), math.log(1 + 5.5 / 0.5)]
    share = weights[0] / sum(weights)
    assert _quoted(first) == ["We keep apples.", "We sell pears."]
    assert [unit.cosine for unit in first.units] == pytest.approx([apples, pears])
    assert [unit.coverage for unit in first.units] == pytest.approx([share, 0])
    assert [unit.score for unit in first.units] == pytest.approx([apples + 0.25 * share, pears])
    assert first.score == pytest.approx(
        0.26 * clause + 0.53 * max(apples, pears) + 0.105 * share + 0.105 * share
    )


def test_a_word_in_the_headings_counts_less(snapshot: Snapshot, retriever: Retriever) -> None:
    query = Query("data", np.zeros(4, dtype=np.float32), ("data",))  # no cosine: words alone
    found = {passage.clause.id[:4]: passage for passage in retriever.find(snapshot, query, None, 2)}
    assert [passage.score for passage in found.values()] == pytest.approx([0.105 * 0.6] * 2)


def test_all_clauses_are_found_best_first(snapshot: Snapshot, retriever: Retriever) -> None:
    found = retriever.find(snapshot, _query("Who sets cookies?"), None, 99)
    assert sorted(passage.stored.row for passage in found) == [1, 2, 3, 4, 5]
    assert _quoted(found[0]) == ["We set cookies to count visits."]
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    assert retriever.find(snapshot, _query("Who sets cookies?"), None, 2) == found[:2]
    assert retriever.find(snapshot, _query("Who sets cookies?"), None, 0) == []
    assert retriever.find(snapshot, _query("Who sets cookies?"), None, 10**30) == found
    assert found[0].hit(3) == Hit(found[0].clause, found[0].score, 3)
    assert retriever.state.startswith("1-")


@pytest.mark.parametrize(
    ("policies", "rows"),
    [
        (["acme"], {1, 2}),
        (["beta"], {3, 4}),
        (["gamma", "acme"], {1, 2, 5}),
        (["beta", "beta"], {3, 4}),
        ([], set()),
        (None, {1, 2, 3, 4, 5}),
    ],
)
def test_the_filter_is_exact(
    snapshot: Snapshot, retriever: Retriever, policies: list[str] | None, rows: set[int]
) -> None:
    for question in ("Who keeps apples?", "zebra", "?"):
        found = retriever.find(snapshot, _query(question), policies, 9)
        assert {passage.stored.row for passage in found} == rows
        assert len(found) == len(rows)


@pytest.mark.parametrize("policies", [["other"], ["acme", "other"], ["ACME"], [""]])
def test_an_unknown_policy_is_an_error(
    snapshot: Snapshot, retriever: Retriever, policies: list[str]
) -> None:
    with pytest.raises(UnknownPolicyError):
        retriever.find(snapshot, _query("apples"), policies, 3)


@pytest.mark.parametrize(
    "question",
    [
        'apples" OR "pears',
        "apples AND NOT pears",
        "apples NEAR(pears, 3)",
        "text:apples -pears ^apples apples*",
        "apples\0pears",
        "'; DROP TABLE clauses; --",
        '"', "*", "()", "{}", "AND", "\0", "", "NOT", "+", "a:b", "個人情報", "🙂",
    ],
)  # fmt: skip
def test_operators_in_a_question_are_inert(
    snapshot: Snapshot, retriever: Retriever, question: str
) -> None:
    found = retriever.find(snapshot, _query(question), None, 9)
    assert sorted(passage.stored.row for passage in found) == [1, 2, 3, 4, 5]


@pytest.mark.slow
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    question=st.text(max_size=50)
    | st.lists(st.sampled_from("apples keep we data zebra oranges year".split())).map(" ".join)
)
def test_scores_and_weights_of_any_question(
    snapshot: Snapshot, retriever: Retriever, question: str
) -> None:
    query = _query(question)
    weights = retriever._weights(snapshot, query.terms)
    assert set(weights) == set(query.terms)
    assert sum(weights.values()) == pytest.approx(1 if query.terms else 0)
    for passage in retriever.find(snapshot, query, None, 9):
        assert 0 <= passage.score <= 1
        for unit in passage.units:
            assert 0 <= unit.coverage <= 1 + 1e-9
            assert unit.score == unit.cosine + 0.25 * unit.coverage


@pytest.mark.usefixtures("snapshot")
def test_a_new_version_is_found(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> None:
    path = tmp_path / "gamma.md"
    path.write_text("# Data\n\nWe keep grapes.\n")
    add_files(store, embedder, [path], no_progress)
    with Snapshot.of(store) as newer:
        found = Retriever(load_vectors(store, newer)).find(newer, _query("grapes"), ["gamma"], 9)
    assert [_quoted(passage) for passage in found] == [["We keep grapes."]]
