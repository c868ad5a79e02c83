from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.add import add_files
from index.progress import no_progress
from index.repair.examine import (
    database_faults,
    expected_words,
    policy_faults,
    search_faults,
    word_faults,
)
from index.store.database import Store
from index.store.snapshot import Snapshot
from index.types import version_of
from tests.conftest import FakeEmbedder

OLD, NEW = "# Data\n\nWe keep it.\n", "# Data\n\nWe sell it.\n"


@pytest.fixture
def acme(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> Store:
    for text in (OLD, NEW):
        (tmp_path / "acme.md").write_text(text)
        add_files(store, embedder, [tmp_path / "acme.md"], no_progress)
    return store


def _faults(store: Store) -> list[list[str]]:
    """Those of SQLite, policies, searching and full text."""
    with store.reading(checked=False) as connection:
        snapshot = Snapshot(connection, store.model, store.dimension)
        return [
            database_faults(connection),
            policy_faults(connection, snapshot),
            search_faults(snapshot),
            word_faults(connection, snapshot),
        ]


def test_an_index_without_fault(acme: Store) -> None:
    assert _faults(acme) == [[], [], [], []]
    with Snapshot.of(acme) as snapshot:
        assert list(expected_words(snapshot)) == [(2, "Data", "We sell it.")]


WORDS = "full text does not find what the clauses say"


@pytest.mark.parametrize(
    ("statement", "policies", "searching", "words"),
    [
        (
            "UPDATE versions SET title = 'x'",
            ["the index does not hold what was stored of 'acme'"],
            [],
            [],
        ),
        (
            "DELETE FROM embeddings",
            [],
            [
                f"the vectors of the clause acme@{version_of(text)}#1 cannot be read"
                for text in (NEW, OLD)
            ],
            [],
        ),
        ("DELETE FROM words", [], [], [WORDS]),
        ("INSERT INTO words (rowid, text) VALUES (9, 'another')", [], [], [WORDS]),
    ],
)
def test_what_was_changed(
    acme: Store, statement: str, policies: list[str], searching: list[str], words: list[str]
) -> None:
    with closing(sqlite3.connect(acme.database, isolation_level=None)) as connection:
        connection.execute(statement)
    assert _faults(acme) == [[], policies, searching, words]
