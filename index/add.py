"""Files -> policies -> clauses -> store: what `add` does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from index.clauses.split import SPLITTER, split
from index.documents.file_search import File, expand, real
from index.documents.limits import DEFAULT_LIMITS, Limits
from index.documents.loader import make_policy, provider_of, slug
from index.documents.renamed_files import renamed_from
from index.documents.sandbox import read_apart
from index.errors import IndexError_, LoadError, ModelError, UnknownPolicyError
from index.models.embedder import ClauseVectors, Embedder
from index.paths import name_of, shown
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import Snapshot
from index.store.versions import DatedBy, dated
from index.store.writer import (
    PolicyChange,
    missing_embeddings,
    save_changes,
    save_embeddings,
    save_same_text,
)
from index.types import EmbeddingText, Policy, version_of

_KEPT_EVERY = 256  # clauses embedded between two writes: what an interruption costs at most


class AddStatus(StrEnum):
    """What became of a file. One that was renamed is `updated`, under the id that it had."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class AddResult:
    """What `add` did with one file.

    `reason` says why it was rejected, and is empty otherwise; `note` what else there is to know of
    one that was not.
    """

    path: str
    status: AddStatus
    policy_id: str | None = None
    version: str | None = None
    clauses: int = 0
    reason: str = ""
    note: str = ""


class Bar(Protocol):
    """A progress bar: tqdm has this form."""

    def update(self, n: int) -> object: ...


Progress = Callable[[str, int, str], AbstractContextManager[Bar]]
"""Opens a bar: what is being done, how many in all, the unit."""


class _NoBar:
    def update(self, n: int) -> None: ...


def no_progress(_what: str, _total: int, _unit: str) -> AbstractContextManager[Bar]:
    """Shows nothing."""
    return nullcontext(_NoBar())


@dataclass(frozen=True, slots=True)
class _Known:
    policy_id: str
    version: str
    file_sha256: str
    splitter: str
    clauses: int


def add_files(
    store: Store,
    embedder: Embedder,
    paths: Sequence[Path],
    progress: Progress,
    version_of: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    passwords: Sequence[str] = (),
) -> list[AddResult]:
    """Adds files and folders, or new versions of files added before.

    There is one result per file, in the order of `index.documents.file_search.expand`.

    With `version_of`, the one file is a new version of that policy, wherever it lies. Encrypted
    PDFs are tried with each of `passwords`, which are kept nowhere. A file that cannot be read is
    rejected and the others go on. All changes appear together, at
    the end: an interruption leaves the index as it was (vectors made so far are kept aside, so
    that the next `add` goes on from there). Raises IndexBusyError while another process writes,
    UnknownPolicyError where `version_of` is none, LoadError where it is given several files.
    """
    files = expand(paths)
    with store.writing():
        results, changes = _read_all(
            store, embedder, files, progress, version_of, limits, passwords
        )
        if changes:
            _embed(store, embedder, [text for change in changes for text in change.texts], progress)
            refused = save_changes(store, changes)
            with Snapshot.of(store) as snapshot:
                load_vectors(store, snapshot)
            results = [_kept(result, refused) for result in results]
    return results


def _kept(result: AddResult, refused: Mapping[str, str]) -> AddResult:
    """The result of a file whose change may not have been kept, as no search could read it."""
    fault = refused.get(result.policy_id or "")
    if fault is None or result.status not in {AddStatus.ADDED, AddStatus.UPDATED}:
        return result
    reason = f"cannot index {result.path} ({fault}): convert it to another format"
    return AddResult(result.path, AddStatus.REJECTED, reason=reason)


def _read_all(
    store: Store,
    embedder: Embedder,
    files: Sequence[File],
    progress: Progress,
    version_of: str | None,
    limits: Limits,
    passwords: Sequence[str],
) -> tuple[list[AddResult], list[PolicyChange]]:
    known = _known(store)
    claimed = _claimed(known, files, version_of) if version_of is not None else None
    taken = {entry.policy_id: 1 for entry in known.values()}
    results: list[AddResult] = []
    changes: list[PolicyChange] = []
    with progress("reading", len(files), "file") as bar:
        for file in files:
            try:
                result, change = _read(
                    store, embedder, file, known, taken, claimed, limits, passwords
                )
            except LoadError as error:
                result, change = _rejected(file, str(error)), None
            except (IndexError_, ModelError):
                raise
            except Exception as error:  # noqa: BLE001 - one bad file never stops the others
                kind = f"{type(error).__name__}: {' '.join(str(error).split())}"
                reason = f"cannot read {shown(file.path)} ({kind}): convert it to another format"
                result, change = _rejected(file, reason), None
            results.append(result)
            if change is not None:
                changes.append(change)
            bar.update(1)
    return results, changes


def _known(store: Store) -> dict[str, _Known]:
    with store.reading() as connection:
        rows = connection.execute(
            """SELECT path, id, version, file_sha256, splitter, (SELECT count(*) FROM clauses
                 WHERE policy_id = policies.id AND clauses.version = policies.version)
               FROM policies"""
        ).fetchall()
    return {row[0]: _Known(*row[1:]) for row in rows}


def _read(
    store: Store,
    embedder: Embedder,
    file: File,
    known: dict[str, _Known],
    taken: dict[str, int],
    claimed: str | None,
    limits: Limits,
    passwords: Sequence[str],
) -> tuple[AddResult, PolicyChange | None]:
    contents = file.read(limits)
    where, data = contents.where, contents.data  # however it is spelt, it is one policy
    file_sha256 = hashlib.sha256(data).hexdigest()
    before = known.get(name_of(where))
    if before and (before.file_sha256, before.splitter) == (file_sha256, SPLITTER):
        return _unchanged(file, before), None
    document = read_apart(where, data, limits, passwords)
    renamed = None if before else claimed or _renamed(known, version_of(document.text))
    policy_id = before.policy_id if before else renamed or _free_id(where, taken)
    policy = make_policy(document, policy_id, where)
    taken.setdefault(policy.id, 1)
    provider = provider_of(document, where)
    held = _held(store, policy)
    if held and held.text != policy.text:
        raise LoadError(
            f"{shown(file.path)} has the version {policy.version} of another text of "
            f"{policy.id!r}, which chance does not bring about: do not trust it, and change a "
            "word to add it"
        )
    date, dated_by = dated(document, policy, contents.modified)
    told = (policy.title, policy.source, provider)
    if (
        before
        and held
        and (before.version, before.splitter) == (policy.version, SPLITTER)
        and (held.title, held.source, held.provider) == told
    ):
        save_same_text(store, policy, file_sha256, date, dated_by)
        return _unchanged(file, before), None
    clauses = tuple(split(policy, document, embedder.count_tokens, embedder.budget))
    if len(clauses) > limits.clauses:
        raise limits.exceeded(where.name, "clauses", f"has {len(clauses)} clauses", "split it")
    change = PolicyChange(
        policy,
        date,
        dated_by,
        provider,
        name_of(where),
        file_sha256,
        clauses,
        tuple(clause.embedding_text for clause in clauses),
    )
    known[name_of(where)] = _Known(policy.id, policy.version, file_sha256, SPLITTER, len(clauses))
    status = AddStatus.UPDATED if before or renamed else AddStatus.ADDED
    note = _note(store, policy, date, dated_by)
    return (
        AddResult(name_of(file.path), status, policy.id, policy.version, len(clauses), note=note),
        change,
    )


def _note(store: Store, policy: Policy, date: str, dated_by: DatedBy) -> str:
    """A warning where an old text is about to become the newest version."""
    with store.reading() as connection:
        row = connection.execute(
            """SELECT date FROM versions JOIN policies ON policies.id = policy_id
               WHERE policy_id = ? AND versions.version = policies.version
                 AND policies.version != ? AND dated_by NOT IN (?, ?)""",
            (policy.id, policy.version, DatedBy.FILE, DatedBy.ADDED),
        ).fetchone()
    if row is None or dated_by is DatedBy.FILE or row[0] <= date:
        return ""
    return (
        f"dated {date}, before the version of {row[0]} that it now replaces: add that one again "
        "if questions are to go to it"
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A version as the index has it."""

    title: str
    source: str
    text: str
    provider: str


def _held(store: Store, policy: Policy) -> _Held | None:
    with store.reading() as connection:
        row = connection.execute(
            """SELECT title, source, text, provider FROM versions
               JOIN policies ON policies.id = policy_id
               WHERE policy_id = ? AND versions.version = ?""",
            (policy.id, policy.version),
        ).fetchone()
    return _Held(*row) if row else None


def _claimed(known: dict[str, _Known], files: Sequence[File], policy_id: str) -> str | None:
    """The id that the one file gets as a new version; None where it is that policy's file."""
    old = next((path for path, entry in known.items() if entry.policy_id == policy_id), None)
    if old is None:
        raise UnknownPolicyError(
            f"the index holds no policy {policy_id!r}: 'policy-assistant list' shows those it holds"
        )
    if len(files) != 1:
        raise LoadError(f"a new version of {policy_id!r} is one file, not {len(files)}: name one")
    new = name_of(real(files[0].path))
    if new == old:
        return None
    if new in known:
        raise LoadError(
            f"{shown(files[0].path)} is policy {known[new].policy_id!r} already: remove that first"
        )
    known.pop(old)
    return policy_id


def _renamed(known: dict[str, _Known], version: str) -> str | None:
    """The id of the policy whose file this is under a new name; its old path is forgotten."""
    old = renamed_from(version, {path: entry.version for path, entry in known.items()})
    return known.pop(old).policy_id if old else None


def _rejected(file: File, reason: str) -> AddResult:
    return AddResult(name_of(file.path), AddStatus.REJECTED, reason=reason)


def _unchanged(file: File, known: _Known) -> AddResult:
    return AddResult(
        name_of(file.path), AddStatus.UNCHANGED, known.policy_id, known.version, known.clauses
    )


def _free_id(path: Path, taken: dict[str, int]) -> str:
    """The slug of the file name, with a number behind it where another file has it already.

    `taken` says of each id the last number that was put behind it: thousands of files may have
    the same slug.
    """
    base = slug(path)
    candidate, number = base, taken.get(base, 1)
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    if base in taken:
        taken[base] = number
    return candidate


def _embed(
    store: Store, embedder: Embedder, texts: Sequence[EmbeddingText], progress: Progress
) -> None:
    missing = missing_embeddings(store, texts)
    if not missing:
        return
    made: list[tuple[EmbeddingText, ClauseVectors]] = []
    with progress("embedding", len(missing), "clause") as bar:
        try:
            for batch in embedder.encode_clauses(missing):
                made.extend((missing[at], vectors) for at, vectors in batch)
                bar.update(len(batch))
                if len(made) >= _KEPT_EVERY:
                    save_embeddings(store, made)
                    made = []
        finally:
            save_embeddings(store, made)
