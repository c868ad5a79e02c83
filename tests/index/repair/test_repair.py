from __future__ import annotations

from pathlib import Path

import pytest

from index.add import add_files
from index.errors import IndexDamagedError
from index.progress import no_progress
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import Snapshot
from tests.conftest import FakeEmbedder, letter_vector
from tests.index.repair.damaged_index import entries_in, repaired_in, seen_in


def test_a_first_page_that_is_noise(filled: Store) -> None:
    before = seen_in(filled.folder)
    data = filled.database.read_bytes()
    filled.database.write_bytes(b"noise" * 100 + data[500:])
    assert repaired_in(filled.folder).lost == []
    assert seen_in(filled.folder) == before
    (kept,) = filled.folder.glob("index.sqlite3.damaged-*")
    assert kept.read_bytes() == b"noise" * 100 + data[500:]


def test_no_database_at_all(filled: Store) -> None:
    filled.database.write_bytes(b"no database " * 1000)
    repaired = repaired_in(filled.folder)
    assert repaired.lost[0].startswith("the list of what was stored")
    assert entries_in(filled) == []


def test_an_index_that_is_gone_and_one_that_comes_after(filled: Store, tmp_path: Path) -> None:
    filled.database.unlink()
    with pytest.raises(IndexDamagedError, match=r"index\.sqlite3' is gone, though vectors\.json"):
        Store.open_or_create(filled.folder, "fake@1", 4)
    assert repaired_in(filled.folder).lost == [
        "index.sqlite3 is gone with everything in it: add the files again"
    ]
    store = Store.open_or_create(filled.folder, "fake@1", 4)
    add_files(store, FakeEmbedder(), [tmp_path / "bert.md"], no_progress)
    with Snapshot.of(store) as snapshot:
        assert load_vectors(store, snapshot).size == 2


def test_an_older_copy_of_the_database_has_no_newer_vectors(filled: Store, tmp_path: Path) -> None:
    older = filled.database.read_bytes()
    (tmp_path / "anna.md").write_text("# Data\n\nOoo.\n", encoding="utf-8")
    add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    filled.database.write_bytes(older)
    (tmp_path / "carl.md").write_text("# Data\n\nEee.\n", encoding="utf-8")
    add_files(filled, FakeEmbedder(), [tmp_path / "carl.md"], no_progress)  # generation 2, too
    with Snapshot.of(filled) as snapshot:
        rows = [row for row, _ in load_vectors(filled, snapshot).search(letter_vector("e"), 9)]
        assert sorted(rows) == sorted(snapshot.rows_of(["anna", "bert", "carl"]))
