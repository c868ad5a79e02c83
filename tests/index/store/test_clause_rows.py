from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.errors import IndexDamagedError
from index.models.embedder import ClauseVectors
from index.store.checksums import checksum
from index.store.clause_rows import StoredClause, clause_from, embedding_from
from index.types import Clause

DIMENSION = 4
VALUES = ("a@1#1", "a", "1", None, '["Data"]', 0, 9, 2, "A > Data", "[[0, 4], [5, 9]]", "key")
ONE = np.array([0, 1, 0, 0], dtype="<f4").tobytes()
TWO = np.array([[1, 0, 0, 0], [0, 0, 0, 1]], dtype="<f2").tobytes()


def _row(*values: object) -> tuple[object, ...]:
    return (7, *values, checksum(values))


def test_a_clause_comes_back() -> None:
    clause = Clause("a@1#1", "a", "1", None, ("Data",), 0, 9, 2)
    expected = StoredClause(7, clause, "A > Data", ((0, 4), (5, 9)))
    assert clause_from(_row(*VALUES)) == expected  # type: ignore[arg-type]
    numbered = clause_from(_row(*VALUES[:3], "1.2", *VALUES[4:]))  # type: ignore[arg-type]
    assert numbered == replace(expected, clause=replace(clause, number="1.2"))


@pytest.mark.parametrize(
    "row",
    [
        (*_row(*VALUES)[:-1], "another checksum"),
        (*_row(*VALUES)[:6], 1, *_row(*VALUES)[7:]),
        _row(*VALUES[:4], "[", *VALUES[5:]),
        _row(*VALUES[:9], "[1, 2]", *VALUES[10:]),
    ],
    ids=["checksum", "start", "heading path", "units"],
)
def test_a_row_that_is_not_what_was_stored(row: tuple[object, ...]) -> None:
    with pytest.raises(IndexDamagedError, match="damaged clause, 'a@1#1': run 'policy-assistant"):
        clause_from(row)  # type: ignore[arg-type]


def test_vectors_come_back() -> None:
    vectors = embedding_from(ONE, TWO, checksum((ONE, TWO)), DIMENSION)
    assert isinstance(vectors, ClauseVectors)
    assert vectors.clause.tolist() == [0, 1, 0, 0]
    assert vectors.units.tolist() == [[1, 0, 0, 0], [0, 0, 0, 1]]
    assert {vectors.clause.dtype, vectors.units.dtype} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("clause", "units", "message"),
    [
        (None, None, "lacks vectors of a clause"),
        (ONE[:-2], TWO, "holds half a vector"),
        (ONE, TWO[:-2], "holds half a vector"),
        (ONE * 2, TWO, "holds a vector of another length"),
        (bytes(16), TWO, "holds a vector whose length is not 1"),
        (ONE, bytes(8), "holds a vector whose length is not 1"),
        (b"\xff" * 16, TWO, "holds a vector whose length is not 1"),
    ],
)
def test_what_cannot_be_vectors(clause: bytes | None, units: bytes | None, message: str) -> None:
    with pytest.raises(IndexDamagedError, match=message):
        embedding_from(clause, units, checksum((clause, units)), DIMENSION)


def test_vectors_that_were_changed() -> None:
    with pytest.raises(IndexDamagedError, match="holds other vectors than were stored"):
        embedding_from(ONE, TWO, checksum((TWO, ONE)), DIMENSION)
