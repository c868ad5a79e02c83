"""What is kept in memory of an index between questions, made anew when the index has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from index.retriever import Retriever
from index.snapshot import PolicyEntry, Snapshot
from index.store import Store
from index.vectors import load_vectors


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
