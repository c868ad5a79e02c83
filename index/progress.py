"""Progress bars, as whatever takes long reports to them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Bar(Protocol):
    """A progress bar, such as tqdm's."""

    def update(self, n: int) -> object: ...


Progress = Callable[[str, int, str], AbstractContextManager[Bar]]
"""Opens a bar, given what is being done, how many there are, and of what."""


class _NoBar:
    def update(self, n: int) -> None: ...


def no_progress(_doing: str, _total: int, _unit: str) -> AbstractContextManager[Bar]:
    """Shows nothing."""
    return nullcontext(_NoBar())
