"""What reading takes for granted of a stored version: held against it before it is kept, too."""

from __future__ import annotations

from collections.abc import Sequence

from index.clauses.split import unit_texts
from index.errors import IndexDamagedError
from index.store.database import REPAIR
from index.store.snapshot import Snapshot, StoredClause
from index.types import EmbeddingText, Policy


def text_fault(snapshot: Snapshot, policy_id: str, version: str) -> str:
    """What is wrong with the text or the clauses of a stored version, or ""."""
    try:
        policy = snapshot.policy(policy_id, version)
    except IndexDamagedError:
        return f"the text of {policy_id}@{version} is not what was added"
    try:
        stored = snapshot.clauses_of(policy_id, version)
        if not all(each.units for each in stored):
            return f"a clause of {policy_id}@{version} has nothing that can be quoted"
        if not covers(policy.text, stored):
            return f"the clauses of {policy_id}@{version} do not cover its text"
        embedded_texts(snapshot, policy, stored)
    except IndexDamagedError as error:
        return str(error).removesuffix(f": {REPAIR}")
    return ""


def vector_faults(snapshot: Snapshot, policy_id: str, version: str) -> list[str]:
    """Clauses of a stored version without vectors that a search can read, a line each.

    Raises IndexDamagedError where the clauses themselves cannot be read.
    """
    stored = snapshot.clauses_of(policy_id, version)
    vectors = snapshot.vectors_of_version(policy_id, version)
    return [
        f"the vectors of the clause {each.clause.id} cannot be read"
        for each in stored
        if each.row not in vectors or len(vectors[each.row][1]) != len(each.units)
    ]


def embedded_texts(
    snapshot: Snapshot, policy: Policy, clauses: Sequence[StoredClause]
) -> list[EmbeddingText]:
    """What was embedded of the clauses of a version, made again from its text.

    Raises IndexDamagedError where a clause is not what was made of the text.
    """
    keys = snapshot.embedding_keys(policy.id, policy.version)
    found: list[EmbeddingText] = []
    for each in clauses:
        made = (EmbeddingText(each.context, units) for units in unit_texts(policy, each.units))
        right = next((text for text in made if text.sha256 == keys[each.row]), None)
        if right is None:
            raise IndexDamagedError(
                f"the clauses of {policy.id}@{policy.version} are not those of its text: {REPAIR}"
            )
        found.append(right)
    return found


def covers(text: str, clauses: Sequence[StoredClause]) -> bool:
    """Whether they are in order, do not overlap and leave out nothing but blanks."""
    position = 0
    for each in clauses:
        start, end = each.clause.start, each.clause.end
        if start < position or text[position:start].strip():
            return False
        position = end
    return not text[position:].strip()
