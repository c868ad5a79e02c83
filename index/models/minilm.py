"""MiniLM in two halves, and the reranker's network on top of the first.

Imports torch: import this file where it is needed, not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from index.models.embedder import load_packaged
from index.types import EmbeddingText

FROZEN = 3  # layers, of six: what is trained for this project are those above
LONGEST = 256  # tokens of a text, special ones included: what MiniLM was trained on
WIDTH = 384
_HIDDEN = 128
_PRODUCT_SCALE = 20.0  # brings products of unit vectors to the size of the other inputs
_TOGETHER = 16  # texts of about one length that are read at once
_NO_UNIT = -1


@dataclass(frozen=True, slots=True)
class States:
    """A text as the lower layers leave it: `hidden` (tokens, 384).

    `units` (tokens,) says to which unit of the text each token belongs, -1 for none.
    """

    hidden: torch.Tensor
    units: torch.Tensor


def fast_dtype() -> torch.dtype:
    """bfloat16 where the processor has instructions for it, elsewhere float32."""
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


class LowerLayers:
    """The packaged model's embeddings and its first three layers, as they come."""

    def __init__(self, dtype: torch.dtype) -> None:
        model: Any = load_packaged()
        self._tokenizer: Any = model.tokenizer
        bert = model[0].auto_model
        bert.set_attn_implementation("eager")  # on short texts faster than fused kernels
        bert.to(dtype).eval()
        self._embeddings: nn.Module = bert.embeddings
        self._layers: nn.ModuleList = bert.encoder.layer[:FROZEN]
        self.upper: nn.ModuleList = bert.encoder.layer[FROZEN:]

    def read(self, texts: Sequence[EmbeddingText], longest: int = LONGEST) -> list[States]:
        """The states of each text; tokens past `longest` are not read."""
        parts = [_spans(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda at: len(parts[at][0]))
        made: dict[int, States] = {}
        for first in range(0, len(order), _TOGETHER):
            batch = order[first : first + _TOGETHER]
            encoded = self._tokenizer(
                [parts[at][0] for at in batch],
                padding=True,
                truncation=True,
                max_length=longest,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            mask = encoded["attention_mask"]
            hidden = through(self._layers, self._embeddings(input_ids=encoded["input_ids"]), mask)
            for row, at in enumerate(batch):
                length = int(mask[row].sum())
                units = _units(encoded["offset_mapping"][row, :length], parts[at][1])
                made[at] = States(hidden[row, :length].clone(), units)
        return [made[at] for at in range(len(texts))]


def _spans(text: EmbeddingText) -> tuple[str, list[tuple[int, int]]]:
    """The text as the embedder reads it, and its units in characters of that text."""
    whole = f"{text.context}\n" if text.context else ""
    spans = []
    for unit in text.units:
        spans.append((len(whole), len(whole) + len(unit)))
        whole += f"{unit} "
    return whole.rstrip(" "), spans


def _units(offsets: torch.Tensor, spans: Sequence[tuple[int, int]]) -> torch.Tensor:
    units = torch.full((len(offsets),), _NO_UNIT, dtype=torch.int16)
    for unit, (start, end) in enumerate(spans):
        inside = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
        units[inside] = unit
    return units


def padded(states: Sequence[States]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Several texts in one: hidden (texts, tokens, 384), mask and units (texts, tokens)."""
    pad = nn.utils.rnn.pad_sequence
    hidden = pad([each.hidden for each in states], batch_first=True)
    units = pad([each.units for each in states], batch_first=True, padding_value=_NO_UNIT)
    lengths = torch.tensor([len(each.units) for each in states])
    mask = (torch.arange(hidden.shape[1])[None, :] < lengths[:, None]).to(torch.int64)
    return hidden, mask, units


def through(layers: nn.ModuleList, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """`hidden` (texts, tokens, 384) through BERT layers; `mask` (texts, tokens) is 1 for tokens."""
    away = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * torch.finfo(hidden.dtype).min
    for layer in layers:
        result = layer(hidden, attention_mask=away)
        hidden = result[0] if isinstance(result, tuple) else result
    return hidden


def means_of_units(
    tokens: torch.Tensor, units: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The mean vector of each unit's tokens (found, 384), its text and its number (found,)."""
    count = int(units.max().item()) + 1
    member = nn.functional.one_hot(units.long() + 1, count + 1)[:, :, 1:].to(tokens.dtype)
    sizes = member.sum(1)
    text, unit = (sizes > 0).nonzero(as_tuple=True)
    sums = torch.einsum("tku,tkd->tud", member, tokens)
    return sums[text, unit] / sizes[text, unit, None], text, unit


class JointScorer(nn.Module):
    """Scores the units of a clause for a question that is read together with them.

    Both texts come as the lower layers leave them, read apart from each other (the split of
    PreTTR, MacAvaney et al. 2020, arXiv:2004.14255); here the upper layers read them as one. A
    unit's score is its cosine with the question, corrected by a small network that sees both.
    """

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        self.layers = layers
        self.side = nn.Parameter(torch.zeros(2, WIDTH))  # added to question and clause
        self.first = nn.Linear(3 * WIDTH, _HIDDEN)
        self.last = nn.Linear(_HIDDEN, 1)
        self.likeness = nn.Parameter(torch.tensor([10.0, -5.0]))  # slope and offset of the cosine

    def forward(
        self, questions: Sequence[States], clauses: Sequence[States]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits (found,) of all units, the row and the number (found,) of each.

        Row by row a question and a clause. A logit of 0 is as good as "nothing here answers".
        """
        question, question_mask, _ = padded(questions)
        clause, clause_mask, units = padded(clauses)
        hidden = torch.cat([question + self.side[0], clause + self.side[1]], dim=1)
        mask = torch.cat([question_mask, clause_mask], dim=1)
        tokens = through(self.layers, hidden, mask).float()
        asked, read = tokens[:, : question.shape[1]], tokens[:, question.shape[1] :]
        weight = question_mask.float()[:, :, None]
        about = (asked * weight).sum(1) / weight.sum(1)
        means, row, unit = means_of_units(read, units)
        product = nn.functional.normalize(about[row], dim=-1) * nn.functional.normalize(
            means, dim=-1
        )
        seen = torch.cat([means, about[row], _PRODUCT_SCALE * product], dim=-1)
        hidden = nn.functional.gelu(self.first(seen.to(self.first.weight.dtype)))
        slope, offset = self.likeness.float()
        logits = self.last(hidden).squeeze(-1).float() + slope * product.sum(-1) + offset
        return logits, row, unit
