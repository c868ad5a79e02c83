"""A checksum of all that is kept of each question: SQLite does not notice a changed byte."""

from __future__ import annotations

import hashlib
import sqlite3

_SUMMED = """SELECT questions.id, conversation, browser, questions.question, asked_at, answer,
    names, judgement, note FROM questions JOIN conversations ON conversations.id = conversation
    LEFT JOIN feedback ON feedback.question = questions.id"""


def note_sum(connection: sqlite3.Connection, id_: str) -> None:
    """Renews the checksum of a question, in the transaction that has changed it."""
    row = connection.execute(f"{_SUMMED} WHERE questions.id = ?", (id_,)).fetchone()
    if row is not None:
        connection.execute("INSERT OR REPLACE INTO sums VALUES (?, ?)", (id_, _sum(row)))


def changed_sums(connection: sqlite3.Connection) -> list[str]:
    """The ids of questions that are not what was kept, or are gone."""
    noted = dict(connection.execute("SELECT question, sha256 FROM sums").fetchall())
    current = {row[0]: _sum(row) for row in connection.execute(_SUMMED)}
    return [id_ for id_, sha256 in noted.items() if current.get(id_) != sha256]


def _sum(row: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(row).encode("utf-8")).hexdigest()
