"""Where uploads are put: in place of their older versions, which are kept until all is safe.

While files are added, `<uploads>/.pending` records how it was before: `old` holds what was at each
place, `free` an empty file for each place that was empty. A process that is killed leaves that
behind; the next one puts back whatever the index has not taken in.
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
        """Finishes what a killed process began; `is_taken` says of a place whether the index holds
        the file there."""
        if not self._pending.exists():
            return
        for before in (self._old, self._free):
            for kept in sorted(before.iterdir()) if before.exists() else ():
                place = self._uploads / kept.name
                if not (place.exists() and is_taken(place)):
                    self.put_back(place)
        self.finish()

    def begin(self) -> None:
        """Makes the folders. Raises OSError if they cannot be made."""
        for folder in (self._new, self._old, self._free):
            folder.mkdir(parents=True, exist_ok=True)

    def newest(self, place: Path) -> Path:
        """The file that will be at the place, of those brought so far."""
        brought = self._new / place.name
        return brought if brought.exists() else place

    def bring(self, data: bytes, place: Path) -> None:
        """Writes what will be at the place, beside it."""
        with (self._new / place.name).open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())

    def swap(self, place: Path) -> None:
        """Moves what was brought to its place, and keeps what was there."""
        if place.exists():
            place.replace(self._old / place.name)
        else:
            (self._free / place.name).touch()
        (self._new / place.name).replace(place)

    def put_back(self, place: Path) -> None:
        """Restores what was at the place before, if that has changed."""
        old, free = self._old / place.name, self._free / place.name
        if old.exists():
            old.replace(place)
        elif free.exists():
            place.unlink(missing_ok=True)
            free.unlink()

    def finish(self) -> None:
        """Deletes what was there before."""
        shutil.rmtree(self._pending, ignore_errors=True)


def uploads_lock(index: Path) -> AbstractContextManager[None]:
    """Keeps other pages away from the index's uploads. Raises PolicyAssistantError."""
    busy = PolicyAssistantError(
        f"another page is adding files to {str(index)!r}: wait until it is done, then try again"
    )
    return folder_lock(index / _LOCK, busy=busy, denied=lambda error: _denied(index, error))


def _denied(index: Path, error: OSError) -> PolicyAssistantError:
    return PolicyAssistantError(
        f"cannot write to {str(index)!r} ({error.strerror or error}): check the path, its rights "
        "and the disk"
    )
