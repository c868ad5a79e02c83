"""Reading what can still be read of a damaged SQLite file, which is never changed."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.store.sqlite_file import log_of

Row = tuple[object, ...]
_MAGIC = b"SQLite format 3\x00"
_PAGE_COUNT = slice(28, 32)  # of the header: https://www.sqlite.org/fileformat2.html
_GAP = 5_000  # row numbers that are tried one by one where a page of a table is damaged


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The rows of each table, and the tables of which some may be missing."""

    rows: Mapping[str, Sequence[Row]]
    torn: frozenset[str]


def salvage(damaged: Path, sound: Path, tables: Mapping[str, Sequence[str]]) -> Salvaged:
    """The readable rows of the tables: name to the columns wanted, the key first.

    A key called "rowid" or "row" is a row number, any other the primary key of a table without
    them. `sound` is a new file of the same schema: its first page, which says where everything
    else is, replaces a damaged one. Bytes that are not UTF-8 become U+FFFD. A column that the table
    lacks is None.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy.sqlite3"
        salvaged = _read(_copied(damaged, copy), tables)
        if not any(salvaged.rows.values()):
            salvaged = _read(_grafted(_copied(damaged, copy), sound), tables)
    return salvaged


def set_aside(file: Path, mark: str) -> Path:
    """Renames a file, with its log, to NAME.MARK, which must not exist."""
    aside = file.with_name(f"{file.name}.{mark}")
    for old, new in ((log_of(file), log_of(aside)), (file, aside)):
        if old.exists():
            old.rename(new)
    _shared_by_processes(file).unlink(missing_ok=True)
    return aside


def put_in_place(draft: Path, file: Path, mark: str) -> Path:
    """Replaces a file by `draft` and keeps it, with its log, as NAME.MARK.

    There is a file at every moment: without one, it would look as if there had never been any.
    """
    aside = file.with_name(f"{file.name}.{mark}")
    for old, new in ((log_of(file), log_of(aside)), (file, aside)):
        if old.exists():
            _keep(old, new)
    # The log would be replayed into the new file.
    log_of(file).unlink(missing_ok=True)
    _shared_by_processes(file).unlink(missing_ok=True)
    draft.replace(file)
    return aside


def _keep(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except OSError:  # not every file system has such links
        shutil.copy2(file, name)


def _shared_by_processes(file: Path) -> Path:
    """What SQLite shares between processes about a log; worthless without the log."""
    return file.with_name(f"{file.name}-shm")


def _copied(file: Path, copy: Path) -> Path:
    for old, new in ((file, copy), (log_of(file), log_of(copy))):
        new.unlink(missing_ok=True)
        if old.exists():
            shutil.copyfile(old, new)
    return copy


def _grafted(copy: Path, sound: Path) -> Path:
    first = bytearray(sound.read_bytes())
    size = int.from_bytes(first[16:18], "big")
    data = copy.read_bytes()
    first[_PAGE_COUNT] = max(len(data) // size, 1).to_bytes(4, "big")
    assert first.startswith(_MAGIC)
    copy.write_bytes(bytes(first[:size]) + data[size:])
    return copy


def _read(file: Path, tables: Mapping[str, Sequence[str]]) -> Salvaged:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        read = {name: _rows(connection, name, columns) for name, columns in tables.items()}
    return Salvaged(
        {name: list(rows.values()) for name, (rows, _) in read.items()},
        frozenset(name for name, (_, whole) in read.items() if not whole),
    )


def _rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str]
) -> tuple[dict[object, Row], bool]:
    """The readable rows by key, and whether these are all.

    Reads from the first row up to a damaged page, then from the last row back to one, then the row
    numbers between one by one.
    """
    try:
        existing = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    except sqlite3.Error:
        existing = set()
    if not existing:
        return {}, False
    key = columns[0]
    selected = ", ".join(
        f'"{name}"' if name in existing | {"rowid"} else "NULL" for name in columns
    )
    query = f"SELECT {selected} FROM {table} NOT INDEXED"
    rows: dict[object, Row] = {}
    if _read_into(rows, connection, f'{query} ORDER BY "{key}"'):
        return rows, True
    first = max((number for number in rows if isinstance(number, int)), default=0) + 1
    from_the_end: dict[object, Row] = {}
    _read_into(from_the_end, connection, f'{query} ORDER BY "{key}" DESC')
    if key in {"rowid", "row"}:
        numbers = [number for number in from_the_end if isinstance(number, int)]
        last = min(numbers, default=first + _GAP)
        for number in range(first, min(last, first + _GAP)):
            _read_into(rows, connection, f'{query} WHERE "{key}" = {number}')
    return rows | from_the_end, False


def _read_into(rows: dict[object, Row], connection: sqlite3.Connection, query: str) -> bool:
    """Adds the rows of a query; False where it fails before its end."""
    try:
        for row in connection.execute(query):
            rows[row[0] if isinstance(row[0], int) else row] = row
    except sqlite3.Error:
        return False
    return True


def mark_of_today() -> str:
    """What the name of a damaged file ends in: that it is damaged, and the time."""
    return datetime.datetime.now(datetime.UTC).strftime("damaged-%Y%m%d-%H%M%S-%f")
