"""Paths of files as text and back: on Unix a path is bytes, which need not be UTF-8."""

from __future__ import annotations

import os
import re
from pathlib import Path

_LIKE_ESCAPED = re.compile(r"\\(?=x[0-9a-f]{2})")
_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")
_LONGEST = 400  # characters of a path in a message


def name_of(path: Path) -> str:
    """A path as text that can be stored: bytes that are not UTF-8 become `\\xNN`.

    So does a backslash that already looks like that (`\\x5c`), so that no two paths have the same
    text. On Windows, where names are Unicode, paths stay as they are.
    """
    if os.sep == "\\":
        return os.fsencode(path).decode("utf-8", "replace")
    bare = _LIKE_ESCAPED.sub(r"\\x5c", str(path))
    return os.fsencode(bare).decode("utf-8", "backslashreplace")


def path_of(name: str) -> Path:
    """The path that `name_of` made this text from."""
    if os.sep == "\\":
        return Path(name)
    raw = name.encode("utf-8", "surrogateescape")
    return Path(os.fsdecode(_ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), raw)))


def shown(path: Path) -> str:
    """A path for messages: in quotation marks, on one line, shortened in the middle if long."""
    name = name_of(path)
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"
    return repr(name)


def at_home(path: Path) -> Path:
    """The path with `~` or `~name` expanded, unless such a file exists or no such user does."""
    if os.path.lexists(path):
        return path
    try:
        return path.expanduser()
    except RuntimeError:
        return path
