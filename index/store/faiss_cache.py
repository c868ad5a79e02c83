"""The FAISS index over clause vectors: a checksummed cache of what SQLite holds."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.models.embedder import Vectors
from index.store.database import Store
from index.store.snapshot import Snapshot

_FILE = "vectors.faiss"
_MANIFEST = "vectors.json"


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """All newest clauses, searched exactly by inner product (cosine, as vectors have length 1).

    `state` is that of the index; `unreadable` holds the ids of the clauses that are left out, as
    their vectors cannot be read.
    """

    state: str
    _faiss: Any  # IndexIDMap2 over IndexFlatIP, keyed by clause row
    unreadable: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        return int(self._faiss.ntotal)

    def search(
        self, query: Vectors, k: int, rows: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` clauses nearest to a query vector (dimension,), as (row, cosine), best first.

        `rows`, if given, restricts the search to exactly these. Equal cosines are ordered by row.
        """
        import faiss

        count = min(k, self.size if rows is None else len(rows))
        if count <= 0:
            return []
        parameters = None
        if rows is not None:
            selector = faiss.IDSelectorBatch(np.asarray(rows, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, nearest = self._faiss.search(query.reshape(1, -1), count, params=parameters)
        pairs = [
            (int(row), float(score))
            for row, score in zip(nearest[0], scores[0], strict=True)
            if row >= 0
        ]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def load_vectors(store: Store, snapshot: Snapshot) -> VectorIndex:
    """The cached index if it is of this state, else one built from SQLite, which is then cached."""
    cached = _read(store, snapshot.state)
    if cached is not None:
        return cached
    built = _build(store, snapshot)
    # On a read-only or full disk there is no cache: the next reader builds it again.
    with suppress(OSError):
        if _cached_generation(store) <= snapshot.generation:
            _write(store, snapshot, built)
    return built


def _build(store: Store, snapshot: Snapshot) -> VectorIndex:
    import faiss  # half of all commands do not search

    rows, vectors = snapshot.clause_vectors()
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(store.dimension))
    if rows:
        index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(rows, dtype=np.int64))
    return VectorIndex(snapshot.state, index, snapshot.unreadable)


def _read(store: Store, state: str) -> VectorIndex | None:
    try:
        manifest = _manifest(store)
        if manifest["state"] != state or manifest["model"] != store.model:
            return None
        data = (store.folder / _FILE).read_bytes()
        if hashlib.sha256(data).hexdigest() != manifest["sha256"]:
            return None
        unreadable = frozenset(map(str, manifest["unreadable"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # missing or damaged: it is built again from SQLite
    import faiss

    index = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
    return VectorIndex(state, index, unreadable)


def _cached_generation(store: Store) -> int:
    """The generation of the cache on disk: a reader of an older state must not replace it."""
    try:
        return int(_manifest(store)["generation"])
    except (OSError, ValueError, KeyError, TypeError):
        return -1


def _manifest(store: Store) -> Any:
    return json.loads((store.folder / _MANIFEST).read_text(encoding="utf-8"))


def _write(store: Store, snapshot: Snapshot, built: VectorIndex) -> None:
    import faiss

    data = faiss.serialize_index(built._faiss).tobytes()
    manifest = {
        "generation": snapshot.generation,
        "state": snapshot.state,
        "model": store.model,
        "vectors": built.size,
        "unreadable": sorted(built.unreadable),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    # The manifest comes last: until then, the old one does not match the checksum of the new file.
    _replace(store.folder / _FILE, data)
    _replace(store.folder / _MANIFEST, json.dumps(manifest).encode("utf-8"))


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
