"""The packaged language model, adapted to writing one sentence from one quote.

assistant/weights/README.md says what the adapter was trained on, and how well it does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.models.fair_lock import FairLock
from assistant.models.loaded_model import LoadedModel
from assistant.models.packaged_model import load_packaged, packaged_identity
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
# AUC 0.6 for the best quote, 0.5 for others), so it is kept from saying it.
DECLINED = "Not stated."
_MAX_TOKENS = 64
_CHOICES = 8  # for one prompt


class SentenceModel(Protocol):
    """What writing quote by quote needs of a language model. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights, for receipts."""

    def load(self) -> None:
        """Prepares for the first question."""

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        """Sentences as they are written, each with the number of its prompt.

        The likeliest one for each prompt comes first. Then, for each prompt that is still `wanted`,
        the first eight of its `choices` follow one by one, those that the model finds likelier
        first. Gives nothing more once `stopped()` is true.
        """


class AdaptedModel:
    """The packaged model with the adapter. Writes one sentence at a time, for each caller in turn.

    Computes in bfloat16 where the processor has instructions for it, elsewhere in float32. Safe
    to share between threads. Raises ModelError.
    """

    def __init__(self, adapter: TrainedWeights | None = ADAPTER) -> None:
        self._adapter = adapter
        self._lock = FairLock()
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
        candidates = self._candidates(prompts, choices, wanted, stopped)
        while True:
            # Not held while the caller looks at a sentence: a slow reader keeps nobody waiting.
            with self._lock.hold(stopped) as held:
                candidate = next(candidates, None) if held else None
            if candidate is None:
                return
            yield candidate

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
        tokens = [self._loaded.prompt_tokens(prompt)["input_ids"] for prompt in prompts]
        with torch.inference_mode():
            read = batch_decoding.read(self._loaded, tokens)
        yield from self._written(read, self._starts(read), stopped)
        for row in range(len(prompts)):
            if wanted(row) and not stopped():
                yield from self._chosen(read, row, choices[row][:_CHOICES], wanted)

    def _starts(self, read: ReadPrompts) -> list[Start]:
        """The likeliest first token of a sentence for each prompt."""
        from assistant.models.batch_decoding import Start

        logits = read.logits.clone()
        declining = self._loaded.plain_tokens(DECLINED)[0]
        logits[:, [declining, *self._loaded.tokenizer.all_special_ids]] = float("-inf")
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
        replies = [Start(row, tuple(self._loaded.plain_tokens(text))) for text in choices]
        with torch.inference_mode():
            scores = batch_decoding.likelihoods(self._loaded, read, replies)
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
        replies = batch_decoding.replies(self._loaded, read, starts, _MAX_TOKENS, stopped)
        while True:
            with torch.inference_mode():  # not held while the caller looks at the sentence
                reply = next(replies, None)
            if reply is None:
                return
            number, tokens = reply
            text = self._loaded.tokenizer.decode(tokens, skip_special_tokens=True)
            yield starts[number].row, text.strip()

    @cached_property
    def _loaded(self) -> LoadedModel:
        from index.models.minilm import fast_dtype

        loaded = load_packaged()
        if self._adapter:
            _merge(loaded, self._adapter)
        return loaded.in_dtype(fast_dtype())


def _merge(loaded: LoadedModel, adapter: TrainedWeights) -> None:
    """Adds the product of each pair of low-rank matrices to the layer that it was trained for."""
    import torch

    tensors = adapter.read()
    with torch.inference_mode():
        for name, down in tensors.items():
            layer, _, part = name.rpartition(".")
            if part != "down":
                continue
            try:
                weight = loaded.model.get_submodule(layer).weight
                weight += tensors[f"{layer}.up"].float() @ down.float()
            except (AttributeError, KeyError, RuntimeError) as error:
                raise ModelError(
                    f"the adapter {str(adapter.file)!r} does not fit the language model "
                    f"({error}): install policy-assistant again"
                ) from error
