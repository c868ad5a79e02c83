"""Rows of clauses and of their vectors as values; one that is not what was stored is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from index.errors import IndexDamagedError
from index.models.embedder import ClauseVectors, Vectors
from index.store.checksums import checksum
from index.store.database import REPAIR
from index.text.sentences import Span
from index.types import Clause

COLUMNS = """clauses.row, clauses.id, clauses.policy_id, clauses.version, number,
    heading_path, start, "end", page, context, units, embedding, clauses.checksum"""
ClauseRow = tuple[
    int, str, str, str, str | None, str, int, int, int | None, str, str, str, str
]  # a row of these columns
_TOLERANCE = 0.01  # of a vector's length: float16 keeps three digits


@dataclass(frozen=True, slots=True)
class StoredClause:
    """A clause with what the index holds of it.

    `row` is its id in FAISS and in full text; `units` are spans of the policy's text.
    """

    row: int
    clause: Clause
    context: str
    units: tuple[Span, ...]


def clause_from(row: ClauseRow) -> StoredClause:
    """The clause of a row. Raises IndexDamagedError where it is not what was stored."""
    number, clause_id, policy_id, version, *_ = row
    try:
        if checksum(row[1:-1]) != row[-1]:
            raise ValueError("it is not what was stored")
        heading_path, spans = json.loads(row[5]), json.loads(row[10])
        units = tuple((start, end) for start, end in spans)
        clause = Clause(
            clause_id, policy_id, version, row[4], tuple(heading_path), row[6], row[7], row[8]
        )
    except (ValueError, TypeError) as error:
        raise IndexDamagedError(
            f"the index holds a damaged clause, {clause_id!r}: {REPAIR}"
        ) from error
    return StoredClause(number, clause, row[9], units)


def embedding_from(
    clause: object, units: object, stored_checksum: object, dimension: int
) -> ClauseVectors:
    """The vectors that were stored for a clause and its units.

    Raises IndexDamagedError where they are missing, not what was stored, or cannot be vectors.
    """
    if not (isinstance(clause, bytes) and isinstance(units, bytes)):
        raise IndexDamagedError(f"the index lacks vectors of a clause: {REPAIR}")
    if checksum((clause, units)) != stored_checksum:
        raise IndexDamagedError(f"the index holds other vectors than were stored: {REPAIR}")
    clause_vectors = _vectors_from(clause, "<f4", dimension)
    if len(clause_vectors) != 1:
        raise IndexDamagedError(f"the index holds a vector of another length: {REPAIR}")
    unit_vectors = _vectors_from(units, "<f2", dimension).astype(np.float32)
    return ClauseVectors(clause_vectors[0], unit_vectors)


def _vectors_from(blob: bytes, dtype: str, dimension: int) -> Vectors:
    try:
        vectors = np.frombuffer(blob, dtype=dtype).reshape(-1, dimension)
    except ValueError as error:
        raise IndexDamagedError(f"the index holds half a vector: {REPAIR}") from error
    lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
    if not np.all(np.abs(lengths - 1) < _TOLERANCE):  # also true of NaN
        raise IndexDamagedError(f"the index holds a vector whose length is not 1: {REPAIR}")
    return vectors
