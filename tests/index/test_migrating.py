"""An index as format 1 left it: read as it is, and brought up by the next write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.adding import add_files
from index.snapshot import Snapshot
from index.store import FORMAT, Store
from index.versions import DatedBy
from tests.conftest import FakeEmbedder, no_progress

FILES = {
    "doc": "We keep logs. Last updated: 1 May 2020.\n",
    "front": "---\neffective: 2021-06-07\n---\nWe keep logs.\n",
    "none": "We keep no date.\n",
}
DATES = {
    "doc": ("2020-05-01", DatedBy.DOCUMENT),
    "front": ("2021-06-07", DatedBy.FRONT_MATTER),
    "none": ("2022-03-04", DatedBy.ADDED),
}


@pytest.fixture
def old(store: Store, tmp_path: Path) -> Store:
    """An index of format 1 with two versions of each of three policies."""
    for ending in ("", "\nMore of it.\n"):
        for name, text in FILES.items():
            (tmp_path / f"{name}.md").write_text(text + ending, encoding="utf-8")
        add_files(store, FakeEmbedder(), [tmp_path / f"{n}.md" for n in FILES], no_progress)
    with closing(sqlite3.connect(store.database)) as connection:
        connection.executescript(
            """ALTER TABLE versions DROP COLUMN date; ALTER TABLE versions DROP COLUMN dated_by;
               UPDATE versions SET added_at = '2022-03-04T05:06:07.000+00:00';
               DROP TABLE digests;
               UPDATE meta SET value = '1' WHERE key = 'format';"""
        )
    return store


def _format(store: Store) -> str:
    with closing(sqlite3.connect(store.database)) as connection:
        (value,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return str(value)


def _texts(store: Store) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(store.database)) as connection:
        return connection.execute(
            "SELECT policy_id, version, text FROM versions ORDER BY rowid"
        ).fetchall()


def _dates(store: Store) -> dict[str, set[tuple[str, DatedBy]]]:
    with Snapshot.of(store) as snapshot:
        return {
            name: {(each.date, each.dated_by) for each in snapshot.versions(name)} for name in FILES
        }


def test_it_is_read_as_it_is(old: Store) -> None:
    reopened = Store.open(old.folder, old.model)
    assert _dates(reopened) == {name: {date} for name, date in DATES.items()}
    with Snapshot.of(reopened) as snapshot:
        assert [len(entry.versions) for entry in snapshot.entries()] == [2, 2, 2]
        assert [each.newest for each in snapshot.versions("doc")] == [True, False]
        assert snapshot.policy("front").effective_date == "2021-06-07"
    assert _format(old) == "1"


def test_the_next_write_brings_it_up_and_loses_no_text(old: Store, tmp_path: Path) -> None:
    before, dates = _texts(old), _dates(old)
    assert len(before) == 6
    path = tmp_path / "new.md"
    path.write_text("We keep more.", encoding="utf-8")
    add_files(Store.open(old.folder, old.model), FakeEmbedder(), [path], no_progress)
    assert _format(old) == str(FORMAT) == "2"
    assert _texts(old)[:6] == before
    assert _dates(old) == dates
    with Snapshot.of(old) as snapshot:
        assert len(snapshot.entries()) == 4


def test_a_migration_that_is_interrupted_changes_nothing(
    old: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(text: str) -> None:
        raise KeyboardInterrupt

    before = _texts(old)
    monkeypatch.setattr("index.migrating.stated_date", interrupted)
    with pytest.raises(Exception), old.writing():  # noqa: B017, PT011 - SQLite wraps what it was
        pass
    monkeypatch.undo()
    assert (_format(old), _texts(old)) == ("1", before)
    with old.writing():
        assert _format(old) == "2"
