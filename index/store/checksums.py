"""Checksums of what is stored: SQLite itself does not notice a changed byte.

Each clause and each embedding carries its own, compared whenever it is read, so that a damaged one
costs that clause alone. The text of a version is its own checksum (its version), and is checked
when it is read. Of everything else there is a sha256: of each policy's facts, of the list of its
clauses, and of full text, compared once for each state that a process reads.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

TABLE = """CREATE TABLE digests (
    policy_id TEXT PRIMARY KEY,
    facts TEXT NOT NULL,            -- sha256 of its rows in policies and versions, texts aside
    clauses TEXT NOT NULL           -- of the list of its clauses, by their own checksums
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
_WORDS_KEY = "words"
_IDS = """SELECT id FROM policies UNION SELECT policy_id FROM versions
    UNION SELECT policy_id FROM clauses UNION SELECT policy_id FROM digests ORDER BY 1"""


def checksum(values: Sequence[object]) -> str:
    """The checksum of one row: 32 hexadecimal digits."""
    return _of([values])[:32]


def note(connection: sqlite3.Connection, policy_ids: Iterable[str]) -> None:
    """Makes the checksums of policies anew, in the transaction that has changed them."""
    for policy_id in policy_ids:
        connection.execute(
            "INSERT OR REPLACE INTO digests VALUES (?, ?, ?)",
            (
                policy_id,
                _digest(connection, _FACTS, policy_id),
                _digest(connection, _CLAUSES, policy_id),
            ),
        )


def note_words(connection: sqlite3.Connection) -> None:
    """Makes the checksum of full text anew, in the transaction that has changed it."""
    connection.execute("SELECT 1 FROM vocabulary LIMIT 1").fetchall()  # writes what FTS5 holds back
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_WORDS_KEY, _digest(connection, _WORDS))
    )


def changed_words(connection: sqlite3.Connection) -> bool:
    """Whether full text is not what was stored; where nothing is noted, it is taken for that."""
    kept = connection.execute("SELECT value FROM meta WHERE key = ?", (_WORDS_KEY,)).fetchone()
    return kept is not None and kept[0] != _digest(connection, _WORDS)


def changed_contents(connection: sqlite3.Connection) -> list[str]:
    """The ids of policies of which what is stored for good is not what was stored."""
    return sorted({*changed_facts(connection), *changed_clauses(connection)}, key=repr)


def changed_facts(connection: sqlite3.Connection) -> list[str]:
    """The ids of policies whose titles, sources, dates and the like are not what was stored."""
    return _changed(connection, "facts", _FACTS)


def changed_clauses(connection: sqlite3.Connection) -> list[str]:
    """The ids of policies that have lost clauses, or have others than were stored."""
    return _changed(connection, "clauses", _CLAUSES)


def _changed(connection: sqlite3.Connection, column: str, queries: tuple[str, ...]) -> list[str]:
    kept = dict(connection.execute(f"SELECT policy_id, {column} FROM digests").fetchall())
    ids = [row[0] for row in connection.execute(_IDS).fetchall()]
    return [each for each in ids if kept.get(each) != _digest(connection, queries, each)]


def _digest(connection: sqlite3.Connection, queries: tuple[str, ...], *values: str) -> str:
    return _of(row for query in queries for row in connection.execute(query, values))


def _of(rows: Iterable[Sequence[object]]) -> str:
    made = hashlib.sha256()
    for row in rows:
        for value in row:
            raw = value if isinstance(value, bytes) else repr(value).encode()
            made.update(b"%d " % len(raw))
            made.update(raw)
    return made.hexdigest()
