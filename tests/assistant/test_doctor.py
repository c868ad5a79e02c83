from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from assistant import Assistant, ModelError
from assistant.doctor import Check, examine, repair_models
from assistant.models import packaged_model
from assistant.models.adapted_model import ADAPTER
from assistant.models.model_cache import ModelCache
from assistant.support.entailment import ENTAILMENT
from index.models import sentence_transformer
from index.models.weights_file import ENCODER, RERANKER
from tests.assistant.conftest import AddText

MODELS = [
    Check("embedding model", True, "model.safetensors, sha256 53aa51172d14…"),
    Check("trained encoder", True, f"evidence-encoder.safetensors, sha256 {ENCODER.sha256[:12]}…"),
    Check(
        "trained reranker", True, f"evidence-reranker.safetensors, sha256 {RERANKER.sha256[:12]}…"
    ),
    Check("language model", True, "SmolLM2-135M-Instruct.Q4_1.gguf, sha256 b179c9523d0e…"),
    Check("its adapter", True, f"sentence-writer.safetensors, sha256 {ADAPTER.sha256[:12]}…"),
    Check("support check", True, f"entailment.safetensors, sha256 {ENTAILMENT.sha256[:12]}…"),
]


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One file in place of both models: hashing the real ones takes a second."""
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"weights")
    monkeypatch.setattr(sentence_transformer, "packaged_folder", lambda: tmp_path)
    monkeypatch.setattr(packaged_model, "packaged_file", lambda: file)
    return file


def checks(folder: Path) -> dict[str, tuple[bool, str]]:
    return {check.name: (check.ok, check.detail) for check in examine(folder)}


def sql(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "index.sqlite3")
    with connection:
        connection.execute(statement)
    connection.close()


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModelCache:
    monkeypatch.setenv("POLICY_ASSISTANT_CACHE", str(tmp_path / "cache"))
    return packaged_model.packaged_cache()


def test_the_models_are_those_that_were_shipped(tmp_path: Path) -> None:
    cache = f"none yet in {str(tmp_path / 'cache')!r}: the next written answer creates it"
    nothing = f"none yet in {str(tmp_path)!r}: 'policy-assistant add FILE...'"
    assert examine(tmp_path) == [
        *MODELS[:5],
        Check("model cache", True, cache),
        MODELS[5],
        Check("index", True, nothing),
    ]


@pytest.mark.usefixtures("no_models")
def test_a_damaged_model_cache_is_reported_and_deleted(cache: ModelCache, tmp_path: Path) -> None:
    folder = cache.ready(lambda target: (target / "model.safetensors").touch())
    assert checks(tmp_path)["model cache"] == (True, f"{folder.name}, every file as it was written")
    assert repair_models().done == []
    (folder / "model.safetensors").unlink()
    assert checks(tmp_path)["model cache"] == (
        False,
        f"damaged: model.safetensors is missing in {str(folder)!r}; the next answer rebuilds it",
    )
    assert repair_models().done == [f"deleted the damaged model cache {str(folder)!r}"]
    assert checks(tmp_path)["model cache"][0]


@pytest.mark.usefixtures("no_models")
def test_other_weights_are_seen(tmp_path: Path) -> None:
    expected = (False, "model.safetensors is not the file that was shipped: reinstall it")
    results = checks(tmp_path)
    assert (results["embedding model"], results["language model"]) == (expected, expected)


@pytest.mark.usefixtures("no_models")
def test_a_missing_model_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise ModelError("the language model is not installed: run this")

    monkeypatch.setattr(packaged_model, "packaged_file", missing)
    assert checks(tmp_path)["language model"] == (
        False,
        "the language model is not installed: run this",
    )


@pytest.fixture
def folder(request: pytest.FixtureRequest, small: Assistant, add_acme: AddText) -> Path:
    request.getfixturevalue("no_models")
    add_acme("Acme Privacy Policy\n\nWe keep logs for 30 days. Nobody reads them.\n")
    return small.folder


def test_an_index_in_order(folder: Path) -> None:
    results = checks(folder)
    assert results["database"] == (True, "SQLite finds no damage")
    assert results["policies"] == (True, "1 policies, 1 clauses")
    assert results["vectors"] == (True, "1 of 1 clauses")


def test_the_cache_is_made_anew(folder: Path) -> None:
    (folder / "vectors.faiss").write_bytes(b"broken")
    assert checks(folder)["vectors"] == (True, "1 of 1 clauses")
    assert (folder / "vectors.faiss").read_bytes() != b"broken"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE versions SET text = text || 'x'", "the text of acme@{} is not what was added"),
        ('UPDATE clauses SET "end" = "end" - 5', "the index holds a damaged clause, 'acme@{}#1'"),
        ("UPDATE clauses SET units = '[['", "the index holds a damaged clause, 'acme@{}#1'"),
        ("DELETE FROM clauses", "the clauses of acme@{} do not cover its text"),
    ],
)
def test_changed_contents_are_seen(
    small: Assistant, folder: Path, statement: str, fault: str
) -> None:
    version = small.policy("acme").version
    sql(folder, statement)
    ok, detail = checks(folder)["policies"]
    assert not ok
    assert detail == f"{fault.format(version)}: run 'policy-assistant doctor --repair'"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM embeddings",
        "UPDATE embeddings SET clause = zeroblob(16)",
        "UPDATE embeddings SET units = zeroblob(8)",
    ],
)
def test_vectors_that_cannot_be_read_are_seen(
    small: Assistant, folder: Path, statement: str
) -> None:
    version = small.policy("acme").version
    sql(folder, statement)
    (folder / "vectors.json").unlink()
    assert checks(folder)["vectors"] == (
        False,
        f"the vectors of the clause acme@{version}#1 cannot be read: "
        "run 'policy-assistant doctor --repair'",
    )


def test_a_file_that_is_no_database(folder: Path) -> None:
    (folder / "index.sqlite3").write_bytes(b"no database " * 1000)
    ok, detail = checks(folder)["index"]
    assert not ok
    assert detail.startswith(f"cannot use the index {str(folder / 'index.sqlite3')!r}")


def test_a_home_folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(folder, tmp_path / "home" / "kept")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert checks(Path("~/kept"))["policies"] == (True, "1 policies, 1 clauses")
