"""The SQLite file of conversations in an index folder: made, opened, checked, written to."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from assistant import PolicyAssistantError
from assistant.doors import connect, is_cut
from ui.history.checksums import changed_sums
from ui.history.file_access import FILE, conversations_lock, damaged, damaged_text, unusable
from ui.history.rows import UNREADABLE

_TRIES, _PAUSE = 20, 0.1  # seconds between two tries to overwrite what was deleted
_FORMAT = 2
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    browser TEXT NOT NULL           -- the secret of the browser that it is listed to
) WITHOUT ROWID;
CREATE TABLE questions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- what the answer's address ends in
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT,                    -- JSON; null while it is incomplete
    names TEXT NOT NULL             -- JSON: what the policies were called then, by id
);
CREATE INDEX by_conversation ON questions (conversation);
CREATE TABLE feedback (
    question TEXT PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
    judgement TEXT NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sums (
    question TEXT PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL            -- see checksums.py
) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
COMMIT;
"""
_T = TypeVar("_T")
_SOUND: set[Path] = set()  # files that this process has found to be what was kept


class ChatFile:
    """The file in one index folder. Safe to share between threads and processes.

    It is made by the first `writing`. Every method raises PolicyAssistantError where the file
    cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE

    def read(self, make: Callable[[tuple[Any, ...]], _T], query: str, *values: str) -> list[_T]:
        """What `make` makes of each row; nothing where there is no file yet."""
        if not self.path.exists():
            return []
        # Reading moves the log into the file, too: the last connection that closes does.
        with conversations_lock(self.folder), self._opened() as connection:
            rows = connection.execute(query, values).fetchall()
        try:
            return [make(row) for row in rows]
        except UNREADABLE as error:
            raise damaged(self.path, " ".join(str(error).split())) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, committed at its end; the file is made where there is none."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unusable(self.path, error) from error
        with conversations_lock(self.folder):
            try:
                if not self.path.exists():
                    self._create()
            except (OSError, sqlite3.Error) as error:
                raise unusable(self.path, error) from error
            with self._opened() as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection

    def overwrite_deleted(self) -> None:
        """Moves what was deleted out of the log, once nobody reads it any more."""
        for _ in range(_TRIES):
            with conversations_lock(self.folder), self._opened() as connection:
                (busy, *_rest) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            time.sleep(_PAUSE)

    def fault(self) -> str:
        """What SQLite itself finds wrong with the file, which exists; empty where nothing is.

        Use inside `conversations_lock`.
        """
        with self._opened() as connection:
            rows = connection.execute("PRAGMA integrity_check(1)").fetchall()
        return "" if rows == [("ok",)] else damaged_text(self.path, rows[0][0])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(connect(self.path)) as connection:
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA synchronous = NORMAL")
                self._check(connection)
                yield connection
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def _check(self, connection: sqlite3.Connection) -> None:
        (format_,) = connection.execute("PRAGMA user_version").fetchone()
        if format_ == 0:
            raise damaged(self.path, "it is empty")
        if format_ != _FORMAT:
            raise PolicyAssistantError(
                f"the conversations in {str(self.path)!r} have format {format_}, this version "
                f"reads {_FORMAT}: update policy-assistant, or move the file away"
            )
        if self.path in _SOUND:
            return
        if is_cut(self.path):
            raise damaged(self.path, "its end is missing")
        if changed := changed_sums(connection):
            raise damaged(self.path, f"{len(changed)} questions in it are not what was kept")
        _SOUND.add(self.path)

    def _create(self) -> None:
        """Makes the file whole or not at all: an empty one counts as one that was cut."""
        draft = self.path.with_name(f"{FILE}.{os.getpid()}.new")
        try:
            draft.touch(mode=0o600)
            with closing(connect(draft)) as connection:
                make_tables(connection)
            with suppress(FileExistsError):  # another process was first
                os.link(draft, self.path)
        finally:
            draft.unlink(missing_ok=True)


def make_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables of an empty file."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_SCHEMA)
