"""Adding files step by step: the progress of `add` while it runs in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from assistant import AddResult
    from assistant.doors import Bar, Progress

_Report: TypeAlias = "Step | list[AddResult] | Exception"


@dataclass(frozen=True, slots=True)
class Step:
    """The progress of an `add`: `done` of `total` of a unit, such as 3 of 12 files."""

    doing: str
    done: int
    total: int
    unit: str


def steps(add: Callable[[Progress], list[AddResult]]) -> Iterator[Step | list[AddResult]]:
    """Runs `add` in a thread of its own: its progress, then its results. Raises what it raises."""
    reports: SimpleQueue[_Report] = SimpleQueue()

    @contextmanager
    def progress(doing: str, total: int, unit: str) -> Iterator[Bar]:
        yield _Reporting(reports, Step(doing, 0, total, unit))

    def work() -> None:
        try:
            reports.put(add(progress))
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            reports.put(error)

    threading.Thread(target=work, daemon=True).start()
    while True:
        newest = reports.get()
        while isinstance(newest, Step) and not reports.empty():
            newest = reports.get()
        if isinstance(newest, Exception):
            raise newest
        yield newest
        if not isinstance(newest, Step):
            return


class _Reporting:
    """A progress bar that reports each step to a queue."""

    def __init__(self, reports: SimpleQueue[_Report], step: Step) -> None:
        self._reports = reports
        self._step = step
        reports.put(step)

    def update(self, n: int) -> None:
        self._step = replace(self._step, done=self._step.done + n)
        self._reports.put(self._step)
