"""The parts of the training that can be reckoned by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.training.documents import TrainingClause, TrainingDocument
from benchmarks.training.encoder import encode
from benchmarks.training.features import Seen
from benchmarks.training.fusion import calibration, evidence, fit, hits
from benchmarks.training.headings import heading_pairs
from benchmarks.training.nearest import nearest_clauses
from benchmarks.training.optimizing import Optimizer, Plan, train
from benchmarks.training.questions import TrainingQuestion, read_questions
from index.models.minilm import States
from index.types import EmbeddingText

TEXT = "We keep logs for the law. We sell nothing to you. We keep logs for the law.\n"
UNITS = ((0, 25), (26, 49), (50, 75))


def document(name: str, text: str = TEXT) -> TrainingDocument:
    units = tuple(text[start:end] for start, end in UNITS)
    clause = TrainingClause(EmbeddingText("Acme > Logs and such > kept", units), "Logs", UNITS)
    return TrainingDocument(name, name.rpartition("/")[0], text, (clause,))


def write_questions(file: Path, *items: Mapping[str, object]) -> None:
    base = {"kind": "fact", "answerable": True, "near": [], "answer": ""}
    lines = [
        json.dumps({**base, "id": str(number), "question": "How?", **item})
        for number, item in enumerate(items)
    ]
    file.write_text("\n".join(lines))


def test_evidence_counts_wherever_the_document_says_it(tmp_path: Path) -> None:
    evidence = [
        {"start": 0, "end": 25, "quote": TEXT[0:25]},
        {"start": 0, "end": 9, "quote": "We keep:"},
    ]
    file = tmp_path / "questions.jsonl"
    write_questions(
        file,
        {"doc": "a/one.md", "evidence": evidence},
        {"doc": "a/one.md", "evidence": [], "answerable": False,
         "near": [{"start": 26, "end": 49, "quote": TEXT[26:49]}]},
        {"doc": "a/one.md", "evidence": [{"start": 0, "end": 4, "quote": "Lost"}]},
        {"doc": "gone.md", "evidence": evidence},
    )  # fmt: skip
    found, nothing = read_questions(file, {"a/one.md": document("a/one.md")})
    assert found.gold == {(0, 0), (0, 2)}
    assert found.near == frozenset()
    assert nothing.gold == frozenset()
    assert nothing.near == {(0, 1)}


def test_services_and_twins_stay_in_one_fold(tmp_path: Path) -> None:
    names = [f"{service}/{part}.md" for service in "abcdefg" for part in ("terms", "privacy")]
    documents = {name: document(name, f"{name} {TEXT}") for name in names}
    documents["h/twin.md"] = document("h/twin.md", f"a/terms.md {TEXT}")
    file = tmp_path / "questions.jsonl"
    evidence = [{"start": 0, "end": 0, "quote": "We sell nothing to you."}]
    write_questions(file, *({"doc": name, "evidence": evidence} for name in documents))
    folds = {each.document: each.fold for each in read_questions(file, documents)}
    assert len(folds) == 15
    for service in "abcdefg":
        assert folds[f"{service}/terms.md"] == folds[f"{service}/privacy.md"]
    assert folds["h/twin.md"] == folds["a/terms.md"]
    assert set(folds.values()) == {0, 1, 2, 3, 4}


def test_a_heading_pair_does_not_give_the_heading_away() -> None:
    (pair,) = heading_pairs([document("a/one.md"), document("a/fr.md", "Nous gardons " * 9)], 1)
    assert (pair.heading, pair.text.context, pair.key) == (
        "Logs",
        "Acme >  and such > kept",
        "logs",
    )


def question(number: int, gold: bool, fold: int = 0) -> TrainingQuestion:
    answers = frozenset({(0, 0)}) if gold else frozenset()
    return TrainingQuestion(str(number), "a.md", "How?", "fact", answers, frozenset(), fold)


def seen(scores: list[float], gold: list[bool], fold: int = 0) -> Seen:
    rows = np.zeros((len(scores), 4))
    rows[:, 0] = scores
    return Seen(rows, np.array(gold, dtype=bool), any(gold), fold)


ASKED = [
    seen([3.0, 1.0], [True, False]),
    seen([2.0, 1.0, 0.5, 0.0], [False, False, False, True]),
    seen([0.5, 0.1], [False, False]),
]


def test_figures_of_a_ranking() -> None:
    assert hits(ASKED, lambda each: each.rows[:, 0]) == [0.5, 0.5, 1.0]


def test_figures_of_evidence_sets() -> None:
    weights = np.array([1.0, 0.0, 0.0, 0.0])
    # shares of the best: 0.77 in the first; 0.83, 0.71 and 0.57 in the second
    assert evidence(ASKED, weights, 0.0, 0.75) == pytest.approx((0.25, 0.5, 2.0))
    assert evidence(ASKED, weights, 0.0, 0.5) == pytest.approx((0.375, 1.0, 3.0))


def test_the_fit_finds_the_feature_that_tells() -> None:
    random = np.random.default_rng(0)
    asked = []
    for number in range(200):
        rows = random.standard_normal((6, 4))
        gold = np.zeros(6, dtype=bool)
        if number % 4:
            gold[0], rows[0, 1] = True, rows[0, 1] + 4
        asked.append(Seen(rows, gold, bool(number % 4), 0))
    weights = fit(asked)
    assert np.argmax(np.abs(weights)) == 1
    assert weights[1] > 1
    assert hits(asked, lambda each: each.rows @ weights)[0] > 0.9
    slope, offset = calibration(asked, weights)
    sure = np.concatenate([1 / (1 + np.exp(-(slope * (s.rows @ weights) + offset))) for s in asked])
    assert sure.mean() == pytest.approx(150 / 1200, abs=1e-3)


def states(*rows: tuple[float, int]) -> States:
    hidden = torch.zeros(len(rows), 384)
    hidden[:, 0], hidden[:, 1] = torch.tensor([value for value, _ in rows]), 1.0
    return States(hidden, torch.tensor([unit for _, unit in rows], dtype=torch.int16))


def test_vectors_without_layers_are_means_of_tokens() -> None:
    none = torch.nn.ModuleList()
    vectors = encode(none, [states((3.0, -1), (1.0, 0), (0.0, 0)), states((0.0, 0))])
    root = np.sqrt(1.25)
    assert vectors.owner.tolist() == [1, 0]  # the shortest text is read first
    assert vectors.units[:, :2].tolist() == [
        pytest.approx([0, 1]), pytest.approx([0.5 / root, 1 / root]),
    ]  # fmt: skip
    mean = 4 / 3
    root = np.sqrt(mean**2 + 1)
    assert vectors.clauses[0, :2].tolist() == pytest.approx([mean / root, 1 / root])


def test_the_nearest_clauses_come_first() -> None:
    clauses = {"a.md": [states((0.0, 0)), states((5.0, 0)), states((-5.0, 0))]}
    asked = question(0, True)
    found = nearest_clauses(
        torch.nn.ModuleList(), [asked], {"0": states((4.0, -1))}, clauses, count=2
    )
    assert found == {"0": [1, 0]}


def test_the_optimizer_steps_down_and_keeps_small_steps() -> None:
    layer = torch.nn.Linear(1, 1, bias=False).to(torch.bfloat16)
    with torch.no_grad():
        layer.weight.fill_(1.0)
    optimizer = Optimizer([layer], 1e-4, 100)
    for _ in range(60):  # each too small for bfloat16 to notice
        optimizer.step(layer(torch.ones(1, 1, dtype=torch.bfloat16)).sum())
    assert layer.weight.item() < 1.0


def test_the_loop_learns_and_reports() -> None:
    layer = torch.nn.Linear(1, 1, bias=False)
    told: list[str] = []
    drawn: list[float] = []

    def epoch(draw: random.Random) -> list[float]:
        drawn.append(draw.random())
        return [1.0, 2.0, 3.0, 4.0]

    def loss_of(model: torch.nn.Linear, batch: list[float]) -> torch.Tensor:
        asked = torch.tensor(batch)[:, None]
        return torch.mean((model(asked) - 2 * asked) ** 2)

    train(
        layer,
        epoch,
        lambda items, size, _: [items[at : at + size] for at in range(0, len(items), size)],
        loss_of,
        Plan(epochs=100, size=2, rate=0.1, seed=1),
        told.append,
    )
    assert layer.weight.item() == pytest.approx(2.0, abs=0.1)
    assert len(drawn) == len(told) == 100  # too few steps for a report within an epoch
    assert told[-1].startswith("epoch 100 of 100: loss 0.")
