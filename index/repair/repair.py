"""What `doctor --repair` does to an index: everything that can be read goes into a new file.

Readable rows are copied and mended (see `index.repair.mend`), the FAISS file is rebuilt. The
damaged file stays beside the new one, under another name.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from index.errors import IndexMismatchError
from index.models.embedder import Embedder
from index.repair.mend import Mending, Repaired
from index.repair.salvage import Row, mark_of_today, put_in_place, salvage
from index.store.database import FORMAT, Store, make_database, write_lock
from index.store.faiss_cache import load_vectors
from index.store.snapshot import Snapshot
from index.store.writer import next_state

_TABLES = {
    "meta": ("key", "value"),
    "policies": ("id", "version", "provider", "path", "file_sha256", "splitter"),
    "versions": (
        *("rowid", "policy_id", "version", "title", "source", "media_type", "effective_date"),
        *("added_at", "text", "date", "dated_by"),
    ),
    "clauses": (
        *("row", "id", "policy_id", "version", "number", "heading_path", "start", "end", "page"),
        *("context", "units", "embedding", "checksum"),
    ),
    "embeddings": ("model", "sha256", "clause", "units", "checksum"),
    "digests": ("policy_id", "facts", "clauses"),
}
_FILES_BESIDE = ("index.sqlite3-wal", "vectors.faiss", "vectors.json")


def repair(folder: Path, open_embedder: Callable[[], Embedder]) -> Repaired:
    """Makes the index in the folder usable again; deletes nothing.

    The embedder is opened only where vectors are missing. Raises IndexBusyError, IndexDiskError,
    and IndexMismatchError for another format, and where vectors are missing that another embedder
    has made.
    """
    repaired = Repaired()
    with write_lock(folder):
        database, mark = folder / "index.sqlite3", mark_of_today()
        if not database.is_file():
            _set_aside_rest(folder, mark, repaired)
            return repaired
        draft = database.with_suffix(".repaired")
        store = _rebuilt(folder, database, draft, open_embedder, repaired)
        aside = put_in_place(draft, database, mark)
        repaired.done.append(f"kept the damaged file as {aside.name}")
        with Snapshot.of(store) as snapshot:
            vectors = load_vectors(store, snapshot)
        repaired.done.append(f"rebuilt vectors.faiss: {vectors.size} clauses")
    return repaired


def _set_aside_rest(folder: Path, mark: str, repaired: Repaired) -> None:
    for file in (folder / name for name in _FILES_BESIDE):
        if file.exists():
            file.rename(file.with_name(f"{file.name}.{mark}"))
            repaired.done.append(f"set {file.name} aside as {file.name}.{mark}")
    if repaired.done:
        repaired.lost.append("index.sqlite3 is gone with everything in it: add the files again")


def _rebuilt(
    folder: Path,
    database: Path,
    draft: Path,
    open_embedder: Callable[[], Embedder],
    repaired: Repaired,
) -> Store:
    draft.unlink(missing_ok=True)
    make_database(draft, "", 0)
    salvaged = salvage(database, draft, _TABLES)
    rows = salvaged.rows
    if "digests" in salvaged.torn:
        repaired.lost.append(
            "the list of what was stored: more may be missing; compare 'policy-assistant list "
            "--versions' with your files, and add those that are missing"
        )
    meta = {key: value for key, value in rows["meta"] if isinstance(key, str)}
    model, dimension = _model(meta, rows["embeddings"], open_embedder)
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _fill(connection, rows, repaired)
        connection.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            [
                ("model", model),
                ("dimension", str(dimension)),
                ("generation", _generation(meta)),
                ("state", str(meta.get("state", ""))),
            ],
        )
        store = Store(folder, model, dimension)
        Mending(connection, store, open_embedder, repaired).mend()
        next_state(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store


def _fill(
    connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]], repaired: Repaired
) -> None:
    rejected: Counter[str] = Counter()
    for table in _TABLES.keys() - {"meta"}:
        names = ", ".join(f'"{name}"' for name in _TABLES[table])
        marks = ", ".join("?" * len(_TABLES[table]))
        for row in rows[table]:
            try:
                connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
            except sqlite3.Error:
                rejected[table] += 1
    policies, versions, clauses = (len(rows[name]) for name in ("policies", "versions", "clauses"))
    repaired.done.append(
        f"read {policies} policies, {versions} versions and {clauses} clauses of index.sqlite3"
    )
    repaired.done += [
        f"left out {count} unusable rows of {table}" for table, count in rejected.items()
    ]


def _model(
    meta: dict[str, object],
    embeddings: Sequence[Row],
    open_embedder: Callable[[], Embedder],
) -> tuple[str, int]:
    """The embedding model and its dimension: as most vectors have it, else as the index says,
    else today's."""
    if meta.get("format") is not None and str(meta["format"]) != str(FORMAT):
        raise IndexMismatchError(
            f"the index has format {meta['format']}, which this version cannot repair: update "
            "policy-assistant"
        )
    used = Counter(row[0] for row in embeddings if isinstance(row[0], str))
    lengths = Counter(len(row[2]) for row in embeddings if isinstance(row[2], bytes))
    stated, dimension = meta.get("model"), str(meta.get("dimension", ""))
    if used and lengths:
        (model, _), (length, _) = used.most_common(1)[0], lengths.most_common(1)[0]
        return (str(stated) if stated in used else model), length // 4
    if isinstance(stated, str) and dimension.isdecimal():
        return stated, int(dimension)
    embedder = open_embedder()
    return embedder.identity, embedder.dimension


def _generation(meta: dict[str, object]) -> str:
    stated = str(meta.get("generation", ""))
    return stated if stated.isdecimal() else "0"
