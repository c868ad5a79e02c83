"""Low-rank adaptation on a network of two layers that a reader can follow."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from benchmarks.training.writer import adapting
from benchmarks.training.writer.adapting import Adapted, Plan, adapt


class Small(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.q_proj = nn.Linear(3, 2, bias=False)
        self.other = nn.Linear(2, 2, bias=False)


def test_fresh_matrices_change_nothing() -> None:
    model = Small()
    before = model.q_proj.weight.clone()
    made = adapt(model, Plan(rank=1))
    assert list(made) == ["q_proj"]
    x = torch.tensor([[1.0, 2.0, 3.0]])
    assert torch.equal(model.q_proj(x), x @ before.T)
    assert [name for name, each in model.named_parameters() if each.requires_grad] == [
        "q_proj.down",
        "q_proj.up",
    ]


def test_the_product_is_added() -> None:
    model = Small()
    adapted = adapt(model, Plan(rank=1))["q_proj"]
    with torch.no_grad():
        adapted.down.copy_(torch.tensor([[1.0, 0.0, 0.0]]))
        adapted.up.copy_(torch.tensor([[2.0], [3.0]]))
    x = torch.tensor([[1.0, 1.0, 1.0]])
    expected = adapted.base(x) + torch.tensor([[2.0, 3.0]])
    assert torch.allclose(model.q_proj(x), expected)


def test_adapting_again_starts_from_the_base() -> None:
    model = Small()
    first = adapt(model, Plan(rank=1))["q_proj"]
    second = adapt(model, Plan(rank=1))["q_proj"]
    assert second.base is first.base
    assert isinstance(model.q_proj, Adapted)


def test_saved_in_half_precision(tmp_path: Path) -> None:
    model = Small()
    adapt(model, Plan(rank=1))
    adapting.save(model, tmp_path / "a.safetensors")
    tensors = load_file(tmp_path / "a.safetensors")
    assert {name: tuple(each.shape) for name, each in tensors.items()} == {
        "q_proj.down": (1, 3),
        "q_proj.up": (2, 1),
    }
    assert {each.dtype for each in tensors.values()} == {torch.float16}
