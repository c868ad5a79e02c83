"""A language model in memory. The only file that imports transformers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.models.fair_lock import FairLock
from index.errors import ModelError
from index.models.no_pickles import refuse_pickles

_LONGEST_FAULT = 200  # characters of what transformers reports


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A causal language model and its tokenizer, as transformers has them.

    `name` is what the user calls it. Its own chat template is used.
    """

    name: str
    model: Any
    tokenizer: Any

    @classmethod
    def read(cls, name: str, where: str, gguf_file: str = "") -> LoadedModel:
        """Reads a folder, a GGUF file in it, or a model of the hub. Raises ModelError.

        The model is in float32 and set to greedy decoding.
        """
        refuse_pickles(Path(where), name)
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer  # seconds of imports

        _hide_progress()
        options: dict[str, Any] = {"gguf_file": gguf_file} if gguf_file else {}
        # Weights are read as safetensors or GGUF: a pickle runs whatever code it contains.
        weights: dict[str, Any] = options or {"use_safetensors": True}
        try:
            tokenizer = AutoTokenizer.from_pretrained(where, trust_remote_code=False, **options)
            model = AutoModelForCausalLM.from_pretrained(
                where, trust_remote_code=False, dtype=torch.float32, **weights
            )
        except Exception as error:  # tokenizers and safetensors raise their own kinds
            raise _unreadable(name, error) from error
        return cls(name, model, tokenizer).greedy()

    @classmethod
    def dequantized(cls, name: str, file: Path) -> LoadedModel:
        """Reads a GGUF file as a model in float16 that can be saved. Raises ModelError."""
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

        _hide_progress()
        try:
            tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
            quantized = AutoModelForCausalLM.from_pretrained(
                file.parent,
                gguf_file=file.name,
                quantization_config=GgufConfig(dequantize=True),
                dtype=torch.float32,
            )
        except Exception as error:
            raise _unreadable(name, error) from error
        # A model from GGUF refuses to be saved, so its weights go into one that does not.
        auto: Any = AutoModelForCausalLM
        model = auto.from_config(quantized.config, dtype=torch.float32)
        model.load_state_dict(quantized.state_dict())
        return cls(name, model.to(torch.float16), tokenizer)

    def greedy(self) -> LoadedModel:
        """The same model, set to greedy decoding."""
        self.model.eval()
        self.model.generation_config.pad_token_id = self.tokenizer.eos_token_id
        # Settings for sampling that a model brings along would only cause warnings.
        for setting in ("temperature", "top_p", "top_k"):
            setattr(self.model.generation_config, setting, None)
        return self

    def in_dtype(self, dtype: Any) -> LoadedModel:
        """The same model, converted to this torch dtype."""
        self.model.to(dtype)
        return self

    def save(self, folder: Path) -> None:
        """Writes it into an empty folder. Raises OSError."""
        from safetensors import SafetensorError

        try:
            self.tokenizer.save_pretrained(folder)
            self.model.save_pretrained(folder)
        except SafetensorError as error:
            raise OSError(str(error)) from error  # this is how it reports a full disk

    def new_cache(self) -> Any:
        """An empty cache of keys and values."""
        from transformers import DynamicCache

        return DynamicCache(config=self.model.config)

    def prompt_tokens(self, prompt: str, **options: Any) -> Any:
        """The tokens of one user message, up to where the reply begins. Raises ModelError."""
        message = {"role": "user", "content": prompt}
        try:
            return self.tokenizer.apply_chat_template(
                [message], add_generation_prompt=True, return_dict=True, **options
            )
        except ValueError as error:
            raise ModelError(
                f"the language model {self.name!r} has no chat template: name one that was made "
                "to follow instructions"
            ) from error

    def plain_tokens(self, text: str) -> list[int]:
        """The tokens of a text by itself."""
        tokens: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return tokens

    @property
    def end_token(self) -> int:
        """The token that the chat template puts behind a reply."""
        messages = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
        text: str = self.tokenizer.apply_chat_template(messages, tokenize=False)
        return self.plain_tokens(text[text.rindex("b") + 1 :])[0]

    def stream(
        self, prompt: str, max_tokens: int, lock: FairLock, stopped: Callable[[], bool]
    ) -> Iterator[str]:
        """The likeliest reply to one user message, in pieces, until `stopped()`.

        `lock` is held while it is generated, not while it is read: a slow reader keeps nobody
        waiting. Raises ModelError.
        """
        from transformers import TextIteratorStreamer

        encoded = self.prompt_tokens(prompt, return_tensors="pt")
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=True)
        abandoned = threading.Event()  # nobody reads on
        failures: list[Exception] = []

        def given_up() -> bool:
            return abandoned.is_set() or stopped()

        def generate() -> None:
            try:
                with lock.hold(given_up) as held:
                    if held:
                        self._generate(encoded, max_tokens, streamer, given_up)
                    else:
                        streamer.end()  # type: ignore[no-untyped-call]
            except Exception as error:  # noqa: BLE001 - raised again where the reply is read
                failures.append(error)
                streamer.end()  # type: ignore[no-untyped-call]

        thread = threading.Thread(target=generate, daemon=True)
        thread.start()
        try:
            for piece in streamer:
                if stopped():
                    break
                yield piece
        finally:
            abandoned.set()
            thread.join()
        for error in failures:
            raise ModelError(f"the language model {self.name!r} failed: {error}") from error

    def _generate(
        self, encoded: Any, max_tokens: int, streamer: Any, given_up: Callable[[], bool]
    ) -> None:
        from transformers import StoppingCriteriaList

        def halt(ids: Any, _scores: Any, **_: Any) -> Any:
            return ids.new_full((len(ids),), given_up()).bool()

        self.model.generate(
            **encoded,
            max_new_tokens=max_tokens,
            do_sample=False,
            streamer=streamer,
            stopping_criteria=StoppingCriteriaList([halt]),
        )


def _hide_progress() -> None:
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def _unreadable(name: str, error: Exception) -> ModelError:
    fault = " ".join(str(error).split()) or type(error).__name__
    fault = fault if len(fault) <= _LONGEST_FAULT else f"{fault[:_LONGEST_FAULT]}…"
    return ModelError(
        f"cannot load the language model {name!r}: {fault}. Name a folder that transformers can "
        "load (copy or download a damaged one again), or ask for quotes only"
    )
