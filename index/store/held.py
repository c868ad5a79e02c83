"""What the index already holds of something that is about to be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.store.database import Store
from index.store.versions import DatedBy
from index.types import EmbeddingText, Policy


@dataclass(frozen=True, slots=True)
class HeldFile:
    """The file that a policy was last added from, and what came of it.

    `splitter` names the rules by which it was split into `clauses`.
    """

    policy_id: str
    version: str
    file_sha256: str
    splitter: str
    clauses: int


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version of a policy as it is stored."""

    title: str
    source: str
    text: str
    provider: str


def held_files(store: Store) -> dict[str, HeldFile]:
    """The file of each policy, by its path."""
    with store.reading() as connection:
        rows = connection.execute(
            """SELECT path, id, version, file_sha256, splitter, (SELECT count(*) FROM clauses
                 WHERE policy_id = policies.id AND clauses.version = policies.version)
               FROM policies"""
        ).fetchall()
    return {path: HeldFile(*values) for path, *values in rows}


def held_version(store: Store, policy: Policy) -> HeldVersion | None:
    """That version of that policy; None where it is new."""
    with store.reading() as connection:
        row = connection.execute(
            """SELECT title, source, text, provider FROM versions
               JOIN policies ON policies.id = policy_id
               WHERE policy_id = ? AND versions.version = ?""",
            (policy.id, policy.version),
        ).fetchone()
    return HeldVersion(*row) if row else None


def stated_date_replaced_by(store: Store, policy: Policy) -> str | None:
    """The ISO date of the version that this one will replace as the newest.

    None where there is none, or where its text and front matter state no date.
    """
    with store.reading() as connection:
        row = connection.execute(
            """SELECT date FROM versions JOIN policies ON policies.id = policy_id
               WHERE policy_id = ? AND versions.version = policies.version
                 AND policies.version != ? AND dated_by NOT IN (?, ?)""",
            (policy.id, policy.version, DatedBy.FILE, DatedBy.ADDED),
        ).fetchone()
    return row[0] if row else None


def without_vectors(store: Store, texts: Sequence[EmbeddingText]) -> list[EmbeddingText]:
    """Those of the texts that the index holds no vectors of, each once."""
    missing = {text.sha256: text for text in texts}
    with store.reading() as connection:
        for key in list(missing):
            if connection.execute(
                "SELECT 1 FROM embeddings WHERE model = ? AND sha256 = ?", (store.model, key)
            ).fetchone():
                del missing[key]
    return list(missing.values())
