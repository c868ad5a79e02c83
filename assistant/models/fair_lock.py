"""First come, first served: who uses the language model next."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_INTERVAL = 0.05  # seconds between two looks at whether a waiting caller has been stopped


class FairLock:
    """A lock that is passed on in the order in which it was asked for.

    A plain lock may go to a latecomer again and again. A caller who is stopped while waiting leaves
    the queue.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()

    @contextmanager
    def hold(self, stopped: Callable[[], bool]) -> Iterator[bool]:
        """Waits for the lock and holds it; False, without the lock, if `stopped()` comes first."""
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            yield self._is_first(ticket, stopped)
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _is_first(self, ticket: object, stopped: Callable[[], bool]) -> bool:
        with self._changed:
            while self._queue[0] is not ticket:
                if stopped():
                    return False
                self._changed.wait(_INTERVAL)
        return True
