"""Training of the reranker: which units answer, or that none of them does."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from index.models.minilm import JointScorer, States

_UNIT_SHARE = 0.3  # of the loss: each unit by itself; the rest is the choice among all and none
_FAR = -1e4


@dataclass(frozen=True, slots=True)
class Candidates:
    """A question and the clauses put before the reranker, with the units that answer it.

    `gold` holds (position in `clauses`, unit); empty where nothing answers.
    """

    question: States
    clauses: tuple[States, ...]
    gold: frozenset[tuple[int, int]]


def score(
    scorer: JointScorer, asked: Sequence[Candidates]
) -> tuple[torch.Tensor, torch.Tensor, list[tuple[int, int]]]:
    """Logits of all units, the question each belongs to, and its (clause, unit)."""
    questions = [each.question for each in asked for _ in each.clauses]
    clauses = [clause for each in asked for clause in each.clauses]
    of = [(at, place) for at, each in enumerate(asked) for place in range(len(each.clauses))]
    logits, rows, numbers = scorer(questions, clauses)
    where = [of[row] for row in rows.tolist()]
    places = [(place, unit) for (_, place), unit in zip(where, numbers.tolist(), strict=True)]
    return logits, torch.tensor([at for at, _ in where]), places


def batches(asked: list[Candidates], size: int, draw: random.Random) -> list[list[Candidates]]:
    """Batches of about the same length, in any order: less is spent on padding."""
    draw.shuffle(asked)
    wide = size * 16
    made: list[list[Candidates]] = []
    for first in range(0, len(asked), wide):
        near = sorted(
            asked[first : first + wide],
            key=lambda each: max(len(clause.units) for clause in each.clauses),
        )
        made.extend(near[at : at + size] for at in range(0, len(near) - size + 1, size))
    draw.shuffle(made)
    return made


def loss_of(scorer: JointScorer, batch: Sequence[Candidates]) -> torch.Tensor:
    logits, of, places = score(scorer, batch)
    gold = torch.tensor(
        [place in batch[at].gold for at, place in zip(of.tolist(), places, strict=True)]
    )
    member = torch.nn.functional.one_hot(of, len(batch)).bool().T  # (questions, units)
    nothing = torch.zeros(len(batch), 1)
    everything = torch.cat([logits.expand(len(batch), -1).masked_fill(~member, _FAR), nothing], 1)
    right = torch.cat([member & gold, ~(member & gold).any(1, keepdim=True)], 1)
    choice = everything.logsumexp(1) - everything.masked_fill(~right, _FAR).logsumexp(1)
    alone = torch.nn.functional.binary_cross_entropy_with_logits(
        logits, gold.float(), reduction="none"
    )
    return (1 - _UNIT_SHARE) * choice.mean() + _UNIT_SHARE * alone.sum() / len(batch)
