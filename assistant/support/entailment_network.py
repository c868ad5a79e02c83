"""The network of the entailment score: MiniLM reads a sentence and its quotes together.

Imports torch, so import this file only where it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

FROZEN = 2  # of the six layers: the packaged model's own; those above are trained
LONGEST = 256  # tokens of both texts, special ones included
_WIDTH = 384
_HIDDEN = 128


@dataclass(frozen=True, slots=True)
class Inputs:
    """Pairs as the network reads them; each tensor is (pairs, tokens).

    `said` is True for the tokens of the sentence; `offsets` (pairs, tokens, 2) are the start and
    end of each token in its text.
    """

    ids: torch.Tensor
    kinds: torch.Tensor
    mask: torch.Tensor
    said: torch.Tensor
    offsets: torch.Tensor


def encoded(tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> Inputs:
    """Pairs of a sentence and its quotes; of a pair that is too long, the longer is cut short."""
    batch = tokenizer(
        [sentence for sentence, _ in pairs],
        [evidence for _, evidence in pairs],
        padding=True,
        truncation="longest_first",
        max_length=LONGEST,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    offsets, kinds, mask = batch["offset_mapping"], batch["token_type_ids"], batch["attention_mask"]
    said = (kinds == 0) & (mask == 1) & (offsets[:, :, 1] > offsets[:, :, 0])
    return Inputs(batch["input_ids"], kinds, mask, said, offsets)


class EntailmentNetwork(nn.Module):
    """A logit for the whole sentence and one for each of its tokens; above 0, "supported".

    `bert` is the packaged model. Its embeddings and lower layers are used as they are; its upper
    layers are trained.
    """

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self._embeddings = bert.embeddings.requires_grad_(False)
        self._lower = bert.encoder.layer[:FROZEN].requires_grad_(False)
        self.layers = bert.encoder.layer[FROZEN:]
        self.token = nn.Linear(_WIDTH, 1)
        self.first = nn.Linear(3 * _WIDTH, _HIDDEN)
        self.last = nn.Linear(_HIDDEN, 1)

    @property
    def device(self) -> torch.device:
        return self.last.weight.device

    def trained(self) -> dict[str, torch.Tensor]:
        """The trained weights by name."""
        return {
            name: tensor
            for name, tensor in self.state_dict().items()
            if name.partition(".")[0] in {"layers", "token", "first", "last"}
        }

    def forward(self, inputs: Inputs) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of the sentences (pairs,), and of all tokens (pairs, tokens)."""
        mask = inputs.mask.to(self.device)
        hidden = self._embeddings(
            input_ids=inputs.ids.to(self.device), token_type_ids=inputs.kinds.to(self.device)
        )
        away = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * torch.finfo(hidden.dtype).min
        for layer in (*self._lower, *self.layers):
            result = layer(hidden, attention_mask=away)
            hidden = result[0] if isinstance(result, tuple) else result
        said = inputs.said.to(self.device)[:, :, None]
        mean = (hidden * said).sum(1) / said.sum(1).clamp(min=1)
        most = hidden.masked_fill(~said, -torch.inf).amax(1)
        seen = torch.cat([hidden[:, 0], mean, most.nan_to_num(neginf=0.0)], dim=-1)
        whole = self.last(nn.functional.gelu(self.first(seen))).squeeze(-1)
        return whole, self.token(hidden).squeeze(-1)
