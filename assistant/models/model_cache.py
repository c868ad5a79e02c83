"""The packaged language model in a form that loads fast: a folder that is filled once.

A manifest, written last, names each file with its size and sha256. A folder that does not match its
manifest is rebuilt. Whoever fills, replaces or sweeps holds a lock, so that anything else that lies
beside the folder under that lock was left behind by a process that is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock
from platformdirs import user_cache_path

from index.file_sha256 import sha256_of
from index.paths import at_home

CACHE_VARIABLE = "POLICY_ASSISTANT_CACHE"
_MANIFEST = "manifest.json"
_PATIENCE = 180.0  # seconds that another process may take to fill it
_LEFT_OVER = (".new", ".old")


def cache_folder() -> Path:
    """Where the cache lies: `POLICY_ASSISTANT_CACHE`, else the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    return at_home(Path(named)) if named else user_cache_path("policy-assistant")


@dataclass(frozen=True, slots=True)
class ModelCache:
    """A folder of files that can be rebuilt at any time."""

    folder: Path

    def complete(self) -> bool:
        """Whether it was filled to the end; it may have been damaged since."""
        return os.path.exists(self.folder / _MANIFEST)  # noqa: PTH110 - False without access

    def damage(self) -> str:
        """What is wrong with a complete cache, "" where every byte is as it was written.

        Reads the whole folder: 0.3 s for the packaged model.
        """
        try:
            listed = json.loads((self.folder / _MANIFEST).read_bytes())["files"].items()
            for name, written in listed:
                if (self.folder / name).stat().st_size != written["size"]:
                    return f"{name} has another size than was written"
            for name, written in listed:
                if sha256_of(self.folder / name) != written["sha256"]:
                    return f"{name} is not what was written"
        except FileNotFoundError as error:
            return f"{Path(error.filename).name} is missing"
        except OSError as error:
            return f"cannot be read: {error.strerror or error}"
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"{_MANIFEST} cannot be read"
        return ""

    def ready(self, fill: Callable[[Path], None], *, rebuild: bool = False) -> Path:
        """The intact folder; where it is not intact, or to `rebuild` it, `fill` fills an empty one.

        Raises OSError where the folder is not intact and cannot be filled, and what `fill` raises.
        """
        if not rebuild and self._is_intact():
            if self._left_over():
                with contextlib.suppress(OSError), self._lock(0):
                    self._sweep()
            return self.folder
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._lock(_PATIENCE):
            self._sweep()
            if rebuild or not self._is_intact():  # unless another process was quicker
                try:
                    self._replace(fill)
                finally:
                    self._sweep()
        return self.folder

    def discard_damaged(self) -> bool:
        """Deletes the cache if it is complete but damaged; whether it did so. Raises OSError."""
        if not self.complete() or not self.damage():
            return False
        with self._lock(_PATIENCE):
            damaged = self.complete() and bool(self.damage())
            if damaged:
                self.folder.rename(self._beside(".old"))
            self._sweep()
        return damaged

    def _is_intact(self) -> bool:
        return self.complete() and not self.damage()

    def _replace(self, fill: Callable[[Path], None]) -> None:
        draft = self._beside(".new")
        draft.mkdir()
        fill(draft)
        _seal(draft)
        if self.folder.exists():
            self.folder.rename(self._beside(".old"))  # one rename cannot replace a full folder
        draft.rename(self.folder)
        _sync(self.folder.parent)

    def _beside(self, suffix: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{os.getpid()}{suffix}")

    def _left_over(self) -> list[Path]:
        beside = self.folder.parent.glob(f"{self.folder.name}.*")
        return [path for path in beside if path.suffix in _LEFT_OVER]

    def _sweep(self) -> None:
        for path in self._left_over():
            shutil.rmtree(path, ignore_errors=True)

    def _lock(self, seconds: float) -> Any:
        return FileLock(self.folder.with_name(f"{self.folder.name}.lock"), timeout=seconds)


def _seal(folder: Path) -> None:
    """Writes the manifest once everything that it names is on the disk."""
    files = {}
    for path in sorted(folder.iterdir()):
        _sync(path)
        files[path.name] = {"size": path.stat().st_size, "sha256": sha256_of(path)}
    manifest = folder / _MANIFEST
    manifest.write_text(json.dumps({"files": files}, indent=1), encoding="utf-8")
    _sync(manifest)
    _sync(folder)


def _sync(path: Path) -> None:
    if path.is_dir():
        if os.name == "nt":
            return  # Windows opens no folders
        descriptor = os.open(path, os.O_RDONLY)
    else:
        descriptor = os.open(path, os.O_RDWR)  # Windows wants it writable
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
