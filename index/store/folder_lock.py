"""Who may change what lies in a folder: one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import PolicyAssistantError

_POLL_SECONDS = 0.01


@contextmanager
def folder_lock(
    file: Path,
    *,
    busy: PolicyAssistantError,
    denied: Callable[[OSError], PolicyAssistantError],
    wait: float = 0.0,
    private: bool = False,
) -> Iterator[None]:
    """Holds the lock file; the system releases it when its process ends, however that happens.

    Raises `busy` where another process still holds it after `wait` seconds, and what `denied`
    makes of the error where the file cannot be written. Only its owner can read a `private` file.
    Not reentrant.
    """
    lock = FileLock(file, mode=0o600 if private else -1)
    try:
        lock.acquire(timeout=wait, poll_interval=_POLL_SECONDS)
    except Timeout as error:
        raise busy from error
    except OSError as error:
        raise denied(error) from error
    try:
        yield
    finally:
        lock.release()
