"""Damaged files that a repair has set aside: they still hold what was removed or forgotten."""

from __future__ import annotations

import os
from pathlib import Path

_CHUNK = 1 << 20  # bytes

INDEX, CONVERSATIONS = "index.sqlite3", "chat.sqlite3"


def damaged_copies(folder: Path, name: str) -> list[Path]:
    """The copies of a file of the index folder, with their logs."""
    return sorted(folder.glob(f"{name}.damaged-*"))


def holding_text(folder: Path) -> str:
    """One line on the copies of the index and what to do about them; empty if there are none."""
    copies = damaged_copies(folder, INDEX)
    if not copies:
        return ""
    names = ", ".join(repr(str(copy)) for copy in copies)
    return (
        f"{names}, set aside by a repair, may still hold the texts of removed policies: delete "
        "what you no longer need"
    )


def wipe(file: Path) -> None:
    """Overwrites a file, then deletes it; of a link, only the link is deleted. Raises OSError."""
    if not file.is_symlink():
        with file.open("r+b") as stream:
            left = os.fstat(stream.fileno()).st_size
            while left > 0:
                left -= stream.write(bytes(min(left, _CHUNK)))
            stream.flush()
            os.fsync(stream.fileno())
    file.unlink()
