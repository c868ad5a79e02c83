"""Copied rows of a damaged index, made to agree with each other and with their checksums.

Texts are held against their versions, clauses against their texts; what is derived (clauses that do
not fit, vectors, full text) is made again.
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
from index.store.database import Store
from index.store.row_checks import embedded_texts, text_fault
from index.store.snapshot import Snapshot, embedding_from
from index.store.versions import dated
from index.store.writer import insert_embedding, save_clauses
from index.types import Document, EmbeddingText, Policy, version_of


@dataclass
class Repaired:
    """What a repair did, a line each, and what it could not save."""

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
        if self._ask("SELECT 1 FROM digests LIMIT 1"):
            facts = set(checksums.changed_facts(self._connection))
            clauses = set(checksums.changed_clauses(self._connection))
        else:  # the list itself is lost
            facts, clauses = set(), set()
        self._texts()
        self._policies()
        for policy_id in sorted(facts & {entry.id for entry in self._snapshot.entries()}):
            self._facts(policy_id)
        entries = self._snapshot.entries()
        for entry in entries:
            for version in entry.versions:
                policy = self._snapshot.policy(entry.id, version)
                if entry.id in clauses or not self._fit(policy):
                    self._split(policy, entry.path)
        self._vectors()
        words = list(expected_words(self._snapshot))
        self._connection.executemany(
            "INSERT INTO words (rowid, context, text) VALUES (?, ?, ?)", words
        )
        self._done.append(f"made the full text of {len(words)} clauses again")
        self._connection.execute("DELETE FROM digests")
        checksums.note(self._connection, [entry.id for entry in entries])

    def _ask(self, query: str, *values: object) -> list[tuple[str, ...]]:
        return self._connection.execute(query, values).fetchall()

    def _texts(self) -> None:
        """Keeps the versions whose text is what it was, and says which those are not."""
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
        for (policy_id,) in self._ask("SELECT policy_id FROM digests"):
            if policy_id not in ids | {each for each, _ in named}:
                self._lost.append(f"the policy {policy_id!r} with its texts: add its file again")

    def _policies(self) -> None:
        """Every text has a policy, and every policy a newest text."""
        self._ask("DELETE FROM policies WHERE id NOT IN (SELECT policy_id FROM versions)")
        last = """SELECT policy_id, version, title, source FROM versions AS each
            WHERE rowid = (SELECT rowid FROM versions WHERE policy_id = each.policy_id
                           ORDER BY added_at DESC, rowid DESC LIMIT 1)"""
        for policy_id, version, title, source in self._ask(last):
            found = self._ask("SELECT version FROM policies WHERE id = ?", policy_id)
            if not found:
                # No file is noted: the next `add` of it is told from its text.
                self._ask(
                    "INSERT INTO policies VALUES (?, ?, ?, ?, '', '')",
                    *(policy_id, version, title, self._free_path(source)),
                )
                self._lost.append(f"the provider and file of {policy_id!r}; its texts are there")
            elif not self._ask(
                "SELECT 1 FROM versions WHERE policy_id = ? AND version = ?", policy_id, *found[0]
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

    def _facts(self, policy_id: str) -> None:
        """Reads what is said of a policy anew from its file; what the file does not say stays."""
        policy = self._snapshot.policy(policy_id)
        ((path,),) = self._ask("SELECT path FROM policies WHERE id = ?", policy_id)
        file, unread = path_of(path), ""
        try:
            document, data = _read_file(file, policy)
        except LoadError as error:
            unread = str(error)
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
        if unread or len(self._ask("SELECT 1 FROM versions WHERE policy_id = ?", policy_id)) > 1:
            which = "" if unread else "older versions of "
            self._lost.append(
                f"title, source and dates of {which}{policy_id!r} may not be what was stored: "
                "'policy-assistant list --versions' shows them; its texts are right"
                + (f" ({unread})" if unread else "")
            )

    def _read_at_next_add(self, policy: Policy) -> None:
        """Has the next `add` of the file take it for one of another splitter, not for unchanged."""
        self._ask(
            "UPDATE policies SET splitter = '' WHERE id = ? AND version = ?",
            *(policy.id, policy.version),
        )

    def _split(self, policy: Policy, path: str) -> None:
        """Makes the clauses of a text again."""
        try:
            document, how = _read_file(path_of(path), policy)[0], f"from {path}"
        except LoadError as error:
            document, how = _from_text(policy, str(error))
            self._read_at_next_add(policy)
        embedder = self._embedding()
        made = tuple(split(policy, document, embedder.count_tokens, embedder.budget))
        save_clauses(self._connection, policy, made, [each.embedding_text for each in made])
        self._done.append(f"split {policy.id}@{policy.version} into clauses again ({how})")

    def _fit(self, policy: Policy) -> bool:
        return not text_fault(self._snapshot, policy.id, policy.version)

    def _vectors(self) -> None:
        """Makes vectors that are missing, or are not what the model made."""
        self._ask("DELETE FROM embeddings WHERE sha256 NOT IN (SELECT embedding FROM clauses)")
        missing: dict[str, EmbeddingText] = {}
        for policy_id, version in self._ask("SELECT policy_id, version FROM versions"):
            policy = self._snapshot.policy(policy_id, version)
            stored = self._snapshot.clauses_of(policy_id, version)
            for text in embedded_texts(self._snapshot, policy, stored):
                if not self._has(text):
                    missing[text.sha256] = text
        if not missing:
            return
        if not self._is_model():
            raise IndexMismatchError(
                f"vectors of {len(missing)} clauses are missing, and the index was made with the "
                f"embedding model {self._store.model!r}, not {self._embedding().identity!r}: "
                "repair it with that model, or add the files to a new index with --index"
            )
        embedder = self._embedding()
        texts = list(missing.values())
        for batch in embedder.encode_clauses(texts):
            for at, vectors in batch:
                try:
                    insert_embedding(self._connection, self._store, texts[at], vectors)
                except IndexDamagedError as error:
                    self._lost.append(f"the vectors of {texts[at].units[0][:40]!r}: {error}")
        self._done.append(f"computed the vectors of {len(texts)} clauses again")

    def _has(self, text: EmbeddingText) -> bool:
        rows = self._connection.execute(
            "SELECT clause, units, checksum FROM embeddings WHERE model = ? AND sha256 = ?",
            (self._store.model, text.sha256),
        ).fetchall()
        if not rows:
            return False
        clause, units, noted = rows[0]
        try:
            _, read = embedding_from(clause, units, noted, self._store.dimension)
        except IndexDamagedError:
            return False
        return len(read) == len(text.units)

    def _is_model(self) -> bool:
        return self._embedding().identity == self._store.model

    def _embedding(self) -> Embedder:
        if self._embedder is None:
            self._embedder = self._open()
        return self._embedder


def _from_text(policy: Policy, unread: str) -> tuple[Document, str]:
    """The structure that a stored text has by itself, and what that lacks; its file is `unread`."""
    if policy.media_type == "text/markdown":
        document = read_markdown(policy.text.encode("utf-8"), policy.id)
        if document.text == policy.text:
            return replace(document, title=policy.title), "from its text"
    blocks = tuple(text_blocks(policy.text))
    document = Document(policy.text, blocks, policy.media_type, title=policy.title)
    return document, f"from its text: pages are lost, headings may be, as {unread}"


def _read_file(file: Path, policy: Policy) -> tuple[Document, bytes]:
    """What a policy was made from. Raises LoadError where it cannot be read, or says otherwise."""
    data = File(file).read(DEFAULT_LIMITS).data
    document = read_apart(file, data, DEFAULT_LIMITS)
    if document.text != policy.text:
        raise LoadError(f"{str(file)!r} says something else by now")
    return document, data
