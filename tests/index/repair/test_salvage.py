from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.repair.salvage import put_in_place, salvage, set_aside

TABLES = {"facts": ("rowid", "name", "text", "added_later"), "lost": ("rowid",)}
NUMBERS = range(1, 201)


def _make(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("CREATE TABLE facts (name TEXT, text TEXT)")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A table of 200 rows, some five of them a page."""
    file = tmp_path / "damaged.sqlite3"
    _make(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = [(f"name {number}", "x" * 80) for number in NUMBERS]
        connection.executemany("INSERT INTO facts VALUES (?, ?)", rows)
    return file


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.sqlite3"
    _make(file)
    return file


def _numbers(damaged: Path, sound: Path) -> list[object]:
    return [row[0] for row in salvage(damaged, sound, TABLES).rows["facts"]]


def test_a_file_that_is_whole(damaged: Path, sound: Path) -> None:
    salvaged = salvage(damaged, sound, TABLES)
    assert salvaged.rows["facts"][0] == (1, "name 1", "x" * 80, None)
    assert len(salvaged.rows["facts"]) == len(NUMBERS)
    assert salvaged.rows["lost"] == []
    assert salvaged.torn == {"lost"}


def test_a_damaged_page_costs_its_rows(damaged: Path, sound: Path) -> None:
    data = bytearray(damaged.read_bytes())
    page = data.index(b"name 100") // 512
    data[page * 512 : (page + 1) * 512] = b"\xff" * 512
    damaged.write_bytes(data)
    numbers = _numbers(damaged, sound)
    assert {1, 200} <= set(numbers) < set(NUMBERS)
    assert 100 not in numbers
    assert len(numbers) > 190
    assert "facts" in salvage(damaged, sound, TABLES).torn


def test_a_damaged_first_page_is_replaced(damaged: Path, sound: Path) -> None:
    data = damaged.read_bytes()
    damaged.write_bytes(b"\xff" * 512 + data[512:])
    assert _numbers(damaged, sound) == list(NUMBERS)
    assert damaged.read_bytes().startswith(b"\xff")


def test_letters_that_are_none(damaged: Path, sound: Path) -> None:
    damaged.write_bytes(damaged.read_bytes().replace(b"name 7x", b"name \xffx"))
    names = [row[1] for row in salvage(damaged, sound, TABLES).rows["facts"]]
    assert names[6] == "name \ufffd"


def test_a_file_is_set_aside_with_its_log(tmp_path: Path) -> None:
    file, log = tmp_path / "a", tmp_path / "a-wal"
    for path in (file, log, tmp_path / "a-shm"):
        path.touch()
    assert set_aside(file, "damaged") == tmp_path / "a.damaged"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.damaged", "a.damaged-wal"]


def test_a_file_is_replaced_and_kept(tmp_path: Path) -> None:
    file, draft = tmp_path / "a", tmp_path / "draft"
    file.write_text("old")
    (tmp_path / "a-wal").write_text("log")
    draft.write_text("new")
    assert put_in_place(draft, file, "damaged").read_text() == "old"
    assert file.read_text() == "new"
    assert (tmp_path / "a.damaged-wal").read_text() == "log"
    assert not (tmp_path / "a-wal").exists()
