"""Any language model that transformers loads, writing freely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Protocol

from assistant.models.fair_lock import FairLock
from assistant.models.loaded_model import LoadedModel
from assistant.models.packaged_model import load_packaged, packaged_identity
from assistant.settings import PACKAGED_GENERATOR
from index.paths import at_home


class Generator(Protocol):
    """What answering needs of a model that writes freely. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights, for receipts."""

    def load(self) -> None:
        """Prepares for the first question, as far as that can be done ahead."""

    def stream(self, prompt: str, max_tokens: int, stopped: Callable[[], bool]) -> Iterator[str]:
        """The likeliest reply to one user message, in pieces; nothing more once `stopped()`."""


class TransformersGenerator:
    """A causal language model that transformers loads; the packaged one without its adapter.

    `model` is a folder, a GGUF file, a hub name, or the packaged model's name. Replies are made one
    at a time, in the order asked for; safe to share between threads. Raises ModelError.
    """

    def __init__(self, model: str = PACKAGED_GENERATOR) -> None:
        self._name = model
        self._lock = FairLock()

    @property
    def identity(self) -> str:
        return packaged_identity() if self._name == PACKAGED_GENERATOR else self._name

    def load(self) -> None:
        _ = self._loaded

    def stream(self, prompt: str, max_tokens: int, stopped: Callable[[], bool]) -> Iterator[str]:
        yield from self._loaded.stream(prompt, max_tokens, self._lock, stopped)

    @cached_property
    def _loaded(self) -> LoadedModel:
        if self._name == PACKAGED_GENERATOR:
            return load_packaged()
        path = at_home(Path(self._name))
        if path.suffix == ".gguf" and path.is_file():
            return LoadedModel.read(self._name, str(path.parent), path.name)
        return LoadedModel.read(self._name, str(path) if path.is_dir() else self._name)
