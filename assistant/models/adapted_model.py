"""The packaged language model, adapted to writing one sentence from one quote.

What the adapter was trained on, and how well it does, is in assistant/weights/README.md.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.models.fair_lock import Turns
from assistant.models.transformers_model import load_model, new_cache, packaged_identity
from assistant.settings import PACKAGED_GENERATOR
from index.errors import ModelError
from index.models.weights_file import TrainedWeights

if TYPE_CHECKING:
    from assistant.models.batch_decoding import ReadPrompts, Start

ADAPTER = TrainedWeights(
    "sentence-writer",
    "7a07e5176f30705f1ecf8bb1e339c303e940a8dc1850577c3824b8a2dbd59700",
    Path(__file__).parents[1] / "weights",
)
# What the model was taught to say of a quote that does not answer. It is a poor judge of that (ROC
# AUC 0.6 for the best quote, 0.5 for others), so that it is not let say it.
DECLINED = "Not stated."
_MAX_TOKENS = 64
_CHOICES = 8  # for one prompt


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
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        """Sentences as they are written, each with the number of its prompt.

        One for each prompt, the likeliest; then, for those that `wanted` still names, what the
        model holds the likeliest of the first eight of its `choices`, one by one. Nothing more
        once `stopped()` is true.
        """


class AdaptedModel:
    """The packaged model with the adapter. One sentence at a time, for each question in turn.

    Computes in bfloat16 where the processor has instructions for it, elsewhere in float32. Safe
    to share between threads. Raises ModelError.
    """

    def __init__(self, adapter: TrainedWeights | None = ADAPTER) -> None:
        self._adapter = adapter
        self._turns = Turns()
        self._loading = threading.Lock()

    @property
    def identity(self) -> str:
        adapted = f"+{self._adapter.identity}" if self._adapter else ""
        return f"{packaged_identity()}{adapted}"

    def load(self) -> None:
        with self._loading:
            _ = self._loaded

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        if not prompts:
            return
        made = self._candidates(prompts, choices, wanted, stopped)
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
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        import torch

        from assistant.models import batch_decoding

        self.load()
        model, tokenizer = self._loaded
        with torch.inference_mode():
            read = batch_decoding.read(
                model, [_tokens(tokenizer, each) for each in prompts], lambda: new_cache(model)
            )
        starts = self._starts(read)
        yield from self._written(read, starts, stopped)
        for row in range(len(prompts)):
            if wanted(row) and not stopped():
                yield from self._chosen(read, row, choices[row][:_CHOICES], wanted)

    def _starts(self, read: ReadPrompts) -> list[Start]:
        """The likeliest first token of a sentence for each prompt."""
        from assistant.models.batch_decoding import Start

        _, tokenizer = self._loaded
        logits = read.logits.clone()
        logits[:, [_plain(tokenizer, DECLINED)[0], *tokenizer.all_special_ids]] = float("-inf")
        return [Start(row, (token,)) for row, token in enumerate(logits.argmax(-1).tolist())]

    def _chosen(
        self, read: ReadPrompts, row: int, choices: Sequence[str], wanted: Callable[[int], bool]
    ) -> Iterator[tuple[int, str]]:
        """The choices for one prompt, the likeliest first."""
        import torch

        from assistant.models import batch_decoding
        from assistant.models.batch_decoding import Start

        if not choices:
            return
        model, tokenizer = self._loaded
        replies = [Start(row, tuple(_plain(tokenizer, text))) for text in choices]
        with torch.inference_mode():
            scores = batch_decoding.likelihoods(
                model, read, replies, lambda: new_cache(model), _end(tokenizer)
            )
        for _, text in sorted((-score, text) for score, text in zip(scores, choices, strict=True)):
            if not wanted(row):
                return
            yield row, text

    def _written(
        self, read: ReadPrompts, starts: Sequence[Start], stopped: Callable[[], bool]
    ) -> Iterator[tuple[int, str]]:
        import torch

        from assistant.models import batch_decoding

        if not starts:
            return
        model, tokenizer = self._loaded
        made = batch_decoding.replies(
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
        from index.models.minilm import fast_dtype

        model, tokenizer = load_model(PACKAGED_GENERATOR)
        if self._adapter:
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


def _end(tokenizer: Any) -> int:
    """The token that the chat template puts behind a reply."""
    turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    text: str = tokenizer.apply_chat_template(turns, tokenize=False)
    return _plain(tokenizer, text[text.rindex("b") + 1 :])[0]


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
