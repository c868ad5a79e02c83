"""Low-rank adaptation of a causal language model (LoRA, Hu et al. 2021, arXiv:2106.09685).

Needs torch, transformers and safetensors alone, so that it also runs on a machine where nothing
else of this project is installed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
_REPORTED_EVERY = 20  # steps


@dataclass(frozen=True, slots=True)
class Plan:
    """`rank` of the added matrices, learning rate up to `rate`, batches of `size` examples.

    The lowest `kept` layers stay as they come: what they make of an example is computed once.
    """

    rank: int = 16
    rate: float = 1e-3
    epochs: int = 3
    size: int = 16
    kept: int = 10
    seed: int = 7


@dataclass(frozen=True, slots=True)
class _Read:
    """An example's tokens, how many are the prompt's, and (tokens, width) of the kept layers."""

    ids: list[int]
    prefix: int
    hidden: torch.Tensor


class Adapted(nn.Module):
    """A frozen linear layer with a trained matrix of low rank added to its own."""

    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base
        device = base.weight.device
        self.down = nn.Parameter(torch.empty(rank, base.in_features, device=device))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank, device=device))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.base(x) + x @ self.down.T @ self.up.T
        return result


def load(folder: Path) -> tuple[Any, Any]:
    """The model, frozen in bfloat16 on the GPU if there is one, and its tokenizer."""
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    options: dict[str, Any] = {}
    for file in folder.glob("*.gguf"):
        options = {"gguf_file": file.name}
    tokenizer: Any = AutoTokenizer.from_pretrained(folder, **options)
    if options:
        options["quantization_config"] = GgufConfig(dequantize=True)
    options["attn_implementation"] = "eager"  # faster than the others on a CPU
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16, **options)
    return model.to("cuda" if torch.cuda.is_available() else "cpu"), tokenizer


def adapt(model: Any, plan: Plan) -> dict[str, Adapted]:
    """Puts fresh low-rank matrices beside every linear layer of the upper blocks, by name."""
    torch.manual_seed(plan.seed)
    model.requires_grad_(False)
    made = {}
    below = tuple(f"model.layers.{number}." for number in range(plan.kept))
    for name, module in list(model.named_modules()):
        fits = name.endswith(_ADAPTED) and not name.startswith(below)
        if isinstance(module, (nn.Linear, Adapted)) and fits:
            base = module.base if isinstance(module, Adapted) else module
            made[name] = Adapted(base, plan.rank)
            parent, _, last = name.rpartition(".")
            setattr(model.get_submodule(parent), last, made[name])
    return made


def encoded(tokenizer: Any, prompt: str, target: str = "") -> tuple[list[int], int]:
    """The tokens of one example, and how many of them are the prompt's.

    A target ends with the token that the chat template puts behind a reply; the tokenizer's own
    end of a text is another one in some files.
    """
    turn = {"role": "user", "content": prompt}
    asked = tokenizer.apply_chat_template([turn], add_generation_prompt=True, tokenize=False)
    prefix = tokenizer(asked, add_special_tokens=False)["input_ids"]
    if not target:
        return prefix, len(prefix)
    reply = {"role": "assistant", "content": target}
    whole = tokenizer.apply_chat_template([turn, reply], tokenize=False)
    rest = whole[whole.rindex(target) + len(target) :]
    answer = tokenizer(target, add_special_tokens=False)["input_ids"]
    end = tokenizer(rest, add_special_tokens=False)["input_ids"][0]
    return [*prefix, *answer, end], len(prefix)


def _batches(
    examples: Sequence[_Read], size: int, draw: random.Random | None
) -> Iterator[list[_Read]]:
    """Batches of about one length, in random order."""
    order = sorted(examples, key=lambda each: len(each.ids) + (draw.random() * 32 if draw else 0))
    batches = [order[first : first + size] for first in range(0, len(order), size)]
    if draw:
        draw.shuffle(batches)
    yield from batches


@contextmanager
def _layers(model: Any, which: slice, last: bool) -> Iterator[None]:
    """Only some of the model's blocks; without the final norm unless the `last` is among them."""
    layers, norm = model.model.layers, model.model.norm
    model.model.layers = layers[which]
    model.model.norm = norm if last else nn.Identity()
    try:
        yield
    finally:
        model.model.layers, model.model.norm = layers, norm


@torch.no_grad()
def _read(model: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]], kept: int) -> list[_Read]:
    """The examples that are not too long, as the lowest `kept` layers read them."""
    encodings = [encoded(tokenizer, *pair) for pair in pairs]
    device = model.device
    read = []
    with _layers(model, slice(kept), last=False), torch.autocast(device.type, torch.bfloat16):
        for ids, prefix in encodings:
            if len(ids) <= _LONGEST:
                hidden = model.model(torch.tensor([ids], device=device), use_cache=False)
                read.append(_Read(ids, prefix, hidden.last_hidden_state[0].to(torch.bfloat16)))
    return read


def _loss(model: Any, batch: Sequence[_Read]) -> torch.Tensor:
    """Of the upper layers, which the model must be reduced to."""
    longest = max(len(each.ids) for each in batch)
    labels = torch.full((len(batch), longest), _IGNORED)
    mask = torch.zeros_like(labels)
    for row, each in enumerate(batch):
        labels[row, each.prefix : len(each.ids)] = torch.tensor(each.ids[each.prefix :])
        mask[row, : len(each.ids)] = 1
    device = model.device
    hidden = nn.utils.rnn.pad_sequence([each.hidden for each in batch], batch_first=True)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        output = model.model(inputs_embeds=hidden, attention_mask=mask.to(device), use_cache=False)
        wanted = labels[:, 1:].to(device)
        at = wanted != _IGNORED
        logits = model.lm_head(output.last_hidden_state[:, :-1][at])
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
    examples, unseen = (_read(model, tokenizer, own, plan.kept) for own in (pairs, held_out))
    report(f"{len(examples)} examples, {len(unseen)} held out")
    weights = [weight for each in made.values() for weight in (each.down, each.up)]
    steps = plan.epochs * math.ceil(len(examples) / plan.size)
    optimizer = Optimizer([nn.ParameterList(weights)], plan.rate, steps)
    draw = random.Random(plan.seed)
    unseen_loss = math.nan
    with _layers(model, slice(plan.kept, None), last=True):
        for number in range(1, plan.epochs + 1):
            model.train()
            total = torch.zeros((), device=model.device)
            batches = list(_batches(examples, plan.size, draw))
            for count, batch in enumerate(batches, start=1):
                loss = _loss(model, batch)
                optimizer.step(loss)
                total += loss.detach()
                if count % _REPORTED_EVERY == 0:
                    report(f"  {count} of {len(batches)} steps, loss {total.item() / count:.3f}")
            model.eval()
            with torch.inference_mode():
                losses = [_loss(model, batch).item() for batch in _batches(unseen, 128, None)]
            unseen_loss = sum(losses) / len(losses) if losses else math.nan
            mean = total.item() / len(batches)
            report(f"epoch {number}: loss {mean:.3f}, held out {unseen_loss:.3f}")
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
