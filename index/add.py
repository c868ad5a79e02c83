"""Files -> policies -> clauses -> store: what `add` does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.clauses.split import SPLITTER, ClauseText, split
from index.documents.file_search import File, expand
from index.documents.limits import DEFAULT_LIMITS, Limits
from index.documents.loader import make_policy, provider_of
from index.documents.sandbox import read_apart
from index.errors import IndexError_, LoadError, ModelError
from index.models.embedder import ClauseVectors, Embedder
from index.paths import name_of, shown
from index.policy_files import PolicyFiles
from index.progress import Progress
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.held import (
    HeldFile,
    HeldVersion,
    held_files,
    held_version,
    stated_date_replaced_by,
    without_vectors,
)
from index.store.snapshot import Snapshot
from index.store.versions import DatedBy, dated
from index.store.writer import PolicyChange, save_changes, save_embeddings, save_same_text
from index.types import Document, EmbeddingText, Policy, version_of

_SAVED_EVERY = 256  # clauses embedded between two writes: what an interruption costs at most


class AddStatus(StrEnum):
    """What became of a file. A renamed one is `updated`, under the id that it had."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class AddResult:
    """What `add` did with one file.

    `reason` says why it was rejected and is empty otherwise; `note` says whatever else there is to
    know about a file that was not rejected.
    """

    path: str
    status: AddStatus
    policy_id: str | None = None
    version: str | None = None
    clauses: int = 0
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: within which limits, and with which passwords for encrypted PDFs."""

    limits: Limits = DEFAULT_LIMITS
    passwords: Sequence[str] = ()


def add_files(
    store: Store,
    embedder: Embedder,
    paths: Sequence[Path],
    progress: Progress,
    version_of: str | None = None,
    reading: Reading | None = None,
) -> list[AddResult]:
    """Adds files and folders, or new versions of files that were added before.

    There is one result per file, in the order of `index.documents.file_search.expand`.

    With `version_of`, the one file is a new version of that policy, wherever it lies. Encrypted
    PDFs are tried with each of the passwords, which are never stored. A file that cannot be read
    is rejected, and the others are added. All changes appear together, at the end: an interruption
    leaves the index as it was (vectors made so far are kept, so that the next `add` continues from
    there). Raises IndexBusyError while another process writes, UnknownPolicyError where the index
    does not hold `version_of`, LoadError where that is given with several files.
    """
    files = expand(paths)
    with store.writing():
        return _Adding(store, embedder, progress, reading or Reading()).add(files, version_of)


class _Adding:
    """One call of `add_files`: plan, read, split, embed, write. Use inside `Store.writing`."""

    def __init__(
        self, store: Store, embedder: Embedder, progress: Progress, reading: Reading
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._progress = progress
        self._reading = reading
        self._policy_files = PolicyFiles(held_files(store))
        self._changes: list[PolicyChange] = []

    def add(self, files: Sequence[File], version_of: str | None) -> list[AddResult]:
        if version_of is not None:
            self._policy_files.claim(files, version_of)
        results = self._read_all(files)
        if not self._changes:
            return results
        self._embed()
        refused = self._write()
        return [_unless_refused(result, refused) for result in results]

    def _read_all(self, files: Sequence[File]) -> list[AddResult]:
        results: list[AddResult] = []
        with self._progress("reading", len(files), "file") as bar:
            for file in files:
                try:
                    result = self._read(file)
                except LoadError as error:
                    result = _rejected(file, str(error))
                except (IndexError_, ModelError):
                    raise
                except Exception as error:  # noqa: BLE001 - one bad file never stops the others
                    kind = f"{type(error).__name__}: {' '.join(str(error).split())}"
                    result = _rejected(
                        file,
                        f"cannot read {shown(file.path)} ({kind}): convert it to another format",
                    )
                results.append(result)
                bar.update(1)
        return results

    def _read(self, file: File) -> AddResult:
        """Reads one file and plans the change that it makes, if any. Raises LoadError."""
        contents = file.read(self._reading.limits)
        path = contents.where  # however its name was spelt, it is one policy
        file_sha256 = hashlib.sha256(contents.data).hexdigest()
        before = self._policy_files.at(path)
        if before and (before.file_sha256, before.splitter) == (file_sha256, SPLITTER):
            return _unchanged(file, before)
        document = read_apart(path, contents.data, self._reading.limits, self._reading.passwords)
        policy_id, is_new = self._policy_files.policy_of(path, version_of(document.text))
        policy = make_policy(document, policy_id, path)
        provider = provider_of(document, path)
        date, dated_by = dated(document, policy, contents.modified)
        held = held_version(self._store, policy)
        if held and held.text != policy.text:
            raise LoadError(
                f"{shown(file.path)} has the version {policy.version} of another text of "
                f"{policy.id!r}, which cannot be chance: do not trust it, and change a word to add "
                "it"
            )
        unchanged = HeldVersion(policy.title, policy.source, policy.text, provider)
        is_newest = before and (before.version, before.splitter) == (policy.version, SPLITTER)
        if before and is_newest and held == unchanged:
            save_same_text(self._store, policy, file_sha256, date, dated_by)
            return _unchanged(file, before)
        clauses = self._split(policy, document, path)
        self._changes.append(
            PolicyChange(policy, date, dated_by, provider, name_of(path), file_sha256, clauses)
        )
        self._policy_files.put(
            path, HeldFile(policy.id, policy.version, file_sha256, SPLITTER, len(clauses))
        )
        return AddResult(
            name_of(file.path),
            AddStatus.ADDED if is_new else AddStatus.UPDATED,
            policy.id,
            policy.version,
            len(clauses),
            note=self._note(policy, date, dated_by),
        )

    def _split(self, policy: Policy, document: Document, path: Path) -> tuple[ClauseText, ...]:
        limits = self._reading.limits
        clauses = split(policy, document, self._embedder.count_tokens, self._embedder.budget)
        if len(clauses) > limits.clauses:
            raise limits.exceeded(path.name, "clauses", f"has {len(clauses)} clauses", "split it")
        return tuple(clauses)

    def _note(self, policy: Policy, date: str, dated_by: DatedBy) -> str:
        """A warning where an old text is about to become the newest version."""
        replaced = stated_date_replaced_by(self._store, policy)
        if replaced is None or dated_by is DatedBy.FILE or replaced <= date:
            return ""
        return (
            f"dated {date}, before the version of {replaced} that it now replaces: add that one "
            "again if questions are to go to it"
        )

    def _embed(self) -> None:
        texts = [clause.embedding_text for change in self._changes for clause in change.clauses]
        missing = without_vectors(self._store, texts)
        if not missing:
            return
        unsaved: list[tuple[EmbeddingText, ClauseVectors]] = []
        with self._progress("embedding", len(missing), "clause") as bar:
            try:
                for batch in self._embedder.encode_clauses(missing):
                    unsaved.extend((missing[index], vectors) for index, vectors in batch)
                    bar.update(len(batch))
                    if len(unsaved) >= _SAVED_EVERY:
                        save_embeddings(self._store, unsaved)
                        unsaved = []
            finally:
                save_embeddings(self._store, unsaved)

    def _write(self) -> Mapping[str, str]:
        """Why changes were refused, by the id of their policy."""
        refused = save_changes(self._store, self._changes)
        with Snapshot.of(self._store) as snapshot:
            load_vectors(self._store, snapshot)
        return refused


def _unless_refused(result: AddResult, refused: Mapping[str, str]) -> AddResult:
    """The result of a file, unless its change was refused because no search could read it."""
    fault = refused.get(result.policy_id or "")
    if fault is None or result.status not in {AddStatus.ADDED, AddStatus.UPDATED}:
        return result
    reason = f"cannot index {result.path} ({fault}): convert it to another format"
    return AddResult(result.path, AddStatus.REJECTED, reason=reason)


def _rejected(file: File, reason: str) -> AddResult:
    return AddResult(name_of(file.path), AddStatus.REJECTED, reason=reason)


def _unchanged(file: File, held: HeldFile) -> AddResult:
    return AddResult(
        name_of(file.path), AddStatus.UNCHANGED, held.policy_id, held.version, held.clauses
    )
