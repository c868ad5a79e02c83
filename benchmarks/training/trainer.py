"""The steps of training, in order, with their settings in one place."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
from benchmarks.training import encoder, reranker
from benchmarks.training.documents import TrainingDocument, read_archive
from benchmarks.training.encoder import Example
from benchmarks.training.headings import HeadingPair, heading_pairs
from benchmarks.training.nearest import Nearest, nearest_clauses
from benchmarks.training.optimizing import Plan, train
from benchmarks.training.questions import TrainingQuestion, read_questions
from benchmarks.training.reranker import Candidates
from index.models.minilm import FROZEN, JointScorer, LowerLayers, States, fast_dtype
from index.models.weights_file import ENCODER, RERANKER
from index.types import EmbeddingText

SEED = 1
_CLAUSES = 4  # that the reranker chooses from
_ABSENT = 0.25  # how often the clause that answers is not among them
_NEAREST = 12  # clauses of the same document that wrong ones are drawn from

Report = Callable[[str], None]


class Trainer:
    """Trains into the folder `work`; what is there already is read instead."""

    def __init__(self, work: Path, report: Report) -> None:
        self._work = work
        self._report = report
        self._dtype = fast_dtype()
        work.mkdir(parents=True, exist_ok=True)
        self._lower = LowerLayers(self._dtype)

    def pretrain(self) -> None:
        """The layers that both models start from, on headings of services not asked about."""
        if not self._from_headings.exists():
            layers = self._upper()
            examples = [
                Example(pair.key, pair.document, query, clause, frozenset(range(len(units))))
                for pair, query, clause in self._pairs
                if (units := pair.text.units)
            ]
            train(
                layers,
                lambda _: examples,
                encoder.batches,
                encoder.loss_of,
                Plan(epochs=2, size=64, rate=5e-5, seed=SEED),
                self._report,
            )
            save_file(_encoder_tensors(layers), self._from_headings)

    def train(self, fold: int | None) -> None:
        """Both models on the questions outside `fold` (None: on all), into a folder of its own."""
        folder = self._work / ("final" if fold is None else f"fold-{fold}")
        folder.mkdir(exist_ok=True)
        self._report(f"training {folder.name}")
        asked = [question for question in self._questions if question.fold != fold]
        layers = self._pretrained_layers()
        file = folder / f"{ENCODER.name}.safetensors"
        if file.exists():
            _load_encoder(layers, file)
        else:
            nearest = self._nearest(layers, asked)
            train(
                layers,
                lambda draw: self._examples(asked, nearest, draw),
                encoder.batches,
                encoder.loss_of,
                Plan(epochs=3, size=32, rate=5e-5, seed=SEED),
                self._report,
            )
            save_file(_encoder_tensors(layers), file)
        file = folder / f"{RERANKER.name}.safetensors"
        if not file.exists():
            nearest = self._nearest(layers, asked)
            torch.manual_seed(SEED)
            scorer = JointScorer(self._pretrained_layers()).to(self._dtype)
            train(
                scorer,
                lambda draw: [self._candidates(each, nearest[each.id], draw) for each in asked],
                reranker.batches,
                reranker.loss_of,
                Plan(epochs=2, size=8, rate=1e-4, seed=SEED),
                self._report,
            )
            save_file(_tensors(scorer), file)

    def _examples(
        self, asked: Sequence[TrainingQuestion], nearest: Nearest, draw: random.Random
    ) -> list[Example]:
        """An answered question with one clause that answers it, and a near one that does not."""
        examples = []
        for question in asked:
            if not question.gold:
                continue
            right = {clause for clause, _ in question.gold}
            wrong = [each for each in nearest[question.id] if each not in right]
            clause = draw.choice(sorted(right))
            examples.append(
                Example(
                    question.id,
                    question.document,
                    self._asked[question.id],
                    self._clauses[question.document][clause],
                    frozenset(unit for own, unit in question.gold if own == clause),
                    tuple(
                        self._clauses[question.document][each]
                        for each in draw.sample(wrong, min(1, len(wrong)))
                    ),
                )
            )
        return examples

    def _candidates(
        self, question: TrainingQuestion, nearest: Sequence[int], draw: random.Random
    ) -> Candidates:
        """A question with four clauses; of every fourth answered one, what answers is left out."""
        right = {clause for clause, _ in question.gold}
        absent = bool(right) and draw.random() < _ABSENT
        chosen: list[int] = []
        if right and not absent:
            chosen.append(draw.choice(sorted(right)))
        elif question.near:
            chosen.append(draw.choice(sorted({clause for clause, _ in question.near})))
        wrong = [each for each in nearest if each not in right and each not in chosen]
        best = wrong[: draw.randint(1, 2)]  # the nearest ones more often than others
        rest = [each for each in wrong if each not in best]
        chosen += best[: _CLAUSES - len(chosen)]
        chosen += draw.sample(rest, min(len(rest), _CLAUSES - len(chosen)))
        gold = frozenset(
            (chosen.index(clause), unit)
            for clause, unit in question.gold
            if clause in chosen and not absent
        )
        clauses = self._clauses[question.document]
        return Candidates(self._asked[question.id], tuple(clauses[each] for each in chosen), gold)

    @cached_property
    def _documents(self) -> dict[str, TrainingDocument]:
        self._report("reading the documents")
        return read_archive(TRAIN_ARCHIVE)

    @cached_property
    def _questions(self) -> list[TrainingQuestion]:
        return read_questions(TRAIN_QUESTIONS, self._documents)

    @cached_property
    def _pairs(self) -> list[tuple[HeadingPair, States, States]]:
        """Heading pairs with the lower states of heading and clause."""
        asked_about = {self._documents[each.document].service for each in self._questions}
        others = [each for each in self._documents.values() if each.service not in asked_about]
        pairs = heading_pairs(others, SEED)
        self._report(f"reading {len(pairs)} heading pairs")
        queries = self._read([EmbeddingText("", (pair.heading,)) for pair in pairs])
        return list(zip(pairs, queries, self._read([pair.text for pair in pairs]), strict=True))

    @cached_property
    def _asked(self) -> dict[str, States]:
        """The lower states of the questions, by id."""
        states = self._read([EmbeddingText("", (each.question,)) for each in self._questions])
        return {each.id: own for each, own in zip(self._questions, states, strict=True)}

    @cached_property
    def _clauses(self) -> dict[str, list[States]]:
        """The lower states of every clause of the documents that are asked about."""
        names = sorted({each.document for each in self._questions})
        self._report(f"reading {len(names)} documents that are asked about")
        return {
            name: self._read([each.text for each in self._documents[name].clauses])
            for name in names
        }

    def _read(self, texts: Sequence[EmbeddingText]) -> list[States]:
        with torch.no_grad():
            return self._lower.read(texts)

    def _nearest(self, layers: nn.ModuleList, asked: Sequence[TrainingQuestion]) -> Nearest:
        self._report("looking for near clauses")
        return nearest_clauses(layers, asked, self._asked, self._clauses, _NEAREST)

    @property
    def _from_headings(self) -> Path:
        return self._work / f"{ENCODER.name}-from-headings.safetensors"

    def _upper(self) -> nn.ModuleList:
        return copy.deepcopy(self._lower.upper)

    def _pretrained_layers(self) -> nn.ModuleList:
        layers = self._upper()
        _load_encoder(layers, self._from_headings)
        return layers


def _encoder_tensors(layers: nn.ModuleList) -> dict[str, torch.Tensor]:
    """Named as in the whole model, where three layers lie below these."""
    return {
        f"{int(layer) + FROZEN}.{rest}": tensor
        for name, tensor in _tensors(layers).items()
        for layer, _, rest in [name.partition(".")]
    }


def _load_encoder(layers: nn.ModuleList, file: Path) -> None:
    tensors = load_file(file).items()
    layers.load_state_dict(
        {
            f"{int(layer) - FROZEN}.{rest}": tensor
            for name, tensor in tensors
            for layer, _, rest in [name.partition(".")]
        }
    )


def _tensors(module: nn.Module) -> dict[str, torch.Tensor]:
    return {
        name: tensor.to(torch.float16).contiguous() for name, tensor in module.state_dict().items()
    }
