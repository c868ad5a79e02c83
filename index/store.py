"""The index folder: SQLite is the truth. Opening, the schema, and who may write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.clauses import SPLITTER
from index.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, IndexMissingError
from index.full_text import TABLES
from index.migrating import FORMAT, OLD, migrate, show_as_newest

_DATABASE = "index.sqlite3"
_LOCK = "write.lock"
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE policies (
    id TEXT PRIMARY KEY,
    version TEXT NOT NULL,          -- the newest one: what questions go to
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
    date TEXT NOT NULL DEFAULT '',      -- ISO; never empty
    dated_by TEXT NOT NULL DEFAULT '',  -- DatedBy
    PRIMARY KEY (policy_id, version)
);
CREATE TABLE clauses (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- the id in FAISS and in full text; never used twice
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
    embedding TEXT NOT NULL         -- sha256 of the embedded text
);
CREATE INDEX clauses_by_policy ON clauses (policy_id, version, start);
CREATE TABLE embeddings (
    model TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    clause BLOB NOT NULL,           -- float32, little-endian
    units BLOB NOT NULL,            -- float16, little-endian, one row a unit
    PRIMARY KEY (model, sha256)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Store:
    """An index folder that was opened: made with `model`, vectors of length `dimension`."""

    folder: Path
    model: str
    dimension: int

    @property
    def database(self) -> Path:
        return self.folder / _DATABASE

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is an index in the folder."""
        return (folder / _DATABASE).is_file()

    @classmethod
    def open(cls, folder: Path, model: str | None = None) -> Store:
        """Opens an existing index. `model`, if given, is the embedding identity it must have.

        Raises IndexMissingError, IndexMismatchError or IndexDamagedError, each with the remedy.
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
        """Opens the index, or makes an empty one where there is none."""
        if cls.exists(folder):
            return cls.open(folder, model)
        folder.mkdir(parents=True, exist_ok=True)
        with cls(folder, model, dimension).writing():
            if not cls.exists(folder):
                _create(folder / _DATABASE, model, dimension)
        return cls.open(folder, model)

    @classmethod
    def _checked(cls, folder: Path, meta: dict[str, str], model: str | None) -> Store:
        where = str(folder)
        if meta.get("format") not in {str(FORMAT), str(OLD)}:
            raise IndexMismatchError(
                f"the index in {where!r} has format {meta.get('format')}, this version reads "
                f"{FORMAT} and {OLD}: update policy-assistant, or add the files to a new index "
                "with --index"
            )
        missing = {"model", "dimension", "generation"} - meta.keys()
        if missing:
            raise IndexDamagedError(
                f"the index in {where!r} does not say its {', '.join(sorted(missing))}: "
                "add the files to a new index with --index"
            )
        if model is not None and meta["model"] != model:
            raise IndexMismatchError(
                f"the index in {where!r} was made with the embedding model {meta['model']!r}, not "
                f"{model!r}: ask with that model, or add the files to a new index with --index"
            )
        return cls(folder, meta["model"], int(meta["dimension"]))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent state of the index, whatever is written meanwhile."""
        with _connection(self.database) as connection:
            connection.execute("BEGIN")
            try:
                show_as_newest(connection)
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole or not at all. Use inside `writing()`."""
        with _connection(self.database) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def checkpoint(self) -> None:
        """Empties the write-ahead log, so that nothing deleted is left in it."""
        with _connection(self.database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps other writers out. Raises IndexBusyError at once if there is one.

        An index of the format before is brought to this one first.
        """
        lock = FileLock(self.folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise IndexBusyError(
                f"another process is writing to the index in {str(self.folder)!r}: "
                "wait until it is done, then try again"
            ) from error
        try:
            if self.exists(self.folder):
                with self.transaction() as connection:
                    migrate(connection)
            yield
        finally:
            lock.release()


@contextmanager
def _connection(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection in autocommit mode. Damage found while it is open is IndexDamagedError."""
    try:
        connection = sqlite3.connect(
            database, timeout=10, isolation_level=None, check_same_thread=False
        )
        try:
            # A deleted policy's text is overwritten, not left in free pages.
            connection.execute("PRAGMA secure_delete = ON")
            yield connection
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise IndexBusyError(f"the index {str(database)!r} is busy: try again") from error
        raise IndexDamagedError(
            f"cannot use the index {str(database)!r} ({error}): check the disk, run "
            "'policy-assistant doctor', or add the files to a new index with --index"
        ) from error


def _create(database: Path, model: str, dimension: int) -> None:
    # Made under another name first: a process killed here leaves no half-made index behind.
    draft = database.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with _connection(draft) as connection:
        connection.executescript(_SCHEMA + TABLES)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("format", str(FORMAT)),
                ("model", model),
                ("dimension", str(dimension)),
                ("splitter", SPLITTER),
                ("generation", "0"),
            ],
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    draft.replace(database)
