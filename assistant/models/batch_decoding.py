"""Several prompts continued at once, token by token, each returned as soon as it ends.

transformers' own `generate` returns a batch when its longest reply has ended, and reads the prompts
again for further replies. Imports torch, so import this file only where it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from assistant.models.loaded_model import LoadedModel

Cache = list[tuple[torch.Tensor, torch.Tensor]]  # keys and values of each layer


@dataclass(frozen=True, slots=True)
class ReadPrompts:
    """Prompts that the model has read.

    `mask` (prompts, tokens) is 1 for tokens, `logits` (prompts, vocabulary) are those of the next
    token, float32. `cache` is never written to.
    """

    mask: torch.Tensor
    logits: torch.Tensor
    cache: Cache


@dataclass(frozen=True, slots=True)
class Start:
    """Where a reply begins: at the end of prompt number `row`, with `tokens`, at least one."""

    row: int
    tokens: tuple[int, ...]


def read(loaded: LoadedModel, prompts: Sequence[Sequence[int]]) -> ReadPrompts:
    """Reads prompts, given as tokens."""
    longest = max(len(prompt) for prompt in prompts)
    ids = torch.zeros((len(prompts), longest), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, prompt in enumerate(prompts):
        ids[row, longest - len(prompt) :] = torch.tensor(prompt)
        mask[row, longest - len(prompt) :] = 1
    cache = loaded.new_cache()
    output = loaded.model(
        input_ids=ids,
        attention_mask=mask,
        position_ids=_positions(mask),
        cache=cache,
        use_cache=True,
        logits_to_keep=1,
    )
    layers = [(layer.keys, layer.values) for layer in cache.layers]
    return ReadPrompts(mask, output.logits[:, -1].float(), layers)


def replies(
    loaded: LoadedModel,
    prompts: ReadPrompts,
    starts: Sequence[Start],
    max_tokens: int,
    stopped: Callable[[], bool],
) -> Iterator[tuple[int, list[int]]]:
    """The likeliest reply from each start: (number of the start, tokens without the last special).

    In the order in which they end: at a special token, or after `max_tokens`. Gives nothing more
    once `stopped()` is true, which is asked before every token.
    """
    rows = torch.tensor([start.row for start in starts])
    cache = _cache_of(loaded, prompts, rows)
    mask = prompts.mask[rows]
    ends = frozenset(loaded.tokenizer.all_special_ids)
    written = [[start.tokens[0]] for start in starts]
    live = list(range(len(starts)))
    while live and not stopped():
        mask = torch.cat([mask, mask.new_ones((len(live), 1))], dim=1)
        last = torch.tensor([[written[number][-1]] for number in live])
        output = loaded.model(
            input_ids=last,
            attention_mask=mask,
            position_ids=_positions(mask)[:, -1:],
            cache=cache,
            use_cache=True,
        )
        likeliest = output.logits[:, -1].argmax(-1).tolist()
        kept = []
        for row, number in enumerate(live):
            given = starts[number].tokens[len(written[number]) :]
            token = given[0] if given else likeliest[row]
            if token not in ends:
                written[number].append(token)
            if token in ends or len(written[number]) == max_tokens:
                yield number, written[number]
            else:
                kept.append(row)
        if len(kept) < len(live):
            live = [live[row] for row in kept]
            mask = _narrowed(cache, mask, torch.tensor(kept, dtype=torch.long))


def likelihoods(loaded: LoadedModel, prompts: ReadPrompts, replies: Sequence[Start]) -> list[float]:
    """The log-probability of each whole reply, including the token that ends it."""
    rows = torch.tensor([reply.row for reply in replies])
    longest = max(len(reply.tokens) for reply in replies)
    ids = torch.full((len(replies), longest + 1), loaded.end_token)
    written = torch.zeros((len(replies), longest), dtype=prompts.mask.dtype)
    for row, reply in enumerate(replies):
        ids[row, : len(reply.tokens)] = torch.tensor(reply.tokens)
        written[row, : len(reply.tokens)] = 1
    mask = torch.cat([prompts.mask[rows], written], dim=1)
    output = loaded.model(
        input_ids=ids[:, :-1],
        attention_mask=mask,
        position_ids=_positions(mask)[:, -longest:],
        cache=_cache_of(loaded, prompts, rows),
        use_cache=True,
    )
    first = prompts.logits[rows].log_softmax(-1).gather(1, ids[:, :1]).squeeze(1)
    rest = output.logits.float().log_softmax(-1).gather(2, ids[:, 1:, None]).squeeze(2)
    likelihood: list[float] = (first + (rest * written).sum(1)).tolist()
    return likelihood


def _cache_of(loaded: LoadedModel, prompts: ReadPrompts, rows: torch.Tensor) -> Any:
    """A cache of one's own that holds the prompts of these rows."""
    cache = loaded.new_cache()
    for layer, (keys, values) in enumerate(prompts.cache):
        cache.update(keys[rows], values[rows], layer)
    return cache


def _narrowed(cache: Any, mask: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    if len(rows):
        cache.batch_select_indices(rows)
    return mask[rows]


def _positions(mask: torch.Tensor) -> torch.Tensor:
    return (mask.cumsum(-1) - 1).clamp(min=0)
