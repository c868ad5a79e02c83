"""What our code never does: run what it reads."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from assistant import ModelError
from assistant.models.transformers_model import TransformersGenerator
from index.models.embedder import SentenceTransformerEmbedder
from tests.assistant.samples import ROOT

SOURCES = [
    path
    for folder in ("assistant", "index", "prompts", "ui", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
RUNNING = {"eval", "exec", "compile", "__import__"}
MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"}


def called(tree: ast.AST) -> set[str]:
    """The names of all functions that are called, and of modules that are imported."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            attribute = isinstance(node.func, ast.Attribute)
            found.add(ast.unparse(node.func) if attribute else getattr(node.func, "id", ""))
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_is_read_is_run(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = called(ast.parse(text))
    assert used & (RUNNING | MODULES) == set()
    assert used & {"os.system", "torch.load", "yaml.load", "yaml.unsafe_load", "np.load"} == set()
    assert "trust_remote_code=True" not in text
    assert "shell=True" not in text
    assert "allow_pickle=True" not in text


def test_weights_in_the_project_are_safetensors() -> None:
    for folder in ("assistant", "index"):
        files = {path.suffix for path in (ROOT / folder / "weights").iterdir()}
        assert files - {".json", ".md"} == {".safetensors"}


@pytest.fixture
def pickled(tmp_path: Path) -> Path:
    """A model's folder whose weights are a pickle alone."""
    folder = tmp_path / "model"
    folder.mkdir()
    config = {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 8}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04cposix\nsystem\n(X\x04\x00\x00\x00truetR.")
    return folder


def test_a_pickled_language_model_is_refused(pickled: Path) -> None:
    told = r"is a pickle \(pytorch_model.bin\).* saved as safetensors or GGUF"
    with pytest.raises(ModelError, match=told):
        TransformersGenerator(str(pickled)).load()


def test_a_pickled_embedding_model_is_refused(pickled: Path) -> None:
    with pytest.raises(ModelError, match="is a pickle") as refused:
        SentenceTransformerEmbedder(str(pickled)).encode_query("ready")
    assert "\n" not in str(refused.value)
