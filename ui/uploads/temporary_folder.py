"""The temporary folder that uploads arrive in: only its owner can read it, and it goes at exit."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "policy-assistant-uploads-"
_LOCK = "in-use.lock"
_YOUNG = 60.0  # seconds during which a new folder may not be locked yet


def make_upload_folder() -> Path:
    """A new folder, deleted at exit; folders left by killed processes are deleted first."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = FileLock(folder / _LOCK)
    lock.acquire(timeout=0)
    atexit.register(_delete, folder, lock)
    uploads = folder / "files"
    uploads.mkdir(mode=0o700)
    return uploads


def _delete(folder: Path, lock: FileLock) -> None:
    lock.release()
    shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Deletes this user's folders that no process holds: a lock is freed when its owner ends."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if _is_ours(folder):
                with FileLock(folder / _LOCK, timeout=0):
                    pass
                shutil.rmtree(folder, ignore_errors=True)
        except (OSError, Timeout):
            continue  # in use, or swept by another process


def _is_ours(folder: Path) -> bool:
    status = folder.lstat()
    owner = getattr(os, "getuid", lambda: status.st_uid)()
    return (
        folder.is_dir()
        and not folder.is_symlink()
        and status.st_uid == owner
        and time.time() - status.st_mtime > _YOUNG
        and (folder / _LOCK).is_file()
    )
