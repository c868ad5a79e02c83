"""The packaged language model as transformers reads it fast: a folder that is made once.

A manifest, written last, names each file with its size and sha256. A folder that is not as its
manifest says is made anew. Who makes, replaces or sweeps holds a lock, so that whatever else lies
beside the folder under that lock is what a process left behind that is gone.
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
_PATIENCE = 180.0  # seconds that another process may take to make it
_LEFT_OVER = (".new", ".old")


def cache_folder() -> Path:
    """Where the cache lies: `POLICY_ASSISTANT_CACHE`, else the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    return at_home(Path(named)) if named else user_cache_path("policy-assistant")


@dataclass(frozen=True, slots=True)
class ModelCache:
    """A folder of files that can be made again at any time."""

    folder: Path

    def complete(self) -> bool:
        """Whether it was made to its end; what has become of it since is not looked at."""
        return os.path.exists(self.folder / _MANIFEST)  # noqa: PTH110 - False where it is denied

    def damage(self) -> str:
        """What is wrong with a complete cache, "" where every byte is as it was written.

        Reads all of it: 0.3 s for the packaged model.
        """
        try:
            listed = json.loads((self.folder / _MANIFEST).read_bytes())["files"].items()
            for name, noted in listed:
                if (self.folder / name).stat().st_size != noted["size"]:
                    return f"{name} has another size than was written"
            for name, noted in listed:
                if sha256_of(self.folder / name) != noted["sha256"]:
                    return f"{name} is not what was written"
        except FileNotFoundError as error:
            return f"{Path(error.filename).name} is missing"
        except OSError as error:
            return f"cannot be read: {error.strerror or error}"
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"{_MANIFEST} cannot be read"
        return ""

    def ready(self, make: Callable[[Path], None], *, anew: bool = False) -> Path:
        """The folder, whole; where it is not (or `anew`), `make` fills an empty one first.

        Raises OSError where the folder is not whole and cannot be made, and what `make` raises.
        """
        if not anew and self._whole():
            if self._left_over():
                with contextlib.suppress(OSError), self._lock(0):
                    self._sweep()
            return self.folder
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._lock(_PATIENCE):
            self._sweep()
            if anew or not self._whole():  # not another process that was quicker
                try:
                    self._make(make)
                finally:
                    self._sweep()
        return self.folder

    def discard_damaged(self) -> bool:
        """Deletes a cache that is complete and damaged; whether there was one. Raises OSError."""
        if not self.complete() or not self.damage():
            return False
        with self._lock(_PATIENCE):
            damaged = self.complete() and bool(self.damage())
            if damaged:
                self.folder.rename(self._beside(".old"))
            self._sweep()
        return damaged

    def _whole(self) -> bool:
        return self.complete() and not self.damage()

    def _make(self, make: Callable[[Path], None]) -> None:
        draft = self._beside(".new")
        draft.mkdir()
        make(draft)
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
    """Writes the manifest, once everything that it names is on the disk."""
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
