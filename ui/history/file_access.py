"""The file of conversations: its lock, and the errors for a file that cannot be used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from assistant import PolicyAssistantError
from assistant.doors import REPAIR, Fault, fault_of, folder_lock, has_log, in_short
from ui.history.damaged_copies import CONVERSATIONS

FILE = CONVERSATIONS
_LOCK = "chat.lock"
_WAIT = 10.0  # seconds to wait for others, among them a repair


def conversations_lock(folder: Path) -> AbstractContextManager[None]:
    """Keeps others away from the conversations in a folder: a repair replaces the file.

    A folder that cannot be written to needs no lock: nothing changes there. Raises
    PolicyAssistantError where others take too long. Not reentrant.
    """
    if not os.access(folder, os.W_OK):
        return nullcontext()
    file = folder / FILE
    busy = PolicyAssistantError(
        f"cannot use the conversations in {str(file)!r}: another process uses them: try again"
    )
    return folder_lock(
        folder / _LOCK,
        busy=busy,
        denied=lambda error: unusable(file, error),
        wait=_WAIT,
        private=True,
    )


def unusable(file: Path, error: Exception) -> PolicyAssistantError:
    """The error for a file that cannot be used, with the remedy that fits."""
    fault = fault_of(error) if isinstance(error, sqlite3.Error) else Fault.DENIED
    if isinstance(error, sqlite3.Error) and fault is Fault.DAMAGED:
        return damaged(file, in_short(error))
    remedy = {
        Fault.BUSY: "another process writes to it: try again",
        Fault.FULL: "make space on its disk, then try again",
        Fault.DENIED: "check the path, its rights and the disk"
        + (", and use it once from where it can be written to" if has_log(file) else ""),
    }[fault]
    return PolicyAssistantError(
        f"cannot use the conversations in {str(file)!r} ({error}): {remedy}"
    )


def damaged(file: Path, reason: str) -> PolicyAssistantError:
    """The error for a file that is not what was kept."""
    return PolicyAssistantError(damaged_text(file, reason))


def damaged_text(file: Path, reason: str) -> str:
    """The text of that error."""
    return (
        f"cannot use the conversations in {str(file)!r}: it is damaged ({reason}): {REPAIR}, or "
        "move the file away"
    )
