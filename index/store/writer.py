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
from index.errors import IndexDamagedError, UnknownPolicyError
from index.models.embedder import ClauseVectors
from index.store import checksums
from index.store.database import Store
from index.store.row_checks import text_fault, vector_faults
from index.store.snapshot import Snapshot, embedding_from
from index.store.versions import DatedBy, sought
from index.types import EmbeddingText, Policy


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A policy to be stored as the newest version of its id, `date` and `dated_by` as there."""

    policy: Policy
    date: str
    dated_by: DatedBy
    provider: str
    path: str
    file_sha256: str
    clauses: tuple[ClauseText, ...]
    texts: tuple[EmbeddingText, ...]


def save_embeddings(store: Store, vectors: Iterable[tuple[EmbeddingText, ClauseVectors]]) -> None:
    """Stores vectors under the sha256 of their text; they serve once a clause names them.

    Those that reading would not accept (of length zero, say) are passed over.
    """
    with store.transaction() as connection:
        for text, made in vectors:
            with suppress(IndexDamagedError):
                insert_embedding(connection, store, text, made)


def insert_embedding(
    connection: sqlite3.Connection, store: Store, text: EmbeddingText, made: ClauseVectors
) -> None:
    """Stores the vectors of one text in place of those it had.

    Raises IndexDamagedError for vectors that no reader would accept.
    """
    blobs = made.clause.astype("<f4").tobytes(), made.units.astype("<f2").tobytes()
    checksum = checksums.checksum(blobs)
    embedding_from(*blobs, checksum, store.dimension)
    connection.execute(
        "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?, ?)",
        (store.model, text.sha256, *blobs, checksum),
    )


def missing_embeddings(store: Store, texts: Sequence[EmbeddingText]) -> list[EmbeddingText]:
    """Those of the texts that have no vectors yet, each once."""
    wanted = {text.sha256: text for text in texts}
    with store.reading() as connection:
        for key in list(wanted):
            found = connection.execute(
                "SELECT 1 FROM embeddings WHERE model = ? AND sha256 = ?", (store.model, key)
            ).fetchone()
            if found:
                del wanted[key]
    return list(wanted.values())


_DATED_ANEW = """, effective_date = excluded.effective_date, date = excluded.date,
                dated_by = excluded.dated_by"""


def save_changes(store: Store, changes: Sequence[PolicyChange]) -> dict[str, str]:
    """Makes every change the newest version of its policy, in one transaction.

    The embeddings of all its texts must have been saved. Older versions keep their text and
    clauses; only the newest is searched. What is written is read again before it is kept: a change
    that a reader would not accept is left out, and why is returned, by the id of its policy.
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
        kept = [each.policy.id for each in changes if each.policy.id not in refused]
        checksums.note(connection, kept)
        next_state(connection)
    return refused


def _save_change(connection: sqlite3.Connection, change: PolicyChange) -> None:
    _unsearch(connection, change.policy.id)
    _save_policy(connection, change)
    for row, made in save_clauses(connection, change.policy, change.clauses, change.texts):
        connection.execute(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)",
            (row, made.context, " ".join(made.unit_texts)),
        )


def _fault(snapshot: Snapshot, policy: Policy) -> str:
    """Why a search could not read what was written of a policy, or ""."""
    return text_fault(snapshot, policy.id, policy.version) or next(
        iter(vector_faults(snapshot, policy.id, policy.version)), ""
    )


def save_same_text(
    store: Store, policy: Policy, file_sha256: str, date: str, dated_by: DatedBy
) -> None:
    """Notes that a file was written anew with the same text, and the date it may now state.

    The time of the file itself dates nothing anew.
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
        checksums.note(connection, [policy.id])


def remove_policy(store: Store, policy_id: str) -> None:
    """Removes a policy with all its versions and vectors. Raises UnknownPolicyError."""
    policy_id = sought(policy_id)
    with store.transaction() as connection:
        found = connection.execute("SELECT 1 FROM policies WHERE id = ?", (policy_id,)).fetchone()
        if not found:
            raise UnknownPolicyError(
                f"the index holds no policy {policy_id!r}: 'policy-assistant list' shows "
                "those it holds"
            )
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
        # What full text keeps of a deleted row goes when its parts are merged.
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
    # A text that comes back, or is split anew, keeps its date unless it now states another.
    connection.execute(
        f"""INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (policy_id, version) DO UPDATE SET
              title = excluded.title, source = excluded.source, added_at = excluded.added_at,
              media_type = excluded.media_type
              {"" if change.dated_by is DatedBy.FILE else _DATED_ANEW}""",
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
    connection: sqlite3.Connection,
    policy: Policy,
    clauses: Sequence[ClauseText],
    texts: Sequence[EmbeddingText],
) -> list[tuple[int, ClauseText]]:
    """Stores the clauses of a version in place of those it had, and gives them row numbers."""
    rows: list[tuple[int, ClauseText]] = []
    connection.execute(
        "DELETE FROM clauses WHERE policy_id = ? AND version = ?", (policy.id, policy.version)
    )
    for made, text in zip(clauses, texts, strict=True):
        clause = made.clause
        values = (
            clause.id,
            clause.policy_id,
            clause.version,
            clause.number,
            json.dumps(clause.heading_path, ensure_ascii=False),
            clause.start,
            clause.end,
            clause.page,
            made.context,
            json.dumps(made.units),
            text.sha256,
        )
        row = connection.execute(
            """INSERT INTO clauses (id, policy_id, version, number, heading_path, start, "end",
                 page, context, units, embedding, checksum)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (*values, checksums.checksum(values)),
        ).lastrowid
        assert row is not None
        rows.append((row, made))
    return rows


def next_state(connection: sqlite3.Connection) -> None:
    """Makes what follows another state of the index. A number alone would not tell it from that
    of another index in the same folder, before or after this one."""
    connection.execute(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"
    )
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (secrets.token_hex(8),))
    checksums.note_words(connection)
