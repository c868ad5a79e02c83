from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from safetensors import SafetensorError

from assistant import ModelError
from assistant.models.fair_lock import FairLock
from assistant.models.loaded_model import LoadedModel


def test_a_full_disk_is_reported_as_one(tmp_path: Path) -> None:
    class Full:
        def save_pretrained(self, folder: Path) -> None:
            raise SafetensorError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        LoadedModel("full", Full(), Full()).save(tmp_path)


class Untemplated:
    def apply_chat_template(self, *_: Any, **__: Any) -> None:
        raise ValueError("there is no template")


def test_a_model_without_a_chat_template() -> None:
    loaded = LoadedModel("raw", None, Untemplated())
    with pytest.raises(ModelError, match="'raw' has no chat template: name one that was made"):
        next(loaded.stream("Hello", 5, FairLock(), lambda: False))


class Tokenizer:
    """One token a word."""

    def apply_chat_template(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}


class Failing:
    def generate(self, **_: Any) -> None:
        raise RuntimeError("out of memory")


def test_a_failure_is_raised_where_the_reply_is_read() -> None:
    loaded = LoadedModel("big", Failing(), Tokenizer())
    with pytest.raises(ModelError, match="the language model 'big' failed: out of memory"):
        list(loaded.stream("Hello", 5, FairLock(), lambda: False))
