"""A byte that SQLite does not miss is missed all the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.add import add_files
from index.errors import IndexDamagedError
from index.progress import no_progress
from index.store import checksums
from index.store.database import Store
from index.store.writer import remove_policy
from tests.conftest import FakeEmbedder


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(f"# Data\n\nWe keep {name}.\n", encoding="utf-8")
    add_files(store, FakeEmbedder(), [tmp_path / "a.md", tmp_path / "b.md"], no_progress)
    return store


@pytest.mark.parametrize(
    ("statement", "changed"),
    [
        ("UPDATE policies SET provider = 'x' WHERE id = 'a'", ["a"]),
        ("UPDATE versions SET date = '2000-01-01'", ["a", "b"]),
        ("DELETE FROM clauses WHERE policy_id = 'b'", ["b"]),
        ("DELETE FROM policies WHERE id = 'a'", ["a"]),
        ("DELETE FROM digests WHERE policy_id = 'a'", ["a"]),
    ],
)
def test_what_was_changed_is_named_and_neither_read_nor_written(
    filled: Store, statement: str, changed: list[str]
) -> None:
    with closing(sqlite3.connect(filled.database, isolation_level=None)) as connection:
        connection.execute(statement)
        assert checksums.changed_contents(connection) == changed
        # Another state, as a process finds it that has not looked at it yet.
        connection.execute("UPDATE meta SET value = 'new' WHERE key = 'state'")
    message = f"does not hold what was stored of {changed[0]!r}"
    for use in (filled.reading, filled.writing):
        with pytest.raises(IndexDamagedError, match=message), use():
            pass


def test_every_change_keeps_them_right(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Data\n\nWe sell a.\n", encoding="utf-8")
    add_files(filled, FakeEmbedder(), [tmp_path / "a.md"], no_progress)
    remove_policy(filled, "b")
    with filled.reading(checked=False) as connection:
        assert checksums.changed_contents(connection) == []


def test_full_text_that_was_changed_is_not_searched(filled: Store) -> None:
    with filled.reading(checked=False) as connection:
        assert not checksums.changed_words(connection)
    with closing(sqlite3.connect(filled.database, isolation_level=None)) as connection:
        connection.execute("UPDATE words_docsize SET sz = x'0909' WHERE id = 1")
        connection.execute("UPDATE meta SET value = 'new' WHERE key = 'state'")
    with pytest.raises(IndexDamagedError, match="the full text in"), filled.reading():
        pass


def test_a_file_that_was_cut_is_seen_though_nothing_is_read_there(filled: Store) -> None:
    with closing(sqlite3.connect(filled.database, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = 'new' WHERE key = 'state'")
    filled.database.write_bytes(filled.database.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError), filled.reading():
        pass
