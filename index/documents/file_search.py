"""Which files `add` is about, and their bytes. Nothing but a file is opened, or waited for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.documents.limits import Limits
from index.documents.loader import LOADERS, loader_of
from index.errors import LoadError
from index.paths import at_home, shown

_CHUNK = 1 << 20  # bytes
# Not through a link that was put there meanwhile, nor waiting for whoever writes into a pipe.
_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)  # each system has some of them
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file held: `where` it really lies, when it was changed (seconds since 1970, UTC)."""

    where: Path
    data: bytes
    modified: float


@dataclass(frozen=True, slots=True)
class File:
    """A file that is to be added.

    One that was found in a folder has to lie, links resolved, in one of `inside`: to name a folder
    is to say what may be read. One that was given by itself may lie anywhere, and `inside` is
    empty. `fault` is of a folder that cannot be listed.
    """

    path: Path
    inside: frozenset[Path] = frozenset()
    fault: str = ""

    def allows(self, where: Path) -> bool:
        """Whether the file may lie there."""
        return not self.inside or any(each in self.inside for each in (where, *where.parents))

    def read(self, limits: Limits) -> Contents:
        """Reads it, and no more than the limit allows. Raises LoadError, with the remedy."""
        if self.fault:
            raise _unreadable(self.path, self.fault)
        try:
            where = real(self.path)
            if not self.allows(where):
                raise LoadError(
                    f"{shown(self.path)} is a link out of the folder that was added, to "
                    f"{shown(where)}: add that by itself, if it is to be read"
                )
            _check_kind(self.path, _status(self.path, where))
            loader_of(where)
            return _contents(self.path, where, limits)
        except FileNotFoundError as error:
            raise _missing(self.path) from error
        except (OSError, ValueError) as error:
            raise _unreadable(self.path, getattr(error, "strerror", None) or str(error)) from error


def expand(paths: Iterable[Path]) -> list[File]:
    """Files as given, and of folders every file below that a loader reads, each once.

    Those of a folder are sorted, links last; hidden files and folders are left out. Of links, and
    of what is no file though its name says so, those are among them that `File.read` refuses: it
    says why. Links to folders are not followed.
    """
    given = [at_home(path) for path in paths]
    inside = frozenset(map(real, given))
    files: dict[Path, File] = {}
    for path in given:
        for file in _below(path, inside) if _is_folder(path) else [File(path)]:
            files.setdefault(_identity(file), file)
    return list(files.values())


def _identity(file: File) -> Path:
    """Where it really lies; where it does not, its name: each such one has a line of its own."""
    where = real(file.path)
    return where if file.allows(where) and _exists(where) else file.path


def _exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for a name that is too long


def real(path: Path) -> Path:
    """The path without links in it."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        return path  # a name with a zero byte is none: told when it is read


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for a name that is too long


def _below(folder: Path, inside: frozenset[Path]) -> list[File]:
    files: list[File] = []
    links: list[File] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listed:
                entries = [entry for entry in listed if not entry.name.startswith(".")]
        except OSError as error:
            files.append(File(here, fault=error.strerror or str(error)))
            continue
        for entry in entries:
            if entry.is_symlink():
                links.extend(_linked(Path(entry.path), inside))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif _is_called_document(entry.name):
                files.append(File(Path(entry.path), inside))
    return [*sorted(files, key=_path), *sorted(links, key=_path)]


def _linked(path: Path, inside: frozenset[Path]) -> Iterator[File]:
    """The link, where it is to be read or to be told of. What is inside is found anyway."""
    file = File(path, inside)
    if not file.allows(real(path)) if _is_folder(path) else _is_called_document(path.name):
        yield file


def _is_called_document(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in LOADERS  # noqa: PTH122 - a Path each takes long


def _path(file: File) -> Path:
    return file.path


def _status(path: Path, where: Path) -> os.stat_result:
    try:
        return where.stat()
    except FileNotFoundError:
        return path.stat()  # what /dev/stdin leads to may have no path of its own


def _check_kind(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "something")
        raise LoadError(
            f"{shown(path)} is {kind}, not a file: give a document, or a folder of them"
        )


def _contents(path: Path, where: Path, limits: Limits) -> Contents:
    with _opened(where) as descriptor:
        before = os.fstat(descriptor)
        _check_kind(path, before)  # it may have been replaced since it was looked at
        limits.check_size(where.name, before.st_size)
        chunks: list[bytes] = []
        size = 0
        while chunk := os.read(descriptor, _CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            limits.check_size(where.name, size)
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise LoadError(f"{shown(path)} is being written: add it again when that is done")
    return Contents(where, b"".join(chunks), after.st_mtime)


@contextmanager
def _opened(where: Path) -> Iterator[int]:
    descriptor = os.open(where, _FLAGS)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _missing(path: Path) -> LoadError:
    if path.is_symlink():
        to = shown(real(path))
        return LoadError(f"{shown(path)} is a link to {to}, which is not there: mend the link")
    return LoadError(f"there is no file {shown(path)}: check the path")


def _unreadable(path: Path, fault: str) -> LoadError:
    return LoadError(f"cannot read {shown(path)} ({fault}): check the path and its rights")
