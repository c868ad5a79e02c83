from __future__ import annotations

from pathlib import Path

import pytest

from index.add import add_files
from index.clauses.split import SPLITTER
from index.file_sha256 import sha256_of
from index.progress import no_progress
from index.store.database import Store
from index.store.held import (
    HeldFile,
    HeldVersion,
    held_files,
    held_version,
    stated_date_replaced_by,
    without_vectors,
)
from index.types import EmbeddingText, Policy, version_of
from tests.conftest import FakeEmbedder

TEXT = "# Data\n\nWe keep it.\n\n# Ads\n\nNone.\n"


@pytest.fixture
def acme(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> Path:
    file = tmp_path / "acme.md"
    file.write_text(f"---\ndate: 2020-01-02\n---\n{TEXT}")
    add_files(store, embedder, [file], no_progress)
    return file


def _policy(text: str) -> Policy:
    return Policy("acme", "Acme", "", "text/markdown", text, version_of(text))


def test_the_file_of_each_policy(store: Store, acme: Path) -> None:
    held = HeldFile("acme", version_of(TEXT), sha256_of(acme), SPLITTER, 2)
    assert held_files(store) == {str(acme): held}


def test_a_version_as_it_is_stored(store: Store, acme: Path) -> None:
    assert held_version(store, _policy(TEXT)) == HeldVersion("Acme", str(acme), TEXT, "Acme")
    assert held_version(store, _policy("Other.")) is None


@pytest.mark.usefixtures("acme")
def test_the_stated_date_of_the_version_before(store: Store) -> None:
    assert stated_date_replaced_by(store, _policy("Other.")) == "2020-01-02"
    assert stated_date_replaced_by(store, _policy(TEXT)) is None


@pytest.mark.usefixtures("acme")
def test_texts_that_have_no_vectors_yet(store: Store, embedder: FakeEmbedder) -> None:
    new = EmbeddingText("Acme", ("We sell it.",))
    assert without_vectors(store, [new, *embedder.embedded, new]) == [new]
