"""Which questions are answered now and which wait: first come, first served, up to a limit."""

from __future__ import annotations

import threading


class Admission:
    """Lets `at_once` questions be answered together while `waiting` others wait their turn."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.most = at_once + waiting
        self._at_once = at_once
        self._changed = threading.Condition()
        self._places: list[Place] = []

    def join(self) -> Place | None:
        """A place at the end of the line, which must be left again; None if the line is full."""
        with self._changed:
            if len(self._places) >= self.most:
                return None
            self._places.append(Place(self))
            return self._places[-1]

    def position(self, place: Place) -> int:
        """0 for a question that may be answered now, 1 for the first that waits, and so on."""
        with self._changed:
            return self._position(place)

    def wait(self, place: Place, position: int, timeout: float) -> int:
        """The place's position, once it differs from this one, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._position(place) != position, timeout)
            return self._position(place)

    def leave(self, place: Place) -> None:
        """Gives the place up; those behind it move on."""
        with self._changed:
            self._places.remove(place)
            self._changed.notify_all()

    def _position(self, place: Place) -> int:
        return max(0, self._places.index(place) - self._at_once + 1)


class Place:
    """One question's place in the line. A context manager that leaves it at the end."""

    def __init__(self, line: Admission) -> None:
        self._line = line

    def position(self) -> int:
        """0 once the question may be answered, 1 for the first that waits, and so on."""
        return self._line.position(self)

    def wait(self, position: int, timeout: float) -> int:
        """The position, once it differs from this one, or after `timeout` seconds."""
        return self._line.wait(self, position, timeout)

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.leave(self)
