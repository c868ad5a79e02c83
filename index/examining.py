"""Does an index hold what it should? What a reader takes for granted, looked at in full."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from index import digests
from index.clauses import unit_texts
from index.embedder import EmbeddingText
from index.errors import IndexDamagedError
from index.full_text import TABLES
from index.snapshot import Snapshot, StoredClause
from index.store import REPAIR
from index.types import Policy

_PLACES = "CREATE VIRTUAL TABLE temp.places USING fts5vocab ({}, words, instance)"
_WORDS = (
    "SELECT rowid, context, text FROM words ORDER BY rowid",
    "SELECT id, sz FROM words_docsize ORDER BY id",
    "SELECT term, doc, col, offset FROM places ORDER BY term, doc, col, offset",
)


def embedded_texts(
    snapshot: Snapshot, policy: Policy, clauses: Sequence[StoredClause]
) -> list[EmbeddingText]:
    """What was embedded of the clauses of a version, made again from its text.

    Raises IndexDamagedError where a clause is not what was made of the text.
    """
    keys = snapshot.embedding_keys(policy.id, policy.version)
    found: list[EmbeddingText] = []
    for each in clauses:
        made = (EmbeddingText(each.context, units) for units in unit_texts(policy, each.units))
        right = next((text for text in made if text.sha256 == keys[each.row]), None)
        if right is None:
            raise IndexDamagedError(
                f"the clauses of {policy.id}@{policy.version} are not those of its text: {REPAIR}"
            )
        found.append(right)
    return found


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
                policy = snapshot.policy(entry.id, version)
            except IndexDamagedError:
                found.append(f"the text of {entry.id}@{version} is not what was added")
                continue
            try:
                whole = covers(policy.text, snapshot.clauses_of(entry.id, version))
            except (IndexDamagedError, TypeError):
                whole = False
            if not whole:
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
    same = same and not digests.changed_words(connection)
    return [] if same else ["full text does not find what the clauses say"]


def expected_words(snapshot: Snapshot) -> Iterator[tuple[int, str, str]]:
    """The rows of the full-text table: number, context and text of every newest clause."""
    for entry in snapshot.entries():
        clauses = snapshot.clauses_of(entry.id, entry.version)
        texts = embedded_texts(snapshot, snapshot.policy(entry.id), clauses)
        for each, text in zip(clauses, texts, strict=True):
            yield each.row, text.context, " ".join(text.units)
