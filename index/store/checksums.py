"""Checksums of what is stored: SQLite itself does not notice a changed byte.

Each clause and each embedding has a checksum of its own, compared whenever it is read, so that a
damaged one costs that clause alone. A text is checked against its version, its own sha256, whenever
it is read. Everything else is covered by digests: of each policy's facts, of the list of its
clauses, and of full text, compared once for each state that a process reads.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

TABLE = """CREATE TABLE digests (
    policy_id TEXT PRIMARY KEY,
    facts TEXT NOT NULL,            -- sha256 of its rows in policies and versions, without texts
    clauses TEXT NOT NULL           -- sha256 of the checksums of its clauses
) WITHOUT ROWID;
"""
_FACTS = (
    "SELECT id, version, provider, path, file_sha256, splitter FROM policies WHERE id = ?",
    """SELECT policy_id, version, title, source, media_type, effective_date, added_at, date,
         dated_by FROM versions WHERE policy_id = ? ORDER BY rowid""",
)
_CLAUSES = ("SELECT row, version, checksum FROM clauses WHERE policy_id = ? ORDER BY row",)
_WORDS = (
    "SELECT id, block FROM words_data ORDER BY id",
    "SELECT segid, term, pgno FROM words_idx ORDER BY segid, term",
    "SELECT id, c0, c1 FROM words_content ORDER BY id",
    "SELECT id, sz FROM words_docsize ORDER BY id",
)
_WORDS_KEY = "words"  # in the table meta
_IDS = """SELECT id FROM policies UNION SELECT policy_id FROM versions
    UNION SELECT policy_id FROM clauses UNION SELECT policy_id FROM digests ORDER BY 1"""


def checksum(values: Sequence[object]) -> str:
    """The checksum of one row: 32 hexadecimal digits."""
    return _sha256([values])[:32]


def update_digests(connection: sqlite3.Connection, policy_ids: Iterable[str]) -> None:
    """Stores the digests of policies, in the transaction that has changed them."""
    for policy_id in policy_ids:
        connection.execute(
            "INSERT OR REPLACE INTO digests VALUES (?, ?, ?)",
            (
                policy_id,
                _digest(connection, _FACTS, policy_id),
                _digest(connection, _CLAUSES, policy_id),
            ),
        )


def update_words_digest(connection: sqlite3.Connection) -> None:
    """Stores the digest of full text, in the transaction that has changed it."""
    connection.execute("SELECT 1 FROM vocabulary LIMIT 1").fetchall()  # makes FTS5 flush its cache
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_WORDS_KEY, _digest(connection, _WORDS))
    )


def changed_words(connection: sqlite3.Connection) -> bool:
    """Whether full text is not what was stored; False where its digest is missing."""
    stored = connection.execute("SELECT value FROM meta WHERE key = ?", (_WORDS_KEY,)).fetchone()
    return stored is not None and stored[0] != _digest(connection, _WORDS)


def changed_contents(connection: sqlite3.Connection) -> list[str]:
    """The ids of policies whose facts or clauses are not what was stored."""
    return sorted({*changed_facts(connection), *changed_clauses(connection)}, key=repr)


def changed_facts(connection: sqlite3.Connection) -> list[str]:
    """The ids of policies whose titles, sources, dates and the like are not what was stored."""
    return _changed(connection, "facts", _FACTS)


def changed_clauses(connection: sqlite3.Connection) -> list[str]:
    """The ids of policies that have lost clauses, or have others than were stored."""
    return _changed(connection, "clauses", _CLAUSES)


def _changed(connection: sqlite3.Connection, column: str, queries: tuple[str, ...]) -> list[str]:
    stored = dict(connection.execute(f"SELECT policy_id, {column} FROM digests").fetchall())
    ids = [row[0] for row in connection.execute(_IDS).fetchall()]
    return [id_ for id_ in ids if stored.get(id_) != _digest(connection, queries, id_)]


def _digest(connection: sqlite3.Connection, queries: tuple[str, ...], *values: str) -> str:
    return _sha256(row for query in queries for row in connection.execute(query, values))


def _sha256(rows: Iterable[Sequence[object]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        for value in row:
            raw = value if isinstance(value, bytes) else repr(value).encode()
            digest.update(b"%d " % len(raw))
            digest.update(raw)
    return digest.hexdigest()
