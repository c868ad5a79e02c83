"""Contrastive training of the encoder's upper layers on headings, then on questions.

A question's vector is drawn to the vectors of the units that answer it (the mean of their own
tokens, read within their clause, as the index makes them) and away from all other units and
clauses of the batch; among those are clauses of the same document.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn.functional import normalize

from index.models.minilm import States, means_of_units, padded, through

_TEMPERATURE = 0.05
_CLAUSE_SHARE = 0.3  # of the loss: clauses against clauses; the rest is units against units
_FAR = -1e4
_TOGETHER = 16  # texts of about one length that go through the layers together


@dataclass(frozen=True, slots=True)
class Example:
    """A query, its clause, the clause's units that answer it, and wrong clauses to set beside it.

    No other example with the same `key` serves as a wrong answer to this one.
    """

    key: str
    group: str
    query: States
    clause: States
    gold: frozenset[int]
    wrong: tuple[States, ...] = ()


@dataclass(frozen=True, slots=True)
class Vectors:
    """Unit-length vectors of clauses (clauses, 384) and their units (units, 384).

    `owner` (units,) and `unit` (units,) say which unit of which clause each is.
    """

    clauses: torch.Tensor
    units: torch.Tensor
    owner: torch.Tensor
    unit: torch.Tensor


def encode(layers: nn.ModuleList, states: Sequence[States]) -> Vectors:
    """The vectors of clauses and units, as index.models.embedder makes them."""
    order = sorted(range(len(states)), key=lambda at: len(states[at].units))
    clauses, units, owners, numbers = [], [], [], []
    for first in range(0, len(order), _TOGETHER):
        batch = order[first : first + _TOGETHER]
        made = _encode([states[at] for at in batch], layers)
        clauses.append(made.clauses)
        units.append(made.units)
        owners.append(torch.tensor(batch)[made.owner])
        numbers.append(made.unit)
    back = torch.tensor(order).argsort()
    return Vectors(
        torch.cat(clauses)[back], torch.cat(units), torch.cat(owners), torch.cat(numbers)
    )


def _encode(states: Sequence[States], layers: nn.ModuleList) -> Vectors:
    hidden, mask, units = padded(states)
    tokens = through(layers, hidden, mask).float()
    means, owner, unit = means_of_units(tokens, units)
    clauses = normalize(_means(tokens, mask.float()), dim=-1)
    return Vectors(clauses, normalize(means, dim=-1), owner, unit)


def encode_queries(layers: nn.ModuleList, states: Sequence[States]) -> torch.Tensor:
    """Unit-length vectors (queries, 384)."""
    hidden, mask, _ = padded(states)
    return normalize(_means(through(layers, hidden, mask).float(), mask.float()), dim=-1)


def _means(tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    return (tokens * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)


def batches(examples: list[Example], size: int, draw: random.Random) -> list[list[Example]]:
    """Batches of `size` in which up to four examples come from the same document."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.group].append(example)
    runs: list[list[Example]] = []
    for group in groups.values():
        draw.shuffle(group)
        runs.extend(group[at : at + 4] for at in range(0, len(group), 4))
    draw.shuffle(runs)
    flat = [example for run in runs for example in run]
    made = [flat[at : at + size] for at in range(0, len(flat) - size + 1, size)]
    draw.shuffle(made)
    return made


def loss_of(layers: nn.ModuleList, batch: Sequence[Example]) -> torch.Tensor:
    queries = encode_queries(layers, [each.query for each in batch])
    clauses = [each.clause for each in batch]
    keys = [each.key for each in batch]
    for each in batch:
        clauses.extend(each.wrong)
        keys.extend([""] * len(each.wrong))
    vectors = encode(layers, clauses)
    own = torch.zeros(len(batch), len(clauses), dtype=torch.bool)
    same = torch.zeros(len(batch), len(clauses), dtype=torch.bool)
    for row, each in enumerate(batch):
        own[row, row] = True
        same[row] = torch.tensor([key == each.key for key in keys])
    gold = torch.zeros(len(batch), len(vectors.owner), dtype=torch.bool)
    for at, (owner, unit) in enumerate(
        zip(vectors.owner.tolist(), vectors.unit.tolist(), strict=True)
    ):
        if owner < len(batch):
            gold[owner, at] = unit in batch[owner].gold
    by_unit = _contrast(queries @ vectors.units.T, gold, (same & ~own)[:, vectors.owner])
    by_clause = _contrast(queries @ vectors.clauses.T, own, same & ~own)
    return (1 - _CLAUSE_SHARE) * by_unit + _CLAUSE_SHARE * by_clause


def _contrast(cosines: torch.Tensor, right: torch.Tensor, ignored: torch.Tensor) -> torch.Tensor:
    """-log of the share that the right ones have of the softmax, averaged over the queries."""
    logits = (cosines / _TEMPERATURE).masked_fill(ignored, _FAR)
    kept = right.any(1)
    hit = logits.masked_fill(~right, _FAR).logsumexp(1)
    return (logits.logsumexp(1) - hit)[kept].mean()
