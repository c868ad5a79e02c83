from __future__ import annotations

import pytest

from assistant.evaluation.estimates import Bootstrap
from assistant.evaluation.retrieval import char_precision, char_recall, first_rank, retrieval
from tests.assistant.evaluation.samples import a, b, outcome, question

FEW = Bootstrap(resamples=20)
FOUND = [a(0, 100), a(150, 250), b(100, 200)]


@pytest.mark.parametrize(
    ("k", "precision", "recall"), [(1, 0, 0), (2, 50 / 200, 50 / 100), (3, 50 / 300, 50 / 100)]
)
def test_characters(k: int, precision: float, recall: float) -> None:
    asked = question(a(100, 200))
    assert char_precision(FOUND[:k], asked) == precision
    assert char_recall(FOUND[:k], asked) == recall


def test_no_character_counts_twice() -> None:
    asked = question(a(0, 10), a(20, 30))
    passages = [a(5, 25), a(5, 25), a(15, 35)]  # together 5-35
    assert char_precision(passages, asked) == 15 / 30
    assert char_recall(passages, asked) == 15 / 20


def test_lost_evidence_is_missed() -> None:
    assert char_recall([a(0, 10)], question(a(0, 10), lost=(30,))) == 10 / 40
    assert char_recall([a(0, 10)], question(lost=(30,))) == 0


def test_nothing_found() -> None:
    assert char_precision([], question(a(0, 10))) == 0
    assert char_recall([], question(a(0, 10))) == 0
    assert first_rank([], [a(0, 10)]) is None


def test_the_first_rank() -> None:
    assert first_rank(FOUND, [a(100, 200)]) == 2
    assert first_rank(FOUND, [b(199, 200), a(249, 251)]) == 2
    assert first_rank(FOUND, [b(0, 100)]) is None


def test_the_figures() -> None:
    gold = question(a(100, 200), about="a")
    outcomes = [
        # Found by the second sentence and the third passage.
        outcome(
            gold,
            sentences=[b(100, 200), a(190, 210)],
            passages=[a(0, 50), a(50, 100), a(100, 150)],
        ),
        # Found by the first of both.
        outcome(gold, sentences=[a(100, 110), a(110, 120)], passages=[a(90, 110)]),
        # The first four sentences miss, and no passage holds it.
        outcome(
            question(b(0, 10), about="b"),
            sentences=[b(10, 20), b(20, 30), b(30, 40), b(40, 50), b(0, 5)],
            passages=[b(10, 40)],
        ),
        outcome(question(), sentences=[a(0, 1)], passages=[a(0, 9999)]),
    ]
    figures = {name: figure.value for name, figure in retrieval(outcomes, FEW).items()}
    expected = {
        "char_precision@1": (0 + 10 / 20 + 0) / 3,
        "char_precision@2": (0 + 10 / 20 + 0) / 3,
        "char_precision@4": (50 / 150 + 10 / 20 + 0) / 3,
        "char_recall@1": (0 + 10 / 100 + 0) / 3,
        "char_recall@64": (50 / 100 + 10 / 100 + 0) / 3,
        "passage_length": (150 + 20 + 30) / 5,
        "sentence_hit@1": 1 / 3,
        "sentence_hit@1_by_policy": (1 / 2 + 0) / 2,
        "sentence_hit@3": 2 / 3,
        "sentence_hit@3_by_policy": (1 + 0) / 2,
        "sentence_hit@5": 1,
        "sentence_mrr@10": (1 / 2 + 1 + 1 / 5) / 3,
        "sentence_mrr@10_by_policy": ((1 / 2 + 1) / 2 + 1 / 5) / 2,
        "passage_hit@1": 1 / 3,
        "passage_hit@3": 2 / 3,
        "passage_hit@5_by_policy": (1 + 0) / 2,
    }
    assert {name: figures[name] for name in expected} == pytest.approx(expected, abs=5e-5)
    assert "sentence_segment_hit@1" not in figures


def test_the_reciprocal_rank_ends_at_ten() -> None:
    misses = [a(start, start + 1) for start in range(10)]
    tenth = outcome(question(a(100, 110)), sentences=[*misses[:9], a(100, 101)])
    eleventh = outcome(question(a(100, 110)), sentences=[*misses, a(100, 101)])
    figures = retrieval([tenth, eleventh], FEW)
    assert figures["sentence_mrr@10"].value == 0.05


def test_segments_are_measured_beside_the_evidence() -> None:
    asked = question(a(100, 110), segments=(a(90, 120),))
    result = outcome(asked, sentences=[a(90, 95), a(100, 105)], passages=[a(0, 91)])
    figures = retrieval([result], FEW)
    names = ["sentence_hit@1", "sentence_segment_hit@1", "passage_hit@5", "passage_segment_hit@1"]
    assert [figures[name].value for name in names] == [0, 1, 0, 1]


def test_no_answerable_question() -> None:
    figures = retrieval([outcome(question(), passages=[a(0, 10)])], FEW)
    assert {figure.value for figure in figures.values()} == {None}
