"""The packaged language model, adapted to writing one sentence from one quote.

What the adapter was trained on, and how well it does, is in assistant/weights/README.md.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.generator import load_model, new_cache, packaged_identity
from assistant.settings import PACKAGED_GENERATOR
from assistant.turns import Turns
from index.errors import ModelError
from index.trained import TrainedWeights

if TYPE_CHECKING:
    from assistant.decoding import ReadPrompts, Start

ADAPTER = TrainedWeights(
    "sentence-writer",
    "b05d26eb01d2c2337953cd955d20628fa62b7a093fee612e228932a1ea0389d9",
    Path(__file__).parent / "weights",
)
DECLINED = "Not stated."  # what the model says of a quote that does not answer
_MAX_TOKENS = 64
# The probability of declining from which nothing is written: from the best quote, from others.
_DECLINED_BEST, _DECLINED = 0.9, 0.5
_OTHERS = 3  # further sentences where the likeliest one does not pass
_LEAST = 0.01  # probability of the first word of another sentence


class SentenceModel(Protocol):
    """What writing quote by quote needs of a language model. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights, for receipts."""

    def load(self) -> None:
        """Makes ready for the first question."""

    def candidates(
        self,
        prompts: Sequence[str],
        openings: Sequence[str],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        """Sentences as they are written, each with the number of its prompt.

        One for each prompt, the likeliest; then others for those that `wanted` still names, first
        one that begins with its opening. "" for a prompt that the model declines (for the first,
        that of the best quote, only where it is nearly certain), and nothing more once `stopped()`
        is true.
        """


class AdaptedModel:
    """The packaged model with the adapter. One sentence at a time, for each question in turn.

    Computes in bfloat16 where the processor has instructions for it, elsewhere in float32. Safe
    to share between threads. Raises ModelError.
    """

    def __init__(self, adapter: TrainedWeights = ADAPTER) -> None:
        self._adapter = adapter
        self._turns = Turns()
        self._loading = threading.Lock()

    @property
    def identity(self) -> str:
        return f"{packaged_identity()}+{self._adapter.identity}"

    def load(self) -> None:
        with self._loading:
            _ = self._loaded

    def candidates(
        self,
        prompts: Sequence[str],
        openings: Sequence[str],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        if not prompts:
            return
        made = self._candidates(prompts, openings, wanted, stopped)
        while True:
            # Not held while the caller looks at a sentence: who reads slowly keeps nobody waiting.
            with self._turns.turn(stopped) as mine:
                written = next(made, None) if mine else None
            if written is None:
                return
            yield written

    def _candidates(
        self,
        prompts: Sequence[str],
        openings: Sequence[str],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        import torch

        from assistant import decoding
        from assistant.decoding import Start

        self.load()
        model, tokenizer = self._loaded
        with torch.inference_mode():
            read = decoding.read(
                model, [_tokens(tokenizer, each) for each in prompts], lambda: new_cache(model)
            )
        likeliest = self._starts(read)
        yield from ((row, "") for row, own in enumerate(likeliest) if not own)
        yield from self._written(read, [own[0] for own in likeliest if own], stopped)
        others = [
            start
            for row, own in enumerate(likeliest)
            if own and wanted(row)
            for start in (Start(row, tuple(_plain(tokenizer, openings[row]))), *own[1:])
            if start.tokens
        ]
        yield from self._written(read, others, stopped)

    def _starts(self, read: ReadPrompts) -> list[list[Start]]:
        """The likeliest first tokens of a sentence for each prompt; none where it is declined."""
        from assistant.decoding import Start

        _, tokenizer = self._loaded
        declining = _plain(tokenizer, DECLINED)[0]
        shares = read.logits.softmax(-1)
        declined = shares[:, declining].tolist()
        shares[:, [declining, *tokenizer.all_special_ids]] = 0.0
        best, tokens = shares.topk(1 + _OTHERS, dim=-1)
        return [
            [
                Start(row, (token,))
                for rank, (share, token) in enumerate(zip(own, words, strict=True))
                if rank == 0 or share >= _LEAST
            ]
            if declined[row] < (_DECLINED if row else _DECLINED_BEST)
            else []
            for row, (own, words) in enumerate(zip(best.tolist(), tokens.tolist(), strict=True))
        ]

    def _written(
        self, read: ReadPrompts, starts: Sequence[Start], stopped: Callable[[], bool]
    ) -> Iterator[tuple[int, str]]:
        import torch

        from assistant import decoding

        if not starts:
            return
        model, tokenizer = self._loaded
        made = decoding.replies(
            model,
            read,
            starts,
            lambda: new_cache(model),
            frozenset(tokenizer.all_special_ids),
            _MAX_TOKENS,
            stopped,
        )
        while True:
            with torch.inference_mode():  # not held while the caller looks at the sentence
                written = next(made, None)
            if written is None:
                return
            number, tokens = written
            yield starts[number].row, tokenizer.decode(tokens, skip_special_tokens=True).strip()

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        from index.layers import fast_dtype

        model, tokenizer = load_model(PACKAGED_GENERATOR)
        _merge(model, self._adapter)
        return model.to(fast_dtype()), tokenizer


def _tokens(tokenizer: Any, prompt: str) -> list[int]:
    encoded = tokenizer.apply_chat_template(
        [{"role": "user", "content": prompt}], add_generation_prompt=True, return_dict=True
    )
    tokens: list[int] = encoded["input_ids"]
    return tokens


def _plain(tokenizer: Any, text: str) -> list[int]:
    tokens: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return tokens


def _merge(model: Any, adapter: TrainedWeights) -> None:
    """Adds the product of each pair of low-rank matrices to the layer that it was trained for."""
    import torch

    tensors = adapter.read()
    with torch.inference_mode():
        for name, down in tensors.items():
            layer, _, which = name.rpartition(".")
            if which != "down":
                continue
            try:
                weight = model.get_submodule(layer).weight
                weight += tensors[f"{layer}.up"].float() @ down.float()
            except (AttributeError, KeyError, RuntimeError) as error:
                raise ModelError(
                    f"the adapter {str(adapter.file)!r} does not fit the language model "
                    f"({error}): install policy-assistant again"
                ) from error
