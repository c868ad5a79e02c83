"""What is kept in memory of an index between questions, rebuilt when the index has changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from index.search.retriever import Retriever
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import PolicyEntry, Snapshot


@dataclass(frozen=True, slots=True)
class IndexState:
    """One state of an index: the snapshot, and what is kept in memory of it."""

    snapshot: Snapshot
    retriever: Retriever
    entries: Sequence[PolicyEntry]


class LoadedIndex:
    """The newest state of one index, ready to be searched. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._retriever: Retriever | None = None
        self._entries: Sequence[PolicyEntry] = ()

    def state(self, store: Store, snapshot: Snapshot) -> IndexState:
        """The state that the snapshot shows. Raises IndexDamagedError."""
        with self._lock:
            if self._retriever is None or self._retriever.state != snapshot.state:
                self._retriever = Retriever(load_vectors(store, snapshot))
                self._entries = snapshot.entries()
            return IndexState(snapshot, self._retriever, self._entries)
