"""Trains the network of `assistant.entailment_network` on pairs.

Needs torch, transformers and safetensors alone, and of this project that network and the pairs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from assistant.entailment_network import EntailmentNetwork, encoded
from benchmarks.training.support.pairs import Pair

_TOKENS_WEIGHT = 0.5  # of the loss on single tokens beside that on whole sentences
_WITHOUT_TOKENS = {"beside", "filler"}  # of these it is not known which words are wrong
_LARGEST_GRADIENT = 1.0
_WARM_UP = 0.1


@dataclass(frozen=True, slots=True)
class Plan:
    """Learning rates up to `rate`, batches of `size` pairs."""

    epochs: int = 5
    size: int = 32
    rate: float = 1e-4
    seed: int = 7


def train(
    network: EntailmentNetwork,
    tokenizer: Any,
    epoch: Callable[[random.Random], Sequence[Pair]],
    plan: Plan,
    report: Callable[[str], None],
) -> None:
    """Trains `network` in place, on newly drawn pairs in every epoch."""
    draw = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    weights = [each for each in network.parameters() if each.requires_grad]
    adam = torch.optim.AdamW(weights, lr=plan.rate, weight_decay=0.01)
    first = epoch(draw)
    steps = plan.epochs * (len(first) // plan.size + 1)
    warm = max(int(steps * _WARM_UP), 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda at: min((at + 1) / warm, max(steps - at, 0) / max(steps - warm, 1))
    )
    for number in range(1, plan.epochs + 1):
        pairs = first if number == 1 else epoch(draw)
        network.train()
        total, count = torch.zeros((), device=network.device), 0
        for batch in _batches(list(pairs), plan.size, draw):
            loss = _loss(network, tokenizer, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(weights, _LARGEST_GRADIENT)
            adam.step()
            adam.zero_grad()
            schedule.step()
            total += loss.detach()
            count += 1
        report(f"epoch {number} of {plan.epochs}: loss {total.item() / count:.3f}")
    network.eval()


def _batches(pairs: list[Pair], size: int, draw: random.Random) -> Iterator[list[Pair]]:
    """Batches of about one length, in random order."""
    pairs.sort(key=lambda each: len(each.sentence) + len(each.evidence) + draw.random() * 100)
    batches = [pairs[first : first + size] for first in range(0, len(pairs), size)]
    draw.shuffle(batches)
    yield from batches


def _loss(network: EntailmentNetwork, tokenizer: Any, batch: Sequence[Pair]) -> torch.Tensor:
    inputs = encoded(tokenizer, [(each.sentence, each.evidence) for each in batch])
    truth = torch.tensor([float(each.supported) for each in batch], device=network.device)
    with torch.autocast(network.device.type, dtype=torch.bfloat16):
        whole, tokens = network(inputs)
    loss = nn.functional.binary_cross_entropy_with_logits(whole.float(), truth)
    wanted = torch.ones(tokens.shape)
    told = inputs.said.clone()
    for row, pair in enumerate(batch):
        if pair.kind in _WITHOUT_TOKENS:
            told[row] = False
        for start, end in pair.written:
            inside = (inputs.offsets[row, :, 0] < end) & (inputs.offsets[row, :, 1] > start)
            wanted[row, inside] = 0.0
    at = told.to(network.device)
    each_token = nn.functional.binary_cross_entropy_with_logits(
        tokens.float()[at], wanted.to(network.device)[at]
    )
    return loss + _TOKENS_WEIGHT * each_token
