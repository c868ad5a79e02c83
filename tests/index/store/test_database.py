from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)
from index.store.database import FORMAT, Store
from index.store.snapshot import Snapshot


def test_an_index_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "index"
    assert not Store.exists(folder)
    store = Store.open_or_create(folder, "fake@1", 4)
    assert store == Store(folder, "fake@1", 4)
    assert Store.open_or_create(folder, "fake@1", 4) == store
    assert Store.open(folder) == Store.open(folder, "fake@1") == store
    with Snapshot.of(store) as snapshot:
        assert (snapshot.generation, snapshot.entries(), len(snapshot.clause_vectors()[0])) == (
            0,
            [],
            0,
        )


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"run 'policy-assistant add FILE\.\.\.' first"):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "open_", [Store.open, lambda folder, m: Store.open_or_create(folder, m, 4)]
)
def test_another_model_is_refused(store: Store, open_: Callable[[Path, str], Store]) -> None:
    with pytest.raises(
        IndexMismatchError, match="with the embedding model 'fake@1', not 'other@1'"
    ):
        open_(store.folder, "other@1")


@pytest.mark.parametrize("number", [FORMAT + 1, 0])
def test_another_format_is_refused(store: Store, number: int) -> None:
    with store.transaction() as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (number,))
    with pytest.raises(
        IndexMismatchError, match=f"has format {number}, this version reads format {FORMAT}"
    ):
        Store.open(store.folder)


def _read(folder: Path) -> None:
    with Snapshot.of(Store.open(folder)) as snapshot:
        snapshot.entries()
        snapshot.clause_vectors()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"garbage" * 1000,
        lambda data: data[:100],
        lambda data: data[:16] + b"\xff" * 84 + data[100:],
        lambda data: data[:100] + b"\xff" * (len(data) - 100),
        lambda data: data[: len(data) // 2],
    ],
)
def test_a_damaged_file_is_reported(store: Store, damage: Callable[[bytes], bytes]) -> None:
    store.database.write_bytes(damage(store.database.read_bytes()))
    with pytest.raises(IndexDamagedError, match="cannot use the index"):
        _read(store.folder)


@pytest.mark.parametrize("key", ["model", "dimension", "generation"])
def test_a_missing_entry_is_damage(store: Store, key: str) -> None:
    with store.transaction() as connection:
        connection.execute("DELETE FROM meta WHERE key = ?", (key,))
    with pytest.raises(IndexDamagedError, match=f"does not say its {key}: "):
        Store.open(store.folder, "fake@1")


def test_one_writer_at_a_time(store: Store) -> None:
    busy = pytest.raises(IndexBusyError, match="wait until it is done")
    with store.writing(), busy, store.writing():
        pass
    with store.writing():
        pass


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    def interrupted() -> None:
        with store.transaction() as connection:
            connection.execute("UPDATE meta SET value = 9 WHERE key = 'generation'")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with Snapshot.of(store) as snapshot:
        assert snapshot.generation == 0


def test_a_process_killed_while_making_an_index_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite3.new").write_bytes(b"half")
    (tmp_path / "index.new").write_bytes(b"half")
    assert not Store.exists(tmp_path)
    assert Store.open_or_create(tmp_path, "fake@1", 4).dimension == 4


def test_deleted_text_is_overwritten(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT INTO meta VALUES ('secret', ?)", ("Geheimnis" * 100,))
    with store.transaction() as connection:
        connection.execute("DELETE FROM meta WHERE key = 'secret'")
    with closing(sqlite3.connect(store.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"Geheimnis" not in store.database.read_bytes()
