"""Reading one consistent state of the index."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from index.errors import IndexDamagedError
from index.models.embedder import ClauseVectors, Vectors
from index.store.clause_rows import COLUMNS, StoredClause, clause_from, embedding_from
from index.store.database import REPAIR, Store, state_of
from index.store.full_text import BM25, document_frequencies
from index.store.versions import DatedBy, PolicyVersion, sought, unknown_policy
from index.types import Clause, Policy

_OF_VERSION = "clauses.policy_id = ? AND clauses.version = ?"
_NEWEST = "JOIN policies ON policies.id = clauses.policy_id AND policies.version = clauses.version"


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


class Snapshot:
    """The index as it was when `Snapshot.of` was entered; writers do not change it."""

    def __init__(self, connection: sqlite3.Connection, model: str, dimension: int) -> None:
        self._connection = connection
        self._model = model
        self._dimension = dimension
        self._unreadable: set[str] = set()

    @property
    def unreadable(self) -> frozenset[str]:
        """The ids of the damaged clauses that were left out of what was read so far."""
        return frozenset(self._unreadable)

    def note_unreadable(self, clause_id: str) -> None:
        """Records a damaged clause: it is left out, and the question answered without it."""
        self._unreadable.add(clause_id)

    @classmethod
    @contextmanager
    def of(cls, store: Store) -> Iterator[Snapshot]:
        """Opens the newest state for reading."""
        with store.reading() as connection:
            yield cls(connection, store.model, store.dimension)

    @property
    def generation(self) -> int:
        """Grows by one with every change of what can be searched."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return int(row[0])

    @property
    def state(self) -> str:
        """The name of this state; no other state of any index has the same."""
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
            PolicyEntry(id_, title, provider, path, version, date, clauses, tuple(versions[id_]))
            for id_, title, provider, path, version, date, clauses in rows
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
        versions = [
            PolicyVersion(
                policy_id, version, title, date, DatedBy(dated_by), added, count, version == newest
            )
            for policy_id, version, title, date, dated_by, added, count in rows
        ]
        return sorted(versions, key=lambda version: not version.newest)

    def holder(self, version: str) -> str | None:
        """The id of a policy that has this version, the first by id; None where none has."""
        row = self._connection.execute(
            "SELECT min(policy_id) FROM versions WHERE version = ?", (version,)
        ).fetchone()
        policy_id: str | None = row[0]
        return policy_id

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
            raise unknown_policy(policy_id, version)
        try:
            return Policy(*row)
        except ValueError as error:
            raise IndexDamagedError(
                f"the index holds a damaged text ({error}): {REPAIR}"
            ) from error

    def clause_at(self, policy_id: str, version: str, start: int, end: int) -> Clause | None:
        """The clause of that version that holds most of the span.

        None where no clause touches it, and where that clause is damaged.
        """
        # SQLite takes no larger integers.
        start, end = (min(max(0, offset), sys.maxsize) for offset in (start, end))
        row = self._connection.execute(
            f"""SELECT {COLUMNS} FROM clauses
                WHERE policy_id = ? AND version = ? AND start < ? AND "end" > ?
                ORDER BY min("end", ?) - max(start, ?) DESC, start LIMIT 1""",
            (policy_id, version, end, start, end, start),
        ).fetchone()
        try:
            return clause_from(row).clause if row else None
        except IndexDamagedError:
            return None

    def clauses_of(self, policy_id: str, version: str) -> list[StoredClause]:
        """All clauses of one version, in order. Raises IndexDamagedError."""
        rows = self._connection.execute(
            f"""SELECT {COLUMNS} FROM clauses
                WHERE policy_id = ? AND version = ? ORDER BY start""",
            (policy_id, version),
        )
        return [clause_from(row) for row in rows]

    def embedding_keys(self, policy_id: str, version: str) -> dict[int, str]:
        """The sha256 of the embedded text of each clause of one version, by row."""
        return dict(
            self._connection.execute(
                "SELECT row, embedding FROM clauses WHERE policy_id = ? AND version = ?",
                (policy_id, version),
            ).fetchall()
        )

    def clauses(self, rows: Sequence[int]) -> dict[int, StoredClause]:
        """The clauses with these row numbers, without damaged ones (see `unreadable`)."""
        marks = ",".join("?" * len(rows))
        clauses: dict[int, StoredClause] = {}
        for row in self._connection.execute(
            f"SELECT {COLUMNS} FROM clauses WHERE row IN ({marks})", list(rows)
        ):
            try:
                clauses[row[0]] = clause_from(row)
            except IndexDamagedError:
                self.note_unreadable(str(row[1]))
        return clauses

    def rows_of(self, policy_ids: Iterable[str]) -> list[int]:
        """Row numbers of the newest clauses of the given policies. Raises UnknownPolicyError."""
        rows: list[int] = []
        for policy_id in policy_ids:
            rows_of_policy = self._connection.execute(
                f"SELECT row FROM clauses {_NEWEST} WHERE policy_id = ? ORDER BY row", (policy_id,)
            ).fetchall()
            if not rows_of_policy:
                self.policy(policy_id)
            rows.extend(row[0] for row in rows_of_policy)
        return rows

    def clause_vectors(self) -> tuple[list[int], Vectors]:
        """Row numbers and vectors (clauses, dimension) of all newest clauses, by row.

        Clauses whose vectors cannot be read are left out (see `unreadable`), here and below.
        """
        return self._stacked(self._vectors(_NEWEST, "TRUE"))

    def clause_vectors_of_version(self, policy_id: str, version: str) -> tuple[list[int], Vectors]:
        """The same of the clauses of any one version."""
        return self._stacked(self._vectors("", _OF_VERSION, policy_id, version))

    def vectors_of_version(self, policy_id: str, version: str) -> dict[int, ClauseVectors]:
        """The vectors of each clause of any one version and of its units, by row."""
        return dict(self._vectors("", _OF_VERSION, policy_id, version))

    def vectors_of(self, rows: Sequence[int]) -> dict[int, ClauseVectors]:
        """The vectors of the clauses with these row numbers and of their units, by row."""
        marks = ",".join("?" * len(rows))
        return dict(self._vectors("", f"row IN ({marks})", *rows))

    def _stacked(self, by_row: Iterable[tuple[int, ClauseVectors]]) -> tuple[list[int], Vectors]:
        rows: list[int] = []
        vectors: list[Vectors] = []
        for row, embedding in by_row:
            rows.append(row)
            vectors.append(embedding.clause)
        return rows, np.stack(vectors) if vectors else np.empty((0, self._dimension), np.float32)

    def _vectors(
        self, join: str, where: str, *values: object
    ) -> Iterator[tuple[int, ClauseVectors]]:
        stored = self._connection.execute(
            f"""SELECT row, clauses.id, embeddings.clause, embeddings.units, embeddings.checksum
                FROM clauses {join} LEFT JOIN embeddings ON model = ? AND sha256 = embedding
                WHERE {where} ORDER BY row""",
            (self._model, *values),
        )
        for row, clause_id, clause, units, checksum in stored:
            try:
                yield row, embedding_from(clause, units, checksum, self._dimension)
            except IndexDamagedError:
                self.note_unreadable(str(clause_id))

    def match(
        self, expression: str, limit: int, policy_ids: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        """Row and BM25 score (higher is better) of the newest clauses that match an FTS5
        expression, best first."""
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
        """Whether a word occurs in lower case in the text of any policy but that one."""
        rows = self._connection.execute(
            """SELECT words.text FROM words JOIN clauses ON clauses.row = words.rowid
               WHERE words MATCH ? AND policy_id != ? LIMIT 50""",
            ('text : "' + word.replace('"', '""') + '"', but_not),
        )
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        return any(pattern.search(row[0]) for row in rows)

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many clauses each stemmed term occurs; terms that occur in none are left out."""
        return document_frequencies(self._connection, terms)
