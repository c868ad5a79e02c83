"""First come, first served: who uses the language model next."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK = 0.05  # seconds between two looks at whether the one who waits has been stopped


class Turns:
    """A lock that is handed on in the order in which it was asked for.

    A plain lock may give it to a latecomer again and again. One who is stopped while waiting
    leaves the queue.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()

    @contextmanager
    def turn(self, stopped: Callable[[], bool]) -> Iterator[bool]:
        """Waits for one's turn and holds it; False, and no turn, where `stopped()` came first."""
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            yield self._mine(ticket, stopped)
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _mine(self, ticket: object, stopped: Callable[[], bool]) -> bool:
        with self._changed:
            while self._queue[0] is not ticket:
                if stopped():
                    return False
                self._changed.wait(_LOOK)
        return True
