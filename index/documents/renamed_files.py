"""Files that were given another name or place between two runs of `add`.

A file is a policy's renamed one where it is new to the index, its text is that of the policy's
newest version, and the file that was added is no longer there. Anything less (another text, a file
that still lies there, two policies that it could be) makes a policy of its own: a copy is no
rename, and neither is an older version in an archive.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.paths import path_of


def renamed_from(version: str, newest: Mapping[str, str]) -> str | None:
    """The path that a file of this version was added under before, or None.

    `newest` maps the path of each policy in the index to its newest version.
    """
    gone = [path for path, held in newest.items() if held == version and _is_gone(path)]
    return gone[0] if len(gone) == 1 else None


def _is_gone(path: str) -> bool:
    try:
        path_of(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False  # it may well be there: nobody may look
    return False
