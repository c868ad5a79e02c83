"""Searching versions that are not, or not all, the newest: exact, and built when asked for.

FAISS and full text hold newest versions alone. Of any other the clauses and their vectors are in
SQLite all the same; here they are put side by side in memory: vectors compared one by one, words
in a full-text table like that of the index.
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
        policies: Sequence[str],
        vectors: Vectors,
        words: Sequence[tuple[int, str, str]],
    ) -> None:
        self._rows = np.asarray(rows, dtype=np.int64)
        self._policies = np.asarray(policies, dtype=object)
        self._vectors = vectors
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.executescript(TABLES)
        self._connection.executemany(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)", words
        )

    @classmethod
    def of(cls, snapshot: Snapshot, versions: Mapping[str, str]) -> VersionIndex:
        """Of the versions (id to version); the snapshot must hold them."""
        rows: list[int] = []
        policies: list[str] = []
        vectors: list[Vectors] = []
        words: list[tuple[int, str, str]] = []
        for policy_id, version in versions.items():
            policy = snapshot.policy(policy_id, version)
            numbers, made = snapshot.version_vectors(policy_id, version)
            rows += numbers
            policies += [policy_id] * len(numbers)
            vectors.append(made)
            for stored in snapshot.clauses_of(policy_id, version):
                units = (plain(policy.text[a:b], policy.media_type) for a, b in stored.units)
                words.append((stored.row, stored.context, " ".join(units)))
        return cls(rows, policies, np.concatenate(vectors), words)

    @property
    def size(self) -> int:
        return len(self._rows)

    def search(
        self, query: Vectors, k: int, policy_ids: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        """The `k` clauses nearest to a query vector (dimension,), as (row, cosine), best first."""
        wanted = slice(None) if policy_ids is None else np.isin(self._policies, list(policy_ids))
        rows, scores = self._rows[wanted], self._vectors[wanted] @ query
        order = np.lexsort((rows, -scores))[:k]
        return [(int(rows[at]), float(scores[at])) for at in order]

    def match(
        self, expression: str, limit: int, policy_ids: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        """As `Snapshot.match`: row and BM25 score of the clauses that the expression finds."""
        found = self._connection.execute(
            f"""SELECT rowid, {BM25} AS score FROM words WHERE words MATCH ?
               ORDER BY score DESC, rowid""",
            (expression,),
        ).fetchall()
        if policy_ids is not None:
            kept = set(self._rows[np.isin(self._policies, list(policy_ids))].tolist())
            found = [pair for pair in found if pair[0] in kept]
        return found[:limit]

    def document_frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """As of `Snapshot`: in how many of the clauses each stemmed term stands."""
        return document_frequencies(self._connection, terms)
