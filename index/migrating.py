"""Indexes of format 1: read as they are, and made format 2 by the next command that writes.

Format 1 kept no date of a version but the one that it states. What it lacks is reckoned from what
it has, for reading and for good in the same words; no text is touched.
"""

from __future__ import annotations

import sqlite3

from index.dates import stated_date
from index.versions import DatedBy

OLD, FORMAT = 1, 2
_DATE = "coalesce(effective_date, substr(added_at, 1, 10))"
_DATED_BY = f"""CASE WHEN effective_date IS NULL THEN '{DatedBy.ADDED}'
    WHEN effective_date = stated_date(text) THEN '{DatedBy.DOCUMENT}'
    ELSE '{DatedBy.FRONT_MATTER}' END"""


def show_as_newest(connection: sqlite3.Connection) -> None:
    """For this connection alone, format 1 reads like format 2. Use inside a transaction."""
    if _format(connection) == OLD:
        _with_dates(connection)
        connection.execute(
            f"""CREATE TEMP VIEW versions AS SELECT rowid AS rowid, *, {_DATE} AS date,
                {_DATED_BY} AS dated_by FROM main.versions"""
        )


def migrate(connection: sqlite3.Connection) -> None:
    """Makes an index of format 1 one of format 2, in the transaction that is open."""
    if _format(connection) == OLD:
        _with_dates(connection)
        for column in ("date", "dated_by"):
            connection.execute(f"ALTER TABLE versions ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
        fill_dates(connection)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(FORMAT),))


def fill_dates(connection: sqlite3.Connection) -> None:
    """Gives a date to each version that has none."""
    _with_dates(connection)
    connection.execute(
        f"UPDATE versions SET date = {_DATE}, dated_by = {_DATED_BY} WHERE date = ''"
    )


def _format(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return int(row[0])


def _with_dates(connection: sqlite3.Connection) -> None:
    connection.create_function("stated_date", 1, stated_date, deterministic=True)
