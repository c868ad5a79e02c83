"""Reading one consistent state of the index."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from index.errors import IndexDamagedError, UnknownPolicyError
from index.models.embedder import Vectors
from index.store import checksums
from index.store.database import REPAIR, Store, state_of
from index.store.full_text import BM25, document_frequencies
from index.store.versions import DatedBy, PolicyVersion, sought
from index.text.sentences import Span
from index.types import Clause, Policy

_CLAUSE_COLUMNS = """clauses.row, clauses.id, clauses.policy_id, clauses.version, number,
    heading_path, start, "end", page, context, units, embedding, clauses.checksum"""
_CLAUSE = tuple[
    int, str, str, str, str | None, str, int, int, int | None, str, str, str, str
]  # a row of these columns
_OF_VERSION = "clauses.policy_id = ? AND clauses.version = ?"
_TOLERANCE = 0.01  # of a vector's length: float16 keeps three digits
_CURRENT = "JOIN policies ON policies.id = clauses.policy_id AND policies.version = clauses.version"


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A policy as `list` shows it. `versions` are the stored ones, newest first."""

    id: str
    title: str
    provider: str
    path: str
    version: str
    effective_date: str | None
    clauses: int
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredClause:
    """A clause of a newest version with what the index keeps of it.

    `row` is its id in FAISS and in full text; `units` are spans of the policy's text.
    """

    row: int
    clause: Clause
    context: str
    units: tuple[Span, ...]


class Snapshot:
    """The index as it was when `Snapshot.of` was entered; writers do not change it."""

    def __init__(self, connection: sqlite3.Connection, model: str, dimension: int) -> None:
        self._connection = connection
        self._model = model
        self._dimension = dimension
        self._unread: set[str] = set()

    @property
    def unread(self) -> frozenset[str]:
        """The ids of clauses that a search came upon so far, and had to leave out as damaged."""
        return frozenset(self._unread)

    def leave_out(self, clause_id: str) -> None:
        """Notes a clause that cannot be read: it costs itself, never the question."""
        self._unread.add(clause_id)

    @classmethod
    @contextmanager
    def of(cls, store: Store) -> Iterator[Snapshot]:
        """Opens the newest state for reading: that of the first thing read."""
        with store.reading() as connection:
            yield cls(connection, store.model, store.dimension)

    @property
    def generation(self) -> int:
        """Grows by one with every change of what can be searched."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return int(row[0])

    @property
    def state(self) -> str:
        """What no other state of any index is called."""
        return state_of(self._connection)

    def entries(self) -> list[PolicyEntry]:
        """Every policy, by id."""
        rows = self._connection.execute(
            """SELECT policies.id, versions.title, provider, path, policies.version, effective_date,
                 count(clauses.row)
               FROM policies
               JOIN versions ON versions.policy_id = policies.id
                 AND versions.version = policies.version
               LEFT JOIN clauses ON clauses.policy_id = policies.id
                 AND clauses.version = policies.version
               GROUP BY policies.id ORDER BY policies.id"""
        ).fetchall()
        versions: dict[str, list[str]] = {row[0]: [row[4]] for row in rows}
        for policy_id, version in self._connection.execute(
            "SELECT policy_id, version FROM versions ORDER BY added_at DESC, rowid DESC"
        ):
            if version not in versions[policy_id]:
                versions[policy_id].append(version)
        return [
            PolicyEntry(
                id=row[0],
                title=row[1],
                provider=row[2],
                path=row[3],
                version=row[4],
                effective_date=row[5],
                clauses=row[6],
                versions=tuple(versions[row[0]]),
            )
            for row in rows
        ]

    def versions(self, policy_id: str) -> list[PolicyVersion]:
        """The stored versions of a policy, the last added first. Raises UnknownPolicyError."""
        newest = self.policy(policy_id).version
        rows = self._connection.execute(
            """SELECT policy_id, version, title, date, dated_by, added_at,
                 (SELECT count(*) FROM clauses WHERE clauses.policy_id = versions.policy_id
                    AND clauses.version = versions.version)
               FROM versions WHERE policy_id = ? ORDER BY added_at DESC, rowid DESC""",
            (policy_id,),
        ).fetchall()
        made = [
            PolicyVersion(
                policy_id, version, title, date, DatedBy(dated_by), added, count, version == newest
            )
            for policy_id, version, title, date, dated_by, added, count in rows
        ]
        return sorted(made, key=lambda each: not each.newest)

    def holder(self, version: str) -> str | None:
        """The id of a policy that has this version, the first by id; None where none has."""
        row = self._connection.execute(
            "SELECT min(policy_id) FROM versions WHERE version = ?", (version,)
        ).fetchone()
        found: str | None = row[0]
        return found

    def policy(self, policy_id: str, version: str | None = None) -> Policy:
        """A policy's text: the newest version, or the one named. Raises UnknownPolicyError."""
        policy_id = sought(policy_id)
        version = None if version is None else sought(version)
        row = self._connection.execute(
            """SELECT id, title, source, media_type, text, versions.version, effective_date
               FROM versions JOIN policies ON id = policy_id
               WHERE policy_id = ? AND versions.version = coalesce(?, policies.version)""",
            (policy_id, version),
        ).fetchone()
        if row is None:
            named = (
                f"{policy_id!r} in version {version!r}" if version is not None else repr(policy_id)
            )
            raise UnknownPolicyError(
                f"the index holds no policy {named}: 'policy-assistant list' shows those it holds"
            )
        try:
            return Policy(*row)
        except ValueError as error:
            raise IndexDamagedError(
                f"the index holds a damaged text ({error}): {REPAIR}"
            ) from error

    def clause_at(self, policy_id: str, version: str, start: int, end: int) -> Clause | None:
        """The clause of that version that holds most of the span, or None if none touches it."""
        start, end = (min(max(0, each), sys.maxsize) for each in (start, end))  # what SQLite takes
        row = self._connection.execute(
            f"""SELECT {_CLAUSE_COLUMNS} FROM clauses
                WHERE policy_id = ? AND version = ? AND start < ? AND "end" > ?
                ORDER BY min("end", ?) - max(start, ?) DESC, start LIMIT 1""",
            (policy_id, version, end, start, end, start),
        ).fetchone()
        try:
            return _stored(row).clause if row else None
        except IndexDamagedError:
            return None

    def clauses_of(self, policy_id: str, version: str) -> list[StoredClause]:
        """All clauses of one version, in order. Raises IndexDamagedError."""
        rows = self._connection.execute(
            f"""SELECT {_CLAUSE_COLUMNS} FROM clauses
                WHERE policy_id = ? AND version = ? ORDER BY start""",
            (policy_id, version),
        )
        return [_stored(row) for row in rows]

    def embedding_keys(self, policy_id: str, version: str) -> dict[int, str]:
        """The key of the embedded text of every clause of one version, by row."""
        return dict(
            self._connection.execute(
                "SELECT row, embedding FROM clauses WHERE policy_id = ? AND version = ?",
                (policy_id, version),
            ).fetchall()
        )

    def clauses(self, rows: Sequence[int]) -> dict[int, StoredClause]:
        """The clauses with these row numbers; damaged ones are left out (see `unread`)."""
        marks = ",".join("?" * len(rows))
        found: dict[int, StoredClause] = {}
        for row in self._connection.execute(
            f"SELECT {_CLAUSE_COLUMNS} FROM clauses WHERE row IN ({marks})", list(rows)
        ):
            try:
                found[row[0]] = _stored(row)
            except IndexDamagedError:
                self.leave_out(str(row[1]))
        return found

    def rows_of(self, policy_ids: Iterable[str]) -> list[int]:
        """Row numbers of the newest clauses of the given policies. Raises UnknownPolicyError."""
        rows: list[int] = []
        for policy_id in policy_ids:
            found = self._connection.execute(
                f"SELECT row FROM clauses {_CURRENT} WHERE policy_id = ? ORDER BY row", (policy_id,)
            ).fetchall()
            if not found:
                self.policy(policy_id)
            rows.extend(row[0] for row in found)
        return rows

    def clause_vectors(self) -> tuple[list[int], Vectors]:
        """Row numbers and vectors (clauses, dimension) of all newest clauses, by row.

        Clauses without a vector that can be read are left out (see `unread`), here and below.
        """
        return self._stacked(_CURRENT, "TRUE")

    def version_vectors(self, policy_id: str, version: str) -> tuple[list[int], Vectors]:
        """Row numbers and vectors (clauses, dimension) of the clauses of any one version."""
        return self._stacked("", _OF_VERSION, policy_id, version)

    def vectors_of_version(
        self, policy_id: str, version: str
    ) -> dict[int, tuple[Vectors, Vectors]]:
        """As `vectors_of`, of all clauses of any one version."""
        return dict(self._vectors("", _OF_VERSION, policy_id, version))

    def vectors_of(self, rows: Sequence[int]) -> dict[int, tuple[Vectors, Vectors]]:
        """Of each row the clause's vector, (dimension,), and its units', (units, dimension)."""
        marks = ",".join("?" * len(rows))
        return dict(self._vectors("", f"row IN ({marks})", *rows))

    def _stacked(self, join: str, where: str, *values: object) -> tuple[list[int], Vectors]:
        rows: list[int] = []
        vectors: list[Vectors] = []
        for row, (clause, _) in self._vectors(join, where, *values):
            rows.append(row)
            vectors.append(clause)
        return rows, np.stack(vectors) if vectors else np.empty((0, self._dimension), np.float32)

    def _vectors(
        self, join: str, where: str, *values: object
    ) -> Iterator[tuple[int, tuple[Vectors, Vectors]]]:
        found = self._connection.execute(
            f"""SELECT row, clauses.id, embeddings.clause, embeddings.units, embeddings.checksum
                FROM clauses {join} LEFT JOIN embeddings ON model = ? AND sha256 = embedding
                WHERE {where} ORDER BY row""",
            (self._model, *values),
        )
        for row, clause_id, clause, units, noted in found:
            try:
                yield row, embedding_from(clause, units, noted, self._dimension)
            except IndexDamagedError:
                self.leave_out(str(clause_id))

    def match(
        self, expression: str, limit: int, policy_ids: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        """Row and BM25 score (higher is better) of the clauses that an FTS5 expression finds."""
        where, values = "", []
        if policy_ids is not None:
            where = f"AND clauses.policy_id IN ({','.join('?' * len(policy_ids))})"
            values = list(policy_ids)
        return self._connection.execute(
            f"""SELECT words.rowid, {BM25} AS score FROM words
                JOIN clauses ON clauses.row = words.rowid
                WHERE words MATCH ? {where} ORDER BY score DESC, words.rowid LIMIT ?""",
            (expression, *values, limit),
        ).fetchall()

    def uses_word(self, word: str, but_not: str) -> bool:
        """Whether a lower-case word stands so, in lower case, in any policy's text but one's."""
        rows = self._connection.execute(
            """SELECT words.text FROM words JOIN clauses ON clauses.row = words.rowid
               WHERE words MATCH ? AND policy_id != ? LIMIT 50""",
            ('text : "' + word.replace('"', '""') + '"', but_not),
        )
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        return any(pattern.search(row[0]) for row in rows)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many clauses each stemmed term stands; terms in none are left out."""
        return document_frequencies(self._connection, terms)


def embedding_from(
    clause: object, units: object, noted: object, dimension: int
) -> tuple[Vectors, Vectors]:
    """A clause's vector, (dimension,), and its units', (units, dimension), float32, as stored.

    Raises IndexDamagedError where they are missing, not what was stored, or cannot be vectors.
    """
    if not (isinstance(clause, bytes) and isinstance(units, bytes)):
        raise IndexDamagedError(f"the index lacks vectors of a clause: {REPAIR}")
    if checksums.checksum((clause, units)) != noted:
        raise IndexDamagedError(f"the index holds other vectors than were stored: {REPAIR}")
    whole = vectors_from(clause, "<f4", dimension)
    if len(whole) != 1:
        raise IndexDamagedError(f"the index holds a vector of another length: {REPAIR}")
    return whole[0], vectors_from(units, "<f2", dimension).astype(np.float32)


def vectors_from(blob: bytes, dtype: str, dimension: int) -> Vectors:
    """Stored vectors, (vectors, dimension). Raises IndexDamagedError for what cannot be one."""
    try:
        found = np.frombuffer(blob, dtype=dtype).reshape(-1, dimension)
    except ValueError as error:
        raise IndexDamagedError(f"the index holds half a vector: {REPAIR}") from error
    lengths = np.linalg.norm(found.astype(np.float32), axis=1)
    if not np.all(np.abs(lengths - 1) < _TOLERANCE):  # also where one is no number
        raise IndexDamagedError(f"the index holds a vector whose length is not 1: {REPAIR}")
    return found


def _stored(row: _CLAUSE) -> StoredClause:
    number, policy_id, clause_id = row[4], row[2], row[1]
    try:
        if checksums.checksum(row[1:-1]) != row[-1]:
            raise ValueError("it is not what was stored")
        path, spans = json.loads(row[5]), json.loads(row[10])
        units = tuple((start, end) for start, end in spans)
        clause = Clause(clause_id, policy_id, row[3], number, tuple(path), row[6], row[7], row[8])
    except (ValueError, TypeError) as error:
        raise IndexDamagedError(
            f"the index holds a damaged clause, {clause_id!r}: {REPAIR}"
        ) from error
    return StoredClause(row[0], clause, row[9], units)
