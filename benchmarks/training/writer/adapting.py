"""Low-rank adaptation of a causal language model (LoRA, Hu et al. 2021, arXiv:2106.09685).

Needs torch, transformers and safetensors alone, so that it also runs on a machine where nothing
else of this project is installed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import nn

from benchmarks.training.optimizing import Optimizer

_LONGEST = 512  # tokens of prompt and target; longer examples are left out
_ADAPTED = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Plan:
    """`rank` of the added matrices, learning rate up to `rate`, batches of `size` examples."""

    rank: int = 16
    rate: float = 1e-3
    epochs: int = 4
    size: int = 32
    dropout: float = 0.05
    seed: int = 7


class Adapted(nn.Module):
    """A frozen linear layer with a trained matrix of low rank added to its own."""

    def __init__(self, base: nn.Linear, rank: int, dropout: float) -> None:
        super().__init__()
        self.base = base
        self.dropout = nn.Dropout(dropout)
        device = base.weight.device
        self.down = nn.Parameter(torch.empty(rank, base.in_features, device=device))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank, device=device))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        added: torch.Tensor = self.dropout(x.to(self.down.dtype)) @ self.down.T @ self.up.T
        result: torch.Tensor = self.base(x)
        return result.add(added.to(result.dtype))


def load(folder: Path) -> tuple[Any, Any]:
    """The model, frozen in bfloat16 on the GPU if there is one, and its tokenizer."""
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    options: dict[str, Any] = {}
    for file in folder.glob("*.gguf"):
        options = {"gguf_file": file.name}
    tokenizer: Any = AutoTokenizer.from_pretrained(folder, **options)
    if options:
        options["quantization_config"] = GgufConfig(dequantize=True)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16, **options)
    return model.to("cuda" if torch.cuda.is_available() else "cpu"), tokenizer


def adapt(model: Any, plan: Plan) -> dict[str, Adapted]:
    """Puts fresh low-rank matrices beside every linear layer of the blocks, by name."""
    torch.manual_seed(plan.seed)
    model.requires_grad_(False)
    made = {}
    for name, module in list(model.named_modules()):
        if isinstance(module, (nn.Linear, Adapted)) and name.endswith(_ADAPTED):
            base = module.base if isinstance(module, Adapted) else module
            made[name] = Adapted(base, plan.rank, plan.dropout)
            parent, _, last = name.rpartition(".")
            setattr(model.get_submodule(parent), last, made[name])
    return made


def encoded(tokenizer: Any, prompt: str, target: str = "") -> tuple[list[int], int]:
    """The tokens of one example, and how many of them are the prompt's."""
    asked = tokenizer.apply_chat_template(
        [{"role": "user", "content": prompt}], add_generation_prompt=True, tokenize=False
    )
    prefix = tokenizer(asked, add_special_tokens=False)["input_ids"]
    if not target:
        return prefix, len(prefix)
    answer = tokenizer(target, add_special_tokens=False)["input_ids"]
    return [*prefix, *answer, tokenizer.eos_token_id], len(prefix)


def _batches(
    tokens: Sequence[tuple[list[int], int]], size: int, draw: random.Random | None
) -> Iterator[list[tuple[list[int], int]]]:
    """Batches of about one length, in random order."""
    order = sorted(tokens, key=lambda each: len(each[0]) + (draw.random() * 32 if draw else 0))
    batches = [order[first : first + size] for first in range(0, len(order), size)]
    if draw:
        draw.shuffle(batches)
    yield from batches


def _loss(model: Any, batch: Sequence[tuple[list[int], int]]) -> torch.Tensor:
    longest = max(len(ids) for ids, _ in batch)
    ids = torch.zeros((len(batch), longest), dtype=torch.long)
    labels = torch.full_like(ids, _IGNORED)
    mask = torch.zeros_like(ids)
    for row, (own, prefix) in enumerate(batch):
        ids[row, : len(own)] = torch.tensor(own)
        labels[row, prefix : len(own)] = torch.tensor(own[prefix:])
        mask[row, : len(own)] = 1
    device = model.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        hidden = model.model(ids.to(device), attention_mask=mask.to(device)).last_hidden_state
        wanted = labels[:, 1:].to(device)
        at = wanted != _IGNORED
        logits = model.lm_head(hidden[:, :-1][at])
    return nn.functional.cross_entropy(logits.float(), wanted[at])


def train(
    model: Any,
    tokenizer: Any,
    pairs: Sequence[tuple[str, str]],
    held_out: Sequence[tuple[str, str]],
    plan: Plan,
    report: Callable[[str], None],
) -> float:
    """Adapts `model` in place to (prompt, target) pairs; the mean loss on those held out."""
    made = adapt(model, plan)
    tokens, unseen = (
        [each for each in (encoded(tokenizer, *pair) for pair in own) if len(each[0]) <= _LONGEST]
        for own in (pairs, held_out)
    )
    weights = [weight for each in made.values() for weight in (each.down, each.up)]
    steps = plan.epochs * math.ceil(len(tokens) / plan.size)
    optimizer = Optimizer([nn.ParameterList(weights)], plan.rate, steps)
    draw = random.Random(plan.seed)
    unseen_loss = math.nan
    for number in range(1, plan.epochs + 1):
        model.train()
        total = torch.zeros((), device=model.device)
        count = 0
        for batch in _batches(tokens, plan.size, draw):
            loss = _loss(model, batch)
            optimizer.step(loss)
            total += loss.detach()
            count += 1
        model.eval()
        with torch.inference_mode():
            losses = [_loss(model, batch).item() for batch in _batches(unseen, 128, None)]
        unseen_loss = sum(losses) / len(losses) if losses else math.nan
        report(f"epoch {number}: loss {total.item() / count:.3f}, held out {unseen_loss:.3f}")
    return unseen_loss


def save(model: Any, file: Path) -> None:
    """The added matrices in half precision: NAME.down (rank, in) and NAME.up (out, rank)."""
    tensors = {
        f"{name}.{which}": getattr(module, which).detach().to("cpu", torch.float16).contiguous()
        for name, module in model.named_modules()
        if isinstance(module, Adapted)
        for which in ("down", "up")
    }
    save_file(tensors, file)


@torch.inference_mode()
def replies(
    model: Any,
    tokenizer: Any,
    prompts: Sequence[str],
    sampled: int,
    longest: int = 64,
    together: int = 256,
) -> list[list[str]]:
    """For each prompt the greedy reply, then `sampled` others."""
    tokenizer.padding_side = "left"
    tokenizer.pad_token = tokenizer.eos_token
    order = sorted(range(len(prompts)), key=lambda at: len(prompts[at]))
    made: dict[int, list[str]] = {}
    for first in range(0, len(order), together):
        rows = order[first : first + together]
        asked = [
            tokenizer.apply_chat_template(
                [{"role": "user", "content": prompts[at]}],
                add_generation_prompt=True,
                tokenize=False,
            )
            for at in rows
        ]
        batch = tokenizer(asked, add_special_tokens=False, padding=True, return_tensors="pt").to(
            model.device
        )
        shared = {"max_new_tokens": longest, "pad_token_id": tokenizer.eos_token_id}
        with torch.autocast(model.device.type, dtype=torch.bfloat16):
            outputs = [model.generate(**batch, do_sample=False, **shared)]
            for _ in range(sampled):
                outputs.append(
                    model.generate(
                        **batch, do_sample=True, temperature=0.7, top_p=0.9, top_k=0, **shared
                    )
                )
        length = batch["input_ids"].shape[1]
        texts = [
            tokenizer.batch_decode(each[:, length:], skip_special_tokens=True) for each in outputs
        ]
        for row, at in enumerate(rows):
            made[at] = [own[row].strip() for own in texts]
    return [made[at] for at in range(len(prompts))]
