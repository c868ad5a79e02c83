"""Where uploads are put: in place of their older versions, which stay until all is sure.

While files are added, `<uploads>/.pending` says how it was before: `old` holds what lay at each
place, `free` an empty file for each place where nothing lay. A process that is killed leaves that
behind; who comes next puts back what the index has not taken in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from assistant import PolicyAssistantError
from assistant.doors import folder_lock

_LOCK = "uploads.lock"


class Placing:
    """Files on their way to their places in the folder of uploads. Use inside `uploads_lock`."""

    def __init__(self, uploads: Path) -> None:
        self._uploads = uploads
        self._pending = uploads / ".pending"
        self._new, self._old, self._free = (self._pending / name for name in ("new", "old", "free"))

    def recover(self, is_taken: Callable[[Path], bool]) -> None:
        """Finishes what a killed process has begun; `is_taken` says of a place whether the index
        holds what lies there."""
        if not self._pending.exists():
            return
        for before in (self._old, self._free):
            for kept in sorted(before.iterdir()) if before.exists() else ():
                place = self._uploads / kept.name
                if not (place.exists() and is_taken(place)):
                    self.put_back(place)
        self.finish()

    def begin(self) -> None:
        """Makes room. Raises OSError where there is none."""
        for folder in (self._new, self._old, self._free):
            folder.mkdir(parents=True, exist_ok=True)

    def newest(self, place: Path) -> Path:
        """The file that is to lie at the place, as far as files were brought."""
        brought = self._new / place.name
        return brought if brought.exists() else place

    def bring(self, data: bytes, place: Path) -> None:
        """Writes what is to lie at the place, beside it."""
        with (self._new / place.name).open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())

    def swap(self, place: Path) -> None:
        """Puts what was brought at its place, and keeps what lay there."""
        if place.exists():
            place.replace(self._old / place.name)
        else:
            (self._free / place.name).touch()
        (self._new / place.name).replace(place)

    def put_back(self, place: Path) -> None:
        """Makes the place what it was before, where that has changed."""
        old, free = self._old / place.name, self._free / place.name
        if old.exists():
            old.replace(place)
        elif free.exists():
            place.unlink(missing_ok=True)
            free.unlink()

    def finish(self) -> None:
        """What lay there before is needed no more."""
        shutil.rmtree(self._pending, ignore_errors=True)


def uploads_lock(index: Path) -> AbstractContextManager[None]:
    """Keeps other pages on the index from its uploads. Raises PolicyAssistantError."""
    busy = PolicyAssistantError(
        f"another page is adding files to {str(index)!r}: wait until it is done, then try again"
    )
    return folder_lock(index / _LOCK, busy=busy, denied=lambda error: _denied(index, error))


def _denied(index: Path, error: OSError) -> PolicyAssistantError:
    return PolicyAssistantError(
        f"cannot write to {str(index)!r} ({error.strerror or error}): check the path, its rights "
        "and the disk"
    )
