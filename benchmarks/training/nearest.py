"""The clauses of its own document that are nearest to each question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import torch
from torch import nn

from benchmarks.training.encoder import encode, encode_queries
from benchmarks.training.questions import TrainingQuestion
from index.models.minilm import States

_CLAUSE_SHARE = 0.5  # of the clause's cosine, beside that of its best unit

Nearest = Mapping[str, list[int]]
"""The numbers of the nearest clauses, nearest first, by the question's id."""


def nearest_clauses(
    layers: nn.ModuleList,
    asked: Sequence[TrainingQuestion],
    questions: Mapping[str, States],
    clauses: Mapping[str, Sequence[States]],
    count: int,
) -> Nearest:
    """The `count` nearest clauses of each question, as an encoder with these layers ranks them."""
    by_document: dict[str, list[TrainingQuestion]] = defaultdict(list)
    for question in asked:
        by_document[question.document].append(question)
    nearest: dict[str, list[int]] = {}
    with torch.no_grad():
        for document, own in by_document.items():
            vectors = encode(layers, clauses[document])
            queries = encode_queries(layers, [questions[each.id] for each in own])
            best = torch.full((len(own), len(vectors.clauses)), -1.0)
            owner = vectors.owner.expand(len(own), -1)
            best.scatter_reduce_(1, owner, queries @ vectors.units.T, "amax")
            scores = best + _CLAUSE_SHARE * (queries @ vectors.clauses.T)
            for question, row in zip(own, scores, strict=True):
                order = row.argsort(descending=True, stable=True)
                nearest[question.id] = order[:count].tolist()
    return nearest
