"""Copied rows of a damaged index, made to agree with each other and with their checksums.

Texts are checked against their versions, clauses against their texts; what is derived (clauses that
do not fit, vectors, full text) is rebuilt.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.clauses.split import SPLITTER, split
from index.documents.file_search import File
from index.documents.limits import DEFAULT_LIMITS
from index.documents.loader import make_policy, provider_of
from index.documents.markdown import read_markdown
from index.documents.plain_text import text_blocks
from index.documents.sandbox import read_apart
from index.errors import IndexDamagedError, IndexMismatchError, LoadError
from index.models.embedder import Embedder
from index.paths import path_of
from index.repair.examine import expected_words
from index.store import checksums
from index.store.clause_rows import embedding_from
from index.store.database import Store
from index.store.row_checks import embedded_texts, text_fault
from index.store.snapshot import Snapshot
from index.store.versions import dated
from index.store.writer import insert_embedding, save_clauses
from index.types import Document, EmbeddingText, Policy, version_of


@dataclass
class Repaired:
    """What a repair did and what it could not save, a line each."""

    done: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Mending:
    """Makes the copied rows agree with each other and with their checksums."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        store: Store,
        open_embedder: Callable[[], Embedder],
        repaired: Repaired,
    ) -> None:
        self._connection = connection
        self._snapshot = Snapshot(connection, store.model, store.dimension)
        self._store = store
        self._open = open_embedder
        self._embedder: Embedder | None = None
        self._done, self._lost = repaired.done, repaired.lost

    def mend(self) -> None:
        facts: set[str] = set()
        clauses: set[str] = set()
        if self._ask("SELECT 1 FROM digests LIMIT 1"):  # else the digests themselves are lost
            facts.update(checksums.changed_facts(self._connection))
            clauses.update(checksums.changed_clauses(self._connection))
        self._drop_damaged_texts()
        self._mend_policies()
        for policy_id in sorted(facts & {entry.id for entry in self._snapshot.entries()}):
            self._read_facts(policy_id)
        entries = self._snapshot.entries()
        for entry in entries:
            for version in entry.versions:
                policy = self._snapshot.policy(entry.id, version)
                if entry.id in clauses or text_fault(self._snapshot, entry.id, version):
                    self._split(policy, entry.path)
        self._embed_missing()
        words = list(expected_words(self._snapshot))
        self._connection.executemany(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)", words
        )
        self._done.append(f"rebuilt the full text of {len(words)} clauses")
        self._connection.execute("DELETE FROM digests")
        checksums.update_digests(self._connection, [entry.id for entry in entries])

    def _ask(self, query: str, *values: object) -> list[tuple[str, ...]]:
        return self._connection.execute(query, values).fetchall()

    def _drop_damaged_texts(self) -> None:
        """Deletes the versions whose text is not what it was, and reports them as lost."""
        named = {
            *self._ask("SELECT id, version FROM policies"),
            *self._ask("SELECT DISTINCT policy_id, version FROM clauses"),
        }
        for rowid, policy_id, version, text in self._ask(
            "SELECT rowid, policy_id, version, text FROM versions"
        ):
            if not isinstance(text, str) or version_of(text) != version:
                self._ask("DELETE FROM versions WHERE rowid = ?", rowid)
                named.add((policy_id, version))
        kept = set(self._ask("SELECT policy_id, version FROM versions"))
        ids = {policy_id for policy_id, _ in kept}
        for policy_id, version in sorted(named - kept, key=repr):
            self._ask("DELETE FROM clauses WHERE policy_id = ? AND version = ?", policy_id, version)
            rest = "" if policy_id in ids else ", and with it the policy"
            self._lost.append(f"the text of {policy_id}@{version}{rest}: add its file again")
        ids |= {policy_id for policy_id, _ in named}
        for (policy_id,) in self._ask("SELECT policy_id FROM digests"):
            if policy_id not in ids:
                self._lost.append(f"the policy {policy_id!r} with its texts: add its file again")

    def _mend_policies(self) -> None:
        """Gives every text a policy, and every policy a newest text."""
        self._ask("DELETE FROM policies WHERE id NOT IN (SELECT policy_id FROM versions)")
        last_added = """SELECT policy_id, version, title, source FROM versions AS last
            WHERE rowid = (SELECT rowid FROM versions WHERE policy_id = last.policy_id
                           ORDER BY added_at DESC, rowid DESC LIMIT 1)"""
        for policy_id, version, title, source in self._ask(last_added):
            newest = self._ask("SELECT version FROM policies WHERE id = ?", policy_id)
            if not newest:
                # Its file is unknown: the next `add` recognises it by its text.
                self._ask(
                    "INSERT INTO policies VALUES (?, ?, ?, ?, '', '')",
                    *(policy_id, version, title, self._free_path(source)),
                )
                self._lost.append(f"the provider and file of {policy_id!r}; its texts are there")
            elif not self._ask(
                "SELECT 1 FROM versions WHERE policy_id = ? AND version = ?", policy_id, *newest[0]
            ):
                self._ask(
                    "UPDATE policies SET version = ?, file_sha256 = '' WHERE id = ?",
                    *(version, policy_id),
                )
                self._done.append(f"made {version} the newest version of {policy_id!r}")

    def _free_path(self, source: str) -> str:
        while self._ask("SELECT 1 FROM policies WHERE path = ?", source):
            source += "?"
        return source

    def _read_facts(self, policy_id: str) -> None:
        """Reads title, source, dates and provider of a policy from its file again."""
        policy = self._snapshot.policy(policy_id)
        ((path,),) = self._ask("SELECT path FROM policies WHERE id = ?", policy_id)
        file, unreadable = path_of(path), ""
        try:
            document, data = _read_file(file, policy)
        except LoadError as error:
            unreadable = str(error)
            self._read_at_next_add(policy)
        else:
            policy = make_policy(document, policy_id, file)
            date, dated_by = dated(document, policy, file.stat().st_mtime)
            self._ask(
                """UPDATE versions SET title = ?, source = ?, media_type = ?, effective_date = ?,
                     date = ?, dated_by = ? WHERE policy_id = ? AND version = ?""",
                *(policy.title, policy.source, policy.media_type, policy.effective_date),
                *(date, dated_by, policy_id, policy.version),
            )
            self._ask(
                "UPDATE policies SET provider = ?, file_sha256 = ?, splitter = ? WHERE id = ?",
                *(provider_of(document, file), hashlib.sha256(data).hexdigest()),
                *(SPLITTER, policy_id),
            )
            self._done.append(f"read title, source and date of {policy_id!r} again from {path}")
        versions = self._ask("SELECT 1 FROM versions WHERE policy_id = ?", policy_id)
        if unreadable or len(versions) > 1:
            which = "" if unreadable else "older versions of "
            self._lost.append(
                f"title, source and dates of {which}{policy_id!r} may not be what was stored: "
                "'policy-assistant list --versions' shows them; its texts are right"
                + (f" ({unreadable})" if unreadable else "")
            )

    def _read_at_next_add(self, policy: Policy) -> None:
        """Makes the next `add` of its file read it, even where the file is unchanged."""
        self._ask(
            "UPDATE policies SET splitter = '' WHERE id = ? AND version = ?",
            *(policy.id, policy.version),
        )

    def _split(self, policy: Policy, path: str) -> None:
        """Splits a text into clauses again."""
        try:
            document, how = _read_file(path_of(path), policy)[0], f"from {path}"
        except LoadError as error:
            document, how = _from_text(policy, str(error))
            self._read_at_next_add(policy)
        embedder = self._opened_embedder()
        clauses = split(policy, document, embedder.count_tokens, embedder.budget)
        save_clauses(self._connection, policy, clauses)
        self._done.append(f"split {policy.id}@{policy.version} into clauses again ({how})")

    def _embed_missing(self) -> None:
        """Computes the vectors that are missing or damaged."""
        self._ask("DELETE FROM embeddings WHERE sha256 NOT IN (SELECT embedding FROM clauses)")
        missing: dict[str, EmbeddingText] = {}
        for policy_id, version in self._ask("SELECT policy_id, version FROM versions"):
            policy = self._snapshot.policy(policy_id, version)
            clauses = self._snapshot.clauses_of(policy_id, version)
            for text in embedded_texts(self._snapshot, policy, clauses):
                if not self._has_vectors(text):
                    missing[text.sha256] = text
        if not missing:
            return
        embedder = self._opened_embedder()
        if embedder.identity != self._store.model:
            raise IndexMismatchError(
                f"vectors of {len(missing)} clauses are missing, and the index was made with the "
                f"embedding model {self._store.model!r}, not {embedder.identity!r}: repair it with "
                "that model, or add the files to a new index with --index"
            )
        texts = list(missing.values())
        for batch in embedder.encode_clauses(texts):
            for index, vectors in batch:
                try:
                    insert_embedding(self._connection, self._store, texts[index], vectors)
                except IndexDamagedError as error:
                    self._lost.append(f"the vectors of {texts[index].units[0][:40]!r}: {error}")
        self._done.append(f"computed the vectors of {len(texts)} clauses again")

    def _has_vectors(self, text: EmbeddingText) -> bool:
        row = self._connection.execute(
            "SELECT clause, units, checksum FROM embeddings WHERE model = ? AND sha256 = ?",
            (self._store.model, text.sha256),
        ).fetchone()
        if row is None:
            return False
        try:
            vectors = embedding_from(row[0], row[1], row[2], self._store.dimension)
        except IndexDamagedError:
            return False
        return len(vectors.units) == len(text.units)

    def _opened_embedder(self) -> Embedder:
        if self._embedder is None:
            self._embedder = self._open()
        return self._embedder


def _from_text(policy: Policy, unreadable: str) -> tuple[Document, str]:
    """The structure of a stored text without its file, and what that lacks.

    `unreadable` says why the file cannot be read.
    """
    if policy.media_type == "text/markdown":
        document = read_markdown(policy.text.encode("utf-8"), policy.id)
        if document.text == policy.text:
            return replace(document, title=policy.title), "from its text"
    blocks = tuple(text_blocks(policy.text))
    document = Document(policy.text, blocks, policy.media_type, title=policy.title)
    return document, f"from its text: pages are lost, headings may be, as {unreadable}"


def _read_file(file: Path, policy: Policy) -> tuple[Document, bytes]:
    """The file of a policy. Raises LoadError where it is unreadable or has another text by now."""
    data = File(file).read(DEFAULT_LIMITS).data
    document = read_apart(file, data, DEFAULT_LIMITS)
    if document.text != policy.text:
        raise LoadError(f"{str(file)!r} has another text by now")
    return document, data
