"""AdamW on float32 copies of the weights, with a linear warm-up and decay."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

_WEIGHT_DECAY = 0.01
_WARM_UP = 0.1  # of all steps
_LARGEST_GRADIENT = 1.0


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
