"""Trains the network of `assistant.support.entailment_network` on pairs.

Needs torch, transformers and safetensors alone, and of this project that network and the pairs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn

from assistant.support.entailment_network import EntailmentNetwork, encoded
from benchmarks.training import optimizing
from benchmarks.training.optimizing import Plan
from benchmarks.training.support.pairs import Pair

_TOKENS_WEIGHT = 0.5  # of the loss on single tokens beside that on whole sentences
_WITHOUT_TOKENS = {"beside", "filler"}  # of these it is not known which words are wrong
_PLAN = Plan(epochs=5, size=32, rate=1e-4, seed=7)


def train(
    network: EntailmentNetwork,
    tokenizer: Any,
    epoch: Callable[[random.Random], Sequence[Pair]],
    report: Callable[[str], None],
) -> None:
    """Trains `network` in place, on newly drawn pairs in every epoch."""
    network.train()
    optimizing.train(
        network, epoch, _batches, lambda _, batch: _loss(network, tokenizer, batch), _PLAN, report
    )
    network.eval()


def _batches(pairs: list[Pair], size: int, draw: random.Random) -> list[list[Pair]]:
    """Batches of about one length, in random order."""
    pairs.sort(key=lambda each: len(each.sentence) + len(each.evidence) + draw.random() * 100)
    batches = [pairs[first : first + size] for first in range(0, len(pairs), size)]
    draw.shuffle(batches)
    return batches


def _loss(network: EntailmentNetwork, tokenizer: Any, batch: Sequence[Pair]) -> torch.Tensor:
    inputs = encoded(tokenizer, [(each.sentence, each.evidence) for each in batch])
    truth = torch.tensor([float(each.supported) for each in batch], device=network.device)
    with torch.autocast(network.device.type, dtype=torch.bfloat16):
        whole, tokens = network(inputs)
    loss = nn.functional.binary_cross_entropy_with_logits(whole.float(), truth)
    wanted = torch.ones(tokens.shape)
    known = inputs.said.clone()
    for row, pair in enumerate(batch):
        if pair.kind in _WITHOUT_TOKENS:
            known[row] = False
        for start, end in pair.written:
            inside = (inputs.offsets[row, :, 0] < end) & (inputs.offsets[row, :, 1] > start)
            wanted[row, inside] = 0.0
    at = known.to(network.device)
    each_token = nn.functional.binary_cross_entropy_with_logits(
        tokens.float()[at], wanted.to(network.device)[at]
    )
    return loss + _TOKENS_WEIGHT * each_token
