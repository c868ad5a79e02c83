"""A small index that is damaged on purpose, and what can be read of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.models.embedder import Embedder
from index.repair.mend import Repaired
from index.repair.repair import repair
from index.store.clause_rows import StoredClause
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import PolicyEntry, Snapshot
from tests.conftest import FakeEmbedder, letter_vector

TEXTS = {
    name: f"# Data\n\nWe {name} it.\n\n# Ads\n\nNone of {name}.\n" for name in ("anna", "bert")
}


def change(store: Store, statement: str) -> None:
    """Changes the database as a fault would, without its checksums."""
    with closing(sqlite3.connect(store.database, isolation_level=None)) as connection:
        connection.execute(statement)
    (store.folder / "vectors.json").unlink(missing_ok=True)


@dataclass(frozen=True)
class Seen:
    """What can be read of an index: `clauses` without their row numbers, `found` with them."""

    entries: list[PolicyEntry]
    texts: list[str]
    clauses: list[StoredClause]
    found: object


def seen_in(folder: Path) -> Seen:
    store = Store.open(folder, "fake@1")
    with Snapshot.of(store) as snapshot:
        entries = snapshot.entries()
        return Seen(
            entries,
            [snapshot.policy(entry.id).text for entry in entries],
            [
                replace(stored, row=0)
                for entry in entries
                for stored in snapshot.clauses_of(entry.id, entry.version)
            ],
            (
                snapshot.match('"none"', 9, None),
                load_vectors(store, snapshot).search(letter_vector("ae"), 9),
                set(snapshot.vectors_of(snapshot.rows_of(TEXTS))),
            ),
        )


def entries_in(store: Store) -> list[PolicyEntry]:
    with Snapshot.of(Store.open(store.folder)) as snapshot:
        return list(snapshot.entries())


def repaired_in(folder: Path, embedder: Embedder | None = None) -> Repaired:
    return repair(folder, lambda: embedder or FakeEmbedder())
