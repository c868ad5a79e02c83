"""Opening an SQLite file that others write, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from enum import Enum
from pathlib import Path


class Fault(Enum):
    """What kept an SQLite file from being used."""

    BUSY = "busy"
    FULL = "full"  # no space left on its disk
    DENIED = "denied"  # rights, a disk that is read-only, or one that fails
    DAMAGED = "damaged"


_LONGEST = 80
_FAULTS = {
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_PERM: Fault.DENIED,
    sqlite3.SQLITE_READONLY: Fault.DENIED,
    sqlite3.SQLITE_CANTOPEN: Fault.DENIED,
    sqlite3.SQLITE_IOERR: Fault.DENIED,
}


def connect(file: Path) -> sqlite3.Connection:
    """A connection in autocommit mode that overwrites what it deletes.

    In a folder that cannot be written to, SQLite cannot create the files that it shares with other
    processes; where the log is empty, the file is read without them.
    """
    if file.exists() and not os.access(file.parent, os.W_OK) and not has_log(file):
        address = f"{file.resolve().as_uri()}?immutable=1"
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False
        )
    else:
        connection = sqlite3.connect(
            file, timeout=10, isolation_level=None, check_same_thread=False
        )
    try:
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def log_of(file: Path) -> Path:
    """SQLite's write-ahead log of the file: committed changes that are not in the file yet."""
    return file.with_name(f"{file.name}-wal")


def has_log(file: Path) -> bool:
    """Whether there is anything in the file's write-ahead log."""
    log = log_of(file)
    return log.exists() and log.stat().st_size > 0


def is_cut(file: Path) -> bool:
    """Whether the file is shorter than its header says: SQLite notices only where it reads."""
    if has_log(file):
        return False  # the log may hold the pages that are missing
    with file.open("rb") as stream:
        header = stream.read(32)
    size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    return file.stat().st_size < pages * (65536 if size == 1 else size) and not has_log(file)


def in_short(error: sqlite3.Error) -> str:
    """What an error says, on one line: some quote the data that they failed on."""
    said = " ".join(str(error).split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def fault_of(error: sqlite3.Error) -> Fault:
    """What an error means.

    The statements themselves are right, so that whatever is due neither to the disk nor to another
    process is damage.
    """
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code == sqlite3.SQLITE_IOERR_SHORT_READ:
        return Fault.DAMAGED
    return _FAULTS.get(code & 0xFF, Fault.DAMAGED)
