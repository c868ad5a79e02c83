from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.add import add_files
from index.progress import no_progress
from index.store.checksums import checksum
from index.store.database import Store
from index.store.row_checks import text_fault, vector_faults
from index.store.snapshot import Snapshot
from index.types import version_of
from tests.conftest import FakeEmbedder

TEXT = "# Data\n\nWe keep it. We read it.\n\n# Ads\n\n- None.\n"
VERSION = version_of(TEXT)


@pytest.fixture
def acme(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> Store:
    (tmp_path / "acme.md").write_text(TEXT)
    add_files(store, embedder, [tmp_path / "acme.md"], no_progress)
    return store


def _change(store: Store, column: str, value: object) -> None:
    """Changes a column of the first clause, and its checksum with it."""
    with closing(sqlite3.connect(store.database, isolation_level=None)) as connection:
        connection.execute(f"UPDATE clauses SET {column} = ? WHERE row = 1", (value,))
        row = connection.execute("SELECT * FROM clauses WHERE row = 1").fetchone()
        connection.execute("UPDATE clauses SET checksum = ? WHERE row = 1", (checksum(row[1:-1]),))


def _faults(store: Store) -> tuple[str, list[str]]:
    with store.reading(checked=False) as connection:
        snapshot = Snapshot(connection, store.model, store.dimension)
        return text_fault(snapshot, "acme", VERSION), vector_faults(snapshot, "acme", VERSION)


def test_a_version_without_fault(acme: Store) -> None:
    assert _faults(acme) == ("", [])


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ('"end"', 20, f"the clauses of acme@{VERSION} do not cover its text"),
        ("units", "[]", f"a clause of acme@{VERSION} has nothing that can be quoted"),
        ("context", "Acme", f"the clauses of acme@{VERSION} are not those of its text"),
        ("units", json.dumps([[8, 19]]), f"the clauses of acme@{VERSION} are not those of its"),
        ("heading_path", "[", f"the index holds a damaged clause, 'acme@{VERSION}#1'"),
    ],
)
def test_clauses_that_do_not_fit(acme: Store, column: str, value: object, fault: str) -> None:
    _change(acme, column, value)
    with acme.reading(checked=False) as connection:
        snapshot = Snapshot(connection, acme.model, acme.dimension)
        assert text_fault(snapshot, "acme", VERSION).startswith(fault)


def test_a_text_that_was_changed(acme: Store) -> None:
    with closing(sqlite3.connect(acme.database, isolation_level=None)) as connection:
        connection.execute("UPDATE versions SET text = text || 'x'")
    assert _faults(acme)[0] == f"the text of acme@{VERSION} is not what was added"


def test_vectors_that_are_missing(acme: Store) -> None:
    with closing(sqlite3.connect(acme.database, isolation_level=None)) as connection:
        connection.execute(
            "DELETE FROM embeddings WHERE sha256 = (SELECT embedding FROM clauses WHERE row = 2)"
        )
    assert _faults(acme) == ("", [f"the vectors of the clause acme@{VERSION}#2 cannot be read"])
