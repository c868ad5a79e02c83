from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.store.sqlite_file import Fault, connect, fault_of, has_log, log_of


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Fault.BUSY),
        (sqlite3.SQLITE_FULL, Fault.FULL),
        (sqlite3.SQLITE_CANTOPEN, Fault.DENIED),
        (sqlite3.SQLITE_IOERR_WRITE, Fault.DENIED),
        (sqlite3.SQLITE_IOERR_SHORT_READ, Fault.DAMAGED),
        (sqlite3.SQLITE_CORRUPT, Fault.DAMAGED),
        (sqlite3.SQLITE_NOTADB, Fault.DAMAGED),
        (sqlite3.SQLITE_ERROR, Fault.DAMAGED),
        (None, Fault.DAMAGED),
    ],
)
def test_faults(code: int | None, fault: Fault) -> None:
    error = sqlite3.OperationalError("what it says")
    if code is not None:
        error.sqlite_errorcode = code
    assert fault_of(error) is fault


def test_the_log_is_seen_while_changes_stand_in_it(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    with closing(connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        assert not has_log(file)
        connection.execute("CREATE TABLE a (b)")
        assert has_log(file)
    assert log_of(file) == tmp_path / "a.sqlite3-wal"
    assert not has_log(file)
