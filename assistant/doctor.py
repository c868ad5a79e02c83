"""Is everything in order: the models, and what the index folder holds?"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import generator
from assistant.entailment import ENTAILMENT
from assistant.sentence_model import ADAPTER
from index import embedder
from index.errors import IndexDamagedError, PolicyAssistantError
from index.snapshot import Snapshot
from index.store import Store
from index.trained import ENCODER, RERANKER
from index.vectors import load_vectors


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `detail` says what was found, or what to do."""

    name: str
    ok: bool
    detail: str


def examine(folder: Path) -> list[Check]:
    """Looks at the models and, if there is one, at the index. Changes nothing but the
    FAISS cache, which it builds anew where it is missing or damaged."""
    return [
        _model("embedding model", _embedding_file, embedder.PACKAGED_SHA256),
        _model("trained encoder", lambda: ENCODER.file, ENCODER.sha256),
        _model("trained reranker", lambda: RERANKER.file, RERANKER.sha256),
        _model("language model", generator.packaged_file, generator.PACKAGED_SHA256),
        _model("its adapter", lambda: ADAPTER.file, ADAPTER.sha256),
        _model("support check", lambda: ENTAILMENT.file, ENTAILMENT.sha256),
        *_index(folder),
    ]


def _embedding_file() -> Path:
    return embedder.packaged_folder() / "model.safetensors"


def _model(name: str, find: Callable[[], Path], expected: str) -> Check:
    try:
        file = find()
        with file.open("rb") as stream:
            actual = hashlib.file_digest(stream, "sha256").hexdigest()
    except (PolicyAssistantError, OSError) as error:
        return Check(name, False, str(error))
    if actual != expected:
        return Check(name, False, f"{file.name} is not the file that was shipped: reinstall it")
    return Check(name, True, f"{file.name}, sha256 {actual[:12]}…")


def _index(folder: Path) -> Iterator[Check]:
    folder = folder.expanduser()
    if not Store.exists(folder):
        yield Check("index", True, f"none yet in {str(folder)!r}: 'policy-assistant add FILE...'")
        return
    try:
        store = Store.open(folder)
        with store.reading() as connection:
            yield _database(connection)
        with Snapshot.of(store) as snapshot:
            yield _policies(snapshot)
            vectors = load_vectors(store, snapshot)
            clauses = sum(entry.clauses for entry in snapshot.entries())
        detail = f"{vectors.size} of {clauses} clauses"
        if vectors.size != clauses:
            detail += ": add the files to a new index with --index"
        yield Check("vectors", vectors.size == clauses, detail)
    except PolicyAssistantError as error:
        yield Check("index", False, str(error))


def _database(connection: sqlite3.Connection) -> Check:
    verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    detail = "SQLite finds no damage"
    if verdict != "ok":
        detail = f"SQLite finds damage ({verdict}): add the files to a new index with --index"
    return Check("database", verdict == "ok", detail)


def _policies(snapshot: Snapshot) -> Check:
    clauses, broken = 0, []
    for entry in snapshot.entries():
        for version in entry.versions:
            try:
                text = snapshot.policy(entry.id, version).text
            except IndexDamagedError:
                broken.append(f"the text of {entry.id}@{version} is not what was added")
                continue
            kept = snapshot.clauses_of(entry.id, version)
            clauses += len(kept)
            if not _covers(text, [(each.clause.start, each.clause.end) for each in kept]):
                broken.append(f"the clauses of {entry.id}@{version} do not cover its text")
    if broken:
        return Check("policies", False, f"{broken[0]}: add the file to a new index with --index")
    return Check("policies", True, f"{len(snapshot.entries())} policies, {clauses} clauses")


def _covers(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the spans are in order, do not overlap and leave out nothing but blanks."""
    position = 0
    for start, end in spans:
        if start < position or text[position:start].strip():
            return False
        position = end
    return not text[position:].strip()
