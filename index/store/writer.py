"""Changing the index: every change is one transaction, so that it is there whole or not at all."""

from __future__ import annotations

import datetime
import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from index.clauses.split import SPLITTER, ClauseText
from index.errors import IndexDamagedError
from index.models.embedder import ClauseVectors
from index.store import checksums
from index.store.clause_rows import embedding_from
from index.store.database import Store
from index.store.row_checks import text_fault, vector_faults
from index.store.snapshot import Snapshot
from index.store.versions import DatedBy, sought, unknown_policy
from index.types import EmbeddingText, Policy


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A policy that is to be stored as the newest version of its id.

    `date` and `dated_by` as in `PolicyVersion`.
    """

    policy: Policy
    date: str
    dated_by: DatedBy
    provider: str
    path: str
    file_sha256: str
    clauses: tuple[ClauseText, ...]


def save_embeddings(store: Store, vectors: Iterable[tuple[EmbeddingText, ClauseVectors]]) -> None:
    """Stores vectors under the sha256 of their text; they serve once a clause names them.

    Vectors that readers would not accept (of length zero, say) are skipped.
    """
    with store.transaction() as connection:
        for text, text_vectors in vectors:
            with suppress(IndexDamagedError):
                insert_embedding(connection, store, text, text_vectors)


def insert_embedding(
    connection: sqlite3.Connection, store: Store, text: EmbeddingText, vectors: ClauseVectors
) -> None:
    """Stores the vectors of one text in place of those it had.

    Raises IndexDamagedError for vectors that readers would not accept.
    """
    blobs = vectors.clause.astype("<f4").tobytes(), vectors.units.astype("<f2").tobytes()
    checksum = checksums.checksum(blobs)
    embedding_from(*blobs, checksum, store.dimension)
    connection.execute(
        "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?, ?)",
        (store.model, text.sha256, *blobs, checksum),
    )


_NEW_DATE = """, effective_date = excluded.effective_date, date = excluded.date,
                dated_by = excluded.dated_by"""


def save_changes(store: Store, changes: Sequence[PolicyChange]) -> dict[str, str]:
    """Makes every change the newest version of its policy, in one transaction.

    The embeddings of all clauses must have been saved. Older versions keep their text and clauses;
    only the newest is searched. What is written is read back before it is committed: a change that
    readers would not accept is left out, and the reason returned, by the id of its policy.
    """
    refused: dict[str, str] = {}
    with store.transaction() as connection:
        for change in changes:
            connection.execute("SAVEPOINT change")
            _save_change(connection, change)
            if fault := _fault(Snapshot(connection, store.model, store.dimension), change.policy):
                connection.execute("ROLLBACK TO change")
                refused[change.policy.id] = fault
            connection.execute("RELEASE change")
        changed = {change.policy.id for change in changes} - refused.keys()
        checksums.update_digests(connection, sorted(changed))
        next_state(connection)
    return refused


def _save_change(connection: sqlite3.Connection, change: PolicyChange) -> None:
    _unsearch(connection, change.policy.id)
    _save_policy(connection, change)
    for row, clause in save_clauses(connection, change.policy, change.clauses):
        connection.execute(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)",
            (row, clause.context, " ".join(clause.unit_texts)),
        )


def _fault(snapshot: Snapshot, policy: Policy) -> str:
    """Why a search could not read what was written of a policy; empty where it can."""
    return text_fault(snapshot, policy.id, policy.version) or next(
        iter(vector_faults(snapshot, policy.id, policy.version)), ""
    )


def save_same_text(
    store: Store, policy: Policy, file_sha256: str, date: str, dated_by: DatedBy
) -> None:
    """Records that a file was rewritten with the same text, and the date that it now states.

    When the file was last changed does not change the date of its text.
    """
    with store.transaction() as connection:
        connection.execute(
            "UPDATE policies SET file_sha256 = ? WHERE id = ?", (file_sha256, policy.id)
        )
        if dated_by is not DatedBy.FILE:
            connection.execute(
                """UPDATE versions SET effective_date = ?, date = ?, dated_by = ?
                   WHERE policy_id = ? AND version = ?""",
                (policy.effective_date, date, dated_by, policy.id, policy.version),
            )
        checksums.update_digests(connection, [policy.id])


def remove_policy(store: Store, policy_id: str) -> None:
    """Removes a policy with all its versions and vectors. Raises UnknownPolicyError."""
    policy_id = sought(policy_id)
    with store.transaction() as connection:
        if not connection.execute("SELECT 1 FROM policies WHERE id = ?", (policy_id,)).fetchone():
            raise unknown_policy(policy_id)
        _unsearch(connection, policy_id)
        for table, column in (
            ("clauses", "policy_id"),
            ("versions", "policy_id"),
            ("policies", "id"),
            ("digests", "policy_id"),
        ):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (policy_id,))
        connection.execute(
            "DELETE FROM embeddings WHERE sha256 NOT IN (SELECT embedding FROM clauses)"
        )
        # Full text keeps the words of a deleted row until its segments are merged.
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        next_state(connection)
    store.checkpoint()


def _unsearch(connection: sqlite3.Connection, policy_id: str) -> None:
    connection.execute(
        "DELETE FROM words WHERE rowid IN (SELECT row FROM clauses WHERE policy_id = ?)",
        (policy_id,),
    )


def _save_policy(connection: sqlite3.Connection, change: PolicyChange) -> None:
    policy = change.policy
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    connection.execute(
        """INSERT INTO policies VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
             version = excluded.version, provider = excluded.provider, path = excluded.path,
             file_sha256 = excluded.file_sha256, splitter = excluded.splitter""",
        (policy.id, policy.version, change.provider, change.path, change.file_sha256, SPLITTER),
    )
    # A text that comes back, or is split again, keeps its date unless it now states another.
    connection.execute(
        f"""INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (policy_id, version) DO UPDATE SET
              title = excluded.title, source = excluded.source, added_at = excluded.added_at,
              media_type = excluded.media_type
              {"" if change.dated_by is DatedBy.FILE else _NEW_DATE}""",
        (
            policy.id,
            policy.version,
            policy.title,
            policy.source,
            policy.media_type,
            policy.effective_date,
            now,
            policy.text,
            change.date,
            change.dated_by,
        ),
    )


def save_clauses(
    connection: sqlite3.Connection, policy: Policy, clauses: Sequence[ClauseText]
) -> list[tuple[int, ClauseText]]:
    """Stores the clauses of a version in place of those it had, and returns their row numbers."""
    rows: list[tuple[int, ClauseText]] = []
    connection.execute(
        "DELETE FROM clauses WHERE policy_id = ? AND version = ?", (policy.id, policy.version)
    )
    for clause_text in clauses:
        clause = clause_text.clause
        values = (
            clause.id,
            clause.policy_id,
            clause.version,
            clause.number,
            json.dumps(clause.heading_path, ensure_ascii=False),
            clause.start,
            clause.end,
            clause.page,
            clause_text.context,
            json.dumps(clause_text.units),
            clause_text.embedding_text.sha256,
        )
        row = connection.execute(
            """INSERT INTO clauses (id, policy_id, version, number, heading_path, start, "end",
                 page, context, units, embedding, checksum)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (*values, checksums.checksum(values)),
        ).lastrowid
        assert row is not None
        rows.append((row, clause_text))
    return rows


def next_state(connection: sqlite3.Connection) -> None:
    """Gives the index a new state, after a change of what can be searched.

    The number alone could be that of another index that was in the folder, or will be: the state
    has random digits too.
    """
    connection.execute(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"
    )
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (secrets.token_hex(8),))
    checksums.update_words_digest(connection)
