from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from ui.history.chat_file import make_tables
from ui.history.checksums import changed_sums, note_sum


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """Two questions of one conversation, each with its checksum."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        make_tables(opened)
        opened.execute("PRAGMA foreign_keys = ON")
        opened.execute("INSERT INTO conversations VALUES ('c', 'me')")
        for id_ in ("one", "two"):
            row = (id_, "c", f"{id_}?", "2026-01-01", None, "{}")
            opened.execute("INSERT INTO questions VALUES (NULL, ?, ?, ?, ?, ?, ?)", row)
            note_sum(opened, id_)
        yield opened


@pytest.mark.parametrize(
    ("statement", "changed"),
    [
        ("SELECT 1", []),
        ("UPDATE questions SET question = 'x' WHERE id = 'one'", ["one"]),
        ("INSERT INTO feedback VALUES ('two', 'right', '')", ["two"]),
        ("UPDATE conversations SET browser = 'you'", ["one", "two"]),
    ],
)
def test_what_was_changed_is_found(
    connection: sqlite3.Connection, statement: str, changed: list[str]
) -> None:
    connection.execute(statement)
    assert changed_sums(connection) == changed
    for id_ in changed:
        note_sum(connection, id_)
    assert changed_sums(connection) == []


def test_a_question_that_is_gone_is_found(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM questions WHERE id = 'one'")
    assert changed_sums(connection) == ["one"]
