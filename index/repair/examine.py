"""Does an index hold what it should? Everything that readers rely on, checked in full."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from index.store import checksums
from index.store.full_text import TABLES
from index.store.row_checks import embedded_texts, text_fault, vector_faults
from index.store.snapshot import Snapshot

_PLACES = "CREATE VIRTUAL TABLE temp.places USING fts5vocab ({}, words, instance)"
_WORDS = (
    "SELECT rowid, context, text FROM words ORDER BY rowid",
    "SELECT id, sz FROM words_docsize ORDER BY id",
    "SELECT term, doc, col, offset FROM places ORDER BY term, doc, col, offset",
)


def database_faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds."""
    findings = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    return [] if findings == ["ok"] else [f"SQLite finds damage ({findings[0]})"]


def policy_faults(connection: sqlite3.Connection, snapshot: Snapshot) -> list[str]:
    """Texts, clauses and facts that are not what was stored."""
    faults = [
        fault
        for entry in snapshot.entries()
        for version in entry.versions
        if (fault := text_fault(snapshot, entry.id, version))
    ]
    if faults:
        return faults
    changed = checksums.changed_contents(connection)
    return [f"the index does not hold what was stored of {policy_id!r}" for policy_id in changed]


def search_faults(snapshot: Snapshot) -> list[str]:
    """Vectors that a search cannot read, of the newest versions and of older ones."""
    return [
        fault
        for entry in snapshot.entries()
        for version in entry.versions
        for fault in vector_faults(snapshot, entry.id, version)
    ]


def word_faults(connection: sqlite3.Connection, snapshot: Snapshot) -> list[str]:
    """Whether full text finds something else than a rebuilt table would."""
    with closing(sqlite3.connect(":memory:")) as rebuilt:
        rebuilt.executescript(TABLES)
        rebuilt.executemany(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)", expected_words(snapshot)
        )
        rebuilt.execute(_PLACES.format("main"))
        connection.execute(_PLACES.format("main"))
        same = all(
            connection.execute(query).fetchall() == rebuilt.execute(query).fetchall()
            for query in _WORDS
        )
    same = same and not checksums.changed_words(connection)
    return [] if same else ["full text does not find what the clauses say"]


def expected_words(snapshot: Snapshot) -> Iterator[tuple[int, str, str]]:
    """The rows of the full-text table: number, context and text of every newest clause."""
    for entry in snapshot.entries():
        clauses = snapshot.clauses_of(entry.id, entry.version)
        texts = embedded_texts(snapshot, snapshot.policy(entry.id), clauses)
        for stored, text in zip(clauses, texts, strict=True):
            yield stored.row, text.context, " ".join(text.units)
