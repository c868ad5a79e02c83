"""An answer as it comes: an iterator that can be stopped from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from assistant.values.answer import Event


class Stream(Iterator[Event]):
    """The events of one answer. Iterate over it in one thread; `close` it from any.

    After `close`, a language model that is writing stops within a token, and no event follows, not
    even the answer. Dropping the last reference to it stops it, too.
    """

    def __init__(self, make: Callable[[Callable[[], bool]], Iterator[Event]]) -> None:
        self._closed = threading.Event()
        self._events = make(self._closed.is_set)

    def __next__(self) -> Event:
        if self._closed.is_set():
            raise StopIteration
        return next(self._events)

    def close(self) -> None:
        self._closed.set()

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
