"""What is kept in memory of an index between questions, made anew when the index has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from index.search.retriever import Retriever
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import PolicyEntry, Snapshot


class InMemory:
    """The newest state of one index, ready to be searched. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._retriever: Retriever | None = None
        self._entries: list[PolicyEntry] = []

    def of(
        self, open_store: Callable[[], Store], snapshot: Snapshot
    ) -> tuple[Retriever, list[PolicyEntry]]:
        """The retriever and the policies of that snapshot; the store is opened where they are made
        anew. Raises IndexDamagedError.
        """
        with self._lock:
            if self._retriever is None or self._retriever.state != snapshot.state:
                self._retriever = Retriever(load_vectors(open_store(), snapshot))
                self._entries = snapshot.entries()
            return self._retriever, self._entries
