"""Checks of a stored version, made before a change is committed, and by `doctor`."""

from __future__ import annotations

from collections.abc import Sequence

from index.clauses.split import unit_texts
from index.errors import IndexDamagedError
from index.store.clause_rows import StoredClause
from index.store.database import REPAIR
from index.store.snapshot import Snapshot
from index.types import EmbeddingText, Policy


def text_fault(snapshot: Snapshot, policy_id: str, version: str) -> str:
    """What is wrong with the text or the clauses of a stored version; empty where nothing is."""
    try:
        policy = snapshot.policy(policy_id, version)
    except IndexDamagedError:
        return f"the text of {policy_id}@{version} is not what was added"
    try:
        clauses = snapshot.clauses_of(policy_id, version)
        if not all(clause.units for clause in clauses):
            return f"a clause of {policy_id}@{version} has nothing that can be quoted"
        if not _covers(policy.text, clauses):
            return f"the clauses of {policy_id}@{version} do not cover its text"
        embedded_texts(snapshot, policy, clauses)
    except IndexDamagedError as error:
        return str(error).removesuffix(f": {REPAIR}")
    return ""


def vector_faults(snapshot: Snapshot, policy_id: str, version: str) -> list[str]:
    """The clauses of a stored version whose vectors a search cannot read, a line each.

    Raises IndexDamagedError where the clauses themselves cannot be read.
    """
    vectors = snapshot.vectors_of_version(policy_id, version)
    return [
        f"the vectors of the clause {stored.clause.id} cannot be read"
        for stored in snapshot.clauses_of(policy_id, version)
        if stored.row not in vectors or len(vectors[stored.row].units) != len(stored.units)
    ]


def embedded_texts(
    snapshot: Snapshot, policy: Policy, clauses: Sequence[StoredClause]
) -> list[EmbeddingText]:
    """What was embedded of the clauses of a version, derived again from its text.

    Raises IndexDamagedError where a clause does not fit the text.
    """
    keys = snapshot.embedding_keys(policy.id, policy.version)
    texts: list[EmbeddingText] = []
    for stored in clauses:
        readings = (
            EmbeddingText(stored.context, units) for units in unit_texts(policy, stored.units)
        )
        embedded = next((text for text in readings if text.sha256 == keys[stored.row]), None)
        if embedded is None:
            raise IndexDamagedError(
                f"the clauses of {policy.id}@{policy.version} are not those of its text: {REPAIR}"
            )
        texts.append(embedded)
    return texts


def _covers(text: str, clauses: Sequence[StoredClause]) -> bool:
    """Whether they are in order, do not overlap and leave out nothing but blanks."""
    position = 0
    for stored in clauses:
        start, end = stored.clause.start, stored.clause.end
        if start < position or text[position:start].strip():
            return False
        position = end
    return not text[position:].strip()
