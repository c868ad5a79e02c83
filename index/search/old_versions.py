"""Searching versions of which not all are the newest: exact, and built when asked for.

FAISS and the full text of the index hold newest versions alone, while SQLite has the clauses and
vectors of all. Here those of given versions are loaded into memory: vectors are compared one by
one, words searched in a full-text table like that of the index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np

from index.models.embedder import Vectors
from index.store.full_text import BM25, TABLES, document_frequencies
from index.store.snapshot import Snapshot
from index.text.markup import plain


class VersionIndex:
    """The clauses of given versions, one of each policy, searched as the newest ones are.

    How rare a word is, is counted among these clauses alone.
    """

    def __init__(
        self,
        rows: Sequence[int],
        policy_ids: Sequence[str],
        vectors: Vectors,
        words: Sequence[tuple[int, str, str]],
    ) -> None:
        self._rows = np.asarray(rows, dtype=np.int64)
        self._policy_ids = np.asarray(policy_ids, dtype=object)
        self._vectors = vectors
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.executescript(TABLES)
        self._connection.executemany(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)", words
        )

    @classmethod
    def of(cls, snapshot: Snapshot, versions: Mapping[str, str]) -> VersionIndex:
        """The index of these versions (id to version), which the snapshot must hold."""
        rows: list[int] = []
        policy_ids: list[str] = []
        vectors: list[Vectors] = []
        words: list[tuple[int, str, str]] = []
        for policy_id, version in versions.items():
            policy = snapshot.policy(policy_id, version)
            version_rows, version_vectors = snapshot.clause_vectors_of_version(policy_id, version)
            rows += version_rows
            policy_ids += [policy_id] * len(version_rows)
            vectors.append(version_vectors)
            for stored in snapshot.clauses_of(policy_id, version):
                units = (plain(policy.text[a:b], policy.media_type) for a, b in stored.units)
                words.append((stored.row, stored.context, " ".join(units)))
        return cls(rows, policy_ids, np.concatenate(vectors), words)

    @property
    def size(self) -> int:
        return len(self._rows)

    def search(
        self, query: Vectors, k: int, policy_ids: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        """The `k` clauses nearest to a query vector (dimension,), as (row, cosine), best first."""
        chosen = slice(None) if policy_ids is None else np.isin(self._policy_ids, list(policy_ids))
        rows, scores = self._rows[chosen], self._vectors[chosen] @ query
        best = np.lexsort((rows, -scores))[:k]
        return [(int(rows[index]), float(scores[index])) for index in best]

    def match(
        self, expression: str, limit: int, policy_ids: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        """As `Snapshot.match`, of these versions."""
        matches = self._connection.execute(
            f"""SELECT rowid, {BM25} AS score FROM words WHERE words MATCH ?
               ORDER BY score DESC, rowid""",
            (expression,),
        ).fetchall()
        if policy_ids is not None:
            rows = set(self._rows[np.isin(self._policy_ids, list(policy_ids))].tolist())
            matches = [pair for pair in matches if pair[0] in rows]
        return matches[:limit]

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """As `Snapshot.document_frequencies`, of these versions."""
        return document_frequencies(self._connection, terms)
