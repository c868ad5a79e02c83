"""Does an index hold what it should? What a reader takes for granted, looked at in full."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from index import digests
from index.errors import IndexDamagedError
from index.full_text import TABLES
from index.markup import plain
from index.snapshot import Snapshot, StoredClause
from index.types import Policy

_PLACES = "CREATE VIRTUAL TABLE temp.places USING fts5vocab ({}, words, instance)"
_WORDS = (
    "SELECT rowid, context, text FROM words ORDER BY rowid",
    "SELECT id, sz FROM words_docsize ORDER BY id",
    "SELECT term, doc, col, offset FROM places ORDER BY term, doc, col, offset",
)


def texts_of(policy: Policy, stored: StoredClause) -> tuple[str, ...]:
    """What is embedded and searched of the units of a clause."""
    return tuple(plain(policy.text[a:b], policy.media_type) for a, b in stored.units)


def covers(text: str, clauses: Sequence[StoredClause]) -> bool:
    """Whether they are in order, do not overlap and leave out nothing but blanks."""
    position = 0
    for each in clauses:
        start, end = each.clause.start, each.clause.end
        if start < position or text[position:start].strip():
            return False
        position = end
    return not text[position:].strip()


def database_faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    return [] if found == ["ok"] else [f"SQLite finds damage ({found[0]})"]


def policy_faults(connection: sqlite3.Connection, snapshot: Snapshot) -> list[str]:
    """Texts, clauses and facts that are not what was stored."""
    found: list[str] = []
    for entry in snapshot.entries():
        for version in entry.versions:
            try:
                text = snapshot.policy(entry.id, version).text
            except IndexDamagedError:
                found.append(f"the text of {entry.id}@{version} is not what was added")
                continue
            if not covers(text, snapshot.clauses_of(entry.id, version)):
                found.append(f"the clauses of {entry.id}@{version} do not cover its text")
    if not found and digests.noted(connection):
        changed = digests.changed_contents(connection)
        found += [f"what is stored of {each!r} is not what was" for each in changed]
    return found


def vector_faults(connection: sqlite3.Connection) -> list[str]:
    """Vectors that are not what the embedding model made."""
    if not digests.noted(connection):
        return []
    changed = digests.changed_vectors(connection)
    return [f"the vectors of {each!r} are not what was stored" for each in changed]


def word_faults(connection: sqlite3.Connection, snapshot: Snapshot) -> list[str]:
    """Whether full text finds what a table made anew would find."""
    with closing(sqlite3.connect(":memory:")) as anew:
        anew.executescript(TABLES)
        anew.executemany(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)", expected_words(snapshot)
        )
        anew.execute(_PLACES.format("main"))
        connection.execute(_PLACES.format("main"))
        same = all(
            connection.execute(query).fetchall() == anew.execute(query).fetchall()
            for query in _WORDS
        )
    return [] if same else ["full text does not find what the clauses say"]


def expected_words(snapshot: Snapshot) -> Iterator[tuple[int, str, str]]:
    """The rows of the full-text table: number, context and text of every newest clause."""
    for entry in snapshot.entries():
        policy = snapshot.policy(entry.id)
        for each in snapshot.clauses_of(entry.id, entry.version):
            yield each.row, each.context, " ".join(texts_of(policy, each))
