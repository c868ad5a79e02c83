"""MiniLM in two halves, and the reranker's network on top of the first.

Imports torch, which takes seconds: import this file only where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from index.models.sentence_transformer import load_packaged
from index.models.windows import Window
from index.types import EmbeddingText

FROZEN = 3  # layers, of six: what is trained for this project are those above
LONGEST = 256  # tokens of a text, special ones included: what MiniLM was trained on
WIDTH = 384
_HIDDEN = 128
_PRODUCT_SCALE = 20.0  # brings products of unit vectors to the scale of the other inputs
_BATCH = 16  # texts of about the same length that are read at once
_NO_UNIT = -1


@dataclass(frozen=True, slots=True)
class States:
    """The output of the lower layers for a text: `hidden` (tokens, 384).

    `units` (tokens,) holds the number of the unit that each token belongs to, -1 for none.
    """

    hidden: torch.Tensor
    units: torch.Tensor


def fast_dtype() -> torch.dtype:
    """bfloat16 where the processor has instructions for it, elsewhere float32."""
    capable = torch.cpu.get_capabilities()
    fast = capable.get("avx512_bf16") or capable.get("amx_bf16")
    return torch.bfloat16 if fast else torch.float32


class LowerLayers:
    """The embeddings and the first three layers of the packaged model, unchanged."""

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
        windows = [Window.whole(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda index: len(windows[index].text))
        states: dict[int, States] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            encoded = self._tokenizer(
                [windows[index].text for index in batch],
                padding=True,
                truncation=True,
                max_length=longest,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            mask = encoded["attention_mask"]
            hidden = through(self._layers, self._embeddings(input_ids=encoded["input_ids"]), mask)
            for row, index in enumerate(batch):
                length = int(mask[row].sum())
                units = _units(encoded["offset_mapping"][row, :length], windows[index])
                states[index] = States(hidden[row, :length].clone(), units)
        return [states[index] for index in range(len(texts))]


def _units(offsets: torch.Tensor, window: Window) -> torch.Tensor:
    units = torch.full((len(offsets),), _NO_UNIT, dtype=torch.int16)
    for unit, start, end in window.spans:
        inside = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
        units[inside] = unit
    return units


def padded(states: Sequence[States]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Several texts in one batch: hidden (texts, tokens, 384), mask and units (texts, tokens)."""
    pad = nn.utils.rnn.pad_sequence
    hidden = pad([text.hidden for text in states], batch_first=True)
    units = pad([text.units for text in states], batch_first=True, padding_value=_NO_UNIT)
    lengths = torch.tensor([len(text.units) for text in states])
    mask = (torch.arange(hidden.shape[1])[None, :] < lengths[:, None]).to(torch.int64)
    return hidden, mask, units


def through(layers: nn.ModuleList, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The output of BERT layers for `hidden` (texts, tokens, 384).

    `mask` (texts, tokens) is 1 for tokens and 0 for padding.
    """
    padding = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * torch.finfo(hidden.dtype).min
    for layer in layers:
        result = layer(hidden, attention_mask=padding)
        hidden = result[0] if isinstance(result, tuple) else result
    return hidden


def means_of_units(
    tokens: torch.Tensor, units: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The mean vector of the tokens of each unit (units, 384), its text and number (units,).

    Units without tokens are left out.
    """
    count = int(units.max().item()) + 1
    member = nn.functional.one_hot(units.long() + 1, count + 1)[:, :, 1:].to(tokens.dtype)
    sizes = member.sum(1)
    text, unit = (sizes > 0).nonzero(as_tuple=True)
    sums = torch.einsum("tku,tkd->tud", member, tokens)
    return sums[text, unit] / sizes[text, unit, None], text, unit


class JointScorer(nn.Module):
    """Scores the units of a clause for a question that is read together with them.

    The lower layers have read question and clause separately (the split of PreTTR, MacAvaney et
    al. 2020, arXiv:2004.14255); here the upper layers read them as one text. A unit's score is its
    cosine with the question, corrected by a small network that sees both.
    """

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        self.layers = layers
        self.side = nn.Parameter(torch.zeros(2, WIDTH))  # added to the question and the clause
        self.first = nn.Linear(3 * WIDTH, _HIDDEN)
        self.last = nn.Linear(_HIDDEN, 1)
        self.likeness = nn.Parameter(torch.tensor([10.0, -5.0]))  # slope and offset of the cosine

    def forward(
        self, questions: Sequence[States], clauses: Sequence[States]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits (units,) of all units, with the row and the number (units,) of each.

        Each row is a question and a clause. A logit of 0 means: as likely as that none answers.
        """
        question, question_mask, _ = padded(questions)
        clause, clause_mask, units = padded(clauses)
        hidden = torch.cat([question + self.side[0], clause + self.side[1]], dim=1)
        mask = torch.cat([question_mask, clause_mask], dim=1)
        tokens = through(self.layers, hidden, mask).float()
        asked, read = tokens[:, : question.shape[1]], tokens[:, question.shape[1] :]
        weight = question_mask.float()[:, :, None]
        asked_mean = (asked * weight).sum(1) / weight.sum(1)
        means, row, unit = means_of_units(read, units)
        product = nn.functional.normalize(asked_mean[row], dim=-1) * nn.functional.normalize(
            means, dim=-1
        )
        inputs = torch.cat([means, asked_mean[row], _PRODUCT_SCALE * product], dim=-1)
        hidden = nn.functional.gelu(self.first(inputs.to(self.first.weight.dtype)))
        slope, offset = self.likeness.float()
        logits = self.last(hidden).squeeze(-1).float() + slope * product.sum(-1) + offset
        return logits, row, unit
