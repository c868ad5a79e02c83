"""The training loop: AdamW on float32 copies of the weights, with a linear warm-up and decay."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import nn

_WEIGHT_DECAY = 0.01
_WARM_UP = 0.1  # of all steps
_LARGEST_GRADIENT = 1.0
_REPORTED_EVERY = 50  # steps
_Item = TypeVar("_Item")
_Model = TypeVar("_Model", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast: batches of `size`, learning rates up to `rate`."""

    epochs: int
    size: int
    rate: float
    seed: int


def train(
    model: _Model,
    epoch: Callable[[random.Random], Sequence[_Item]],
    batches: Callable[[list[_Item], int, random.Random], list[list[_Item]]],
    loss_of: Callable[[_Model, list[_Item]], torch.Tensor],
    plan: Plan,
    report: Callable[[str], None],
) -> None:
    """Trains `model` in place; `epoch` gives the items of one, with their wrong answers drawn."""
    draw = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    first = epoch(draw)
    optimizer = Optimizer([model], plan.rate, plan.epochs * (len(first) // plan.size))
    for number in range(plan.epochs):
        items = list(first if number == 0 else epoch(draw))
        losses: list[float] = []
        for batch in batches(items, plan.size, draw):
            loss = loss_of(model, batch)
            optimizer.step(loss)
            losses.append(loss.item())
            if len(losses) % _REPORTED_EVERY == 0:
                mean = sum(losses[-_REPORTED_EVERY:]) / _REPORTED_EVERY
                report(f"  {len(losses)} steps, loss {mean:.3f}")
        report(f"epoch {number + 1} of {plan.epochs}: loss {sum(losses) / len(losses):.3f}")


class Optimizer:
    """Steps `steps` times at most, at rates up to `rate`."""

    def __init__(self, modules: Iterable[nn.Module], rate: float, steps: int) -> None:
        self._live = [each for module in modules for each in module.parameters()]
        self._exact = [each.detach().float().clone().requires_grad_() for each in self._live]
        self._adam = torch.optim.AdamW(self._exact, lr=rate, weight_decay=_WEIGHT_DECAY)
        warm = max(int(steps * _WARM_UP), 1)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._adam, lambda at: min((at + 1) / warm, max(steps - at, 0) / max(steps - warm, 1))
        )

    def step(self, loss: torch.Tensor) -> None:
        loss.backward()  # type: ignore[no-untyped-call]
        for exact, live in zip(self._exact, self._live, strict=True):
            exact.grad = None if live.grad is None else live.grad.float()
            live.grad = None
        torch.nn.utils.clip_grad_norm_(self._exact, _LARGEST_GRADIENT)
        self._adam.step()
        self._schedule.step()
        with torch.no_grad():
            for exact, live in zip(self._exact, self._live, strict=True):
                live.copy_(exact)
