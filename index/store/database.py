"""The index folder, of which SQLite is the truth: its schema, opening, reading and writing it."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.clauses.split import SPLITTER
from index.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexDiskError,
    IndexError_,
    IndexMismatchError,
    IndexMissingError,
)
from index.store import checksums
from index.store.folder_lock import folder_lock
from index.store.full_text import TABLES
from index.store.sqlite_file import Fault, connect, fault_of, has_log, in_short, is_cut, log_of

_DATABASE = "index.sqlite3"
_DRAFT = "index.new"
_LOCK = "write.lock"
_CACHE = "vectors.json"  # never there without an index
_DRAFTS = "vectors.*.new"
FORMAT = 3
REPAIR = "run 'policy-assistant doctor --repair'"
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE policies (
    id TEXT PRIMARY KEY,
    version TEXT NOT NULL,          -- the newest: the one that questions go to
    provider TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE,      -- absolute: the same path is the same policy
    file_sha256 TEXT NOT NULL,
    splitter TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    policy_id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    media_type TEXT NOT NULL,
    effective_date TEXT,
    added_at TEXT NOT NULL,
    text TEXT NOT NULL,
    date TEXT NOT NULL,             -- ISO
    dated_by TEXT NOT NULL,         -- DatedBy
    PRIMARY KEY (policy_id, version)
);
CREATE TABLE clauses (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- the id in FAISS and in full text; never reused
    id TEXT NOT NULL UNIQUE,
    policy_id TEXT NOT NULL,
    version TEXT NOT NULL,
    number TEXT,
    heading_path TEXT NOT NULL,     -- JSON list
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    page INTEGER,
    context TEXT NOT NULL,
    units TEXT NOT NULL,            -- JSON list of [start, end] in the policy's text
    embedding TEXT NOT NULL,        -- sha256 of the embedded text
    checksum TEXT NOT NULL          -- of the row
);
CREATE INDEX clauses_by_policy ON clauses (policy_id, version, start);
CREATE TABLE embeddings (
    model TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    clause BLOB NOT NULL,           -- float32, little-endian
    units BLOB NOT NULL,            -- float16, little-endian, one row per unit
    checksum TEXT NOT NULL,         -- of both
    PRIMARY KEY (model, sha256)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Store:
    """An open index folder, made with the embedding model `model`; vectors have `dimension`."""

    folder: Path
    model: str
    dimension: int

    @property
    def database(self) -> Path:
        return self.folder / _DATABASE

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is an index. Raises IndexDamagedError where only remains of one are."""
        database = folder / _DATABASE
        if database.is_file():
            return True
        left = [file.name for file in (log_of(database), folder / _CACHE) if file.exists()]
        if left:
            raise IndexDamagedError(
                f"{str(database)!r} is gone, though {left[0]} beside it is there: restore it from "
                f"a backup, or {REPAIR}, which sets aside what is left, and add the files again"
            )
        return False

    @classmethod
    def open(cls, folder: Path, model: str | None = None) -> Store:
        """Opens an existing index. `model`, if given, is the embedding identity it must have.

        Raises IndexMissingError, IndexMismatchError, IndexDamagedError or IndexDiskError, each
        with the remedy.
        """
        if not cls.exists(folder):
            raise IndexMissingError(
                f"there is no index in {str(folder)!r}: run 'policy-assistant add FILE...' first"
            )
        with _connection(folder / _DATABASE) as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        return cls._checked(folder, meta, model)

    @classmethod
    def open_or_create(cls, folder: Path, model: str, dimension: int) -> Store:
        """Opens the index, or creates an empty one where there is none."""
        if cls.exists(folder):
            return cls.open(folder, model)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _denied(folder, error) from error
        with cls(folder, model, dimension).writing():
            if not cls.exists(folder):
                draft = folder / _DRAFT
                draft.unlink(missing_ok=True)
                # A process that is killed before the last step leaves no half-made index behind.
                make_database(draft, model, dimension)
                draft.replace(folder / _DATABASE)
        return cls.open(folder, model)

    @classmethod
    def _checked(cls, folder: Path, meta: dict[str, str], model: str | None) -> Store:
        where = str(folder)
        if meta.get("format") != str(FORMAT):
            raise IndexMismatchError(
                f"the index in {where!r} has format {meta.get('format')}, this version reads "
                f"format {FORMAT}: update policy-assistant, or add the files to a new index with "
                "--index"
            )
        missing = {key for key in ("dimension", "generation") if not meta.get(key, "").isdecimal()}
        missing |= {"model"} - meta.keys()
        if missing:
            raise IndexDamagedError(
                f"the index in {where!r} does not say its {', '.join(sorted(missing))}: {REPAIR}"
            )
        if model is not None and meta["model"] != model:
            raise IndexMismatchError(
                f"the index in {where!r} was made with the embedding model {meta['model']!r}, not "
                f"{model!r}: ask with that model, or add the files to a new index with --index"
            )
        return cls(folder, meta["model"], int(meta["dimension"]))

    @contextmanager
    def reading(self, checked: bool = True) -> Iterator[sqlite3.Connection]:
        """One consistent state of the index, whatever is written meanwhile.

        Raises IndexDamagedError where it is not what was stored, unless `checked` is False.
        """
        with _connection(self.database) as connection:
            connection.execute("BEGIN")
            try:
                if checked:
                    self._check(connection)
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is committed whole or not at all. Use inside `writing`."""
        with _connection(self.database) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def checkpoint(self) -> None:
        """Empties the write-ahead log, so that nothing that was deleted is left in it."""
        with _connection(self.database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps other writers out. Raises IndexBusyError at once if there is one.

        Raises IndexDamagedError where the index is not what was stored: nothing is written to it.
        """
        with write_lock(self.folder):
            # A process that was killed while it wrote the FAISS cache has left drafts of it.
            for draft in self.folder.glob(_DRAFTS):
                draft.unlink(missing_ok=True)
            if self.exists(self.folder):
                with self.transaction() as connection:
                    self._check(connection)
            yield

    def _check(self, connection: sqlite3.Connection) -> None:
        """Compares what is stored with its digests, once for each state."""
        state = (str(self.folder), state_of(connection))
        if state in _SOUND:
            return
        if is_cut(self.database):
            raise IndexDamagedError(f"{str(self.database)!r} has lost its end: {REPAIR}")
        if checksums.changed_words(connection):
            raise IndexDamagedError(
                f"the full text in {str(self.database)!r} is not what was stored: {REPAIR}"
            )
        changed = checksums.changed_contents(connection)
        if changed:
            raise IndexDamagedError(
                f"{str(self.database)!r} does not hold what was stored of {changed[0]!r}"
                f"{f' and {len(changed) - 1} more' if changed[1:] else ''}: {REPAIR}"
            )
        _SOUND.add(state)


_SOUND: set[tuple[str, str]] = set()
"""The (folder, state) of each index that this process has checked."""


def state_of(connection: sqlite3.Connection) -> str:
    """The name of a state of an index: no other state of any index has the same."""
    meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    return f"{meta['generation']}-{meta.get('state', '')}"


def write_lock(folder: Path) -> AbstractContextManager[None]:
    """Keeps other writers out of the index. Raises IndexBusyError at once if there is one."""
    busy = IndexBusyError(
        f"another process is writing to the index in {str(folder)!r}: wait until it is done, then "
        "try again"
    )
    return folder_lock(folder / _LOCK, busy=busy, denied=lambda error: _denied(folder, error))


@contextmanager
def _connection(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection in autocommit mode. Errors of SQLite while it is open become IndexError_."""
    try:
        connection = connect(database)
        try:
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise _unusable(database, error) from error


def _unusable(database: Path, error: sqlite3.Error) -> IndexError_:
    said = in_short(error)
    match fault_of(error):
        case Fault.BUSY:
            return IndexBusyError(f"the index {str(database)!r} is busy: try again")
        case Fault.FULL:
            return IndexDiskError(
                f"no space is left on the disk of {str(database)!r} ({said}): free some, then try "
                "again; the index is as it was"
            )
        case Fault.DENIED:
            pending = " (and once from where it can be written to)" if has_log(database) else ""
            return IndexDiskError(
                f"cannot use the index {str(database)!r} ({said}): check the path, its rights and "
                f"the disk, then try again{pending}; the index is as it was"
            )
        case Fault.DAMAGED:
            return IndexDamagedError(
                f"cannot use the index {str(database)!r}: it is damaged ({said}): {REPAIR}"
            )


def _denied(folder: Path, error: OSError) -> IndexDiskError:
    return IndexDiskError(
        f"cannot write to the index in {str(folder)!r} ({error.strerror or error}): check the "
        "path, its rights and the disk; the index is as it was"
    )


def make_database(file: Path, model: str, dimension: int) -> None:
    """An empty index in a new file."""
    with _connection(file) as connection:
        connection.executescript(_SCHEMA + checksums.TABLE + TABLES)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("format", str(FORMAT)),
                ("model", model),
                ("dimension", str(dimension)),
                ("splitter", SPLITTER),
                ("generation", "0"),
                ("state", secrets.token_hex(8)),
            ],
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
