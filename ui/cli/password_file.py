"""The file that `add --pdf-passwords` names: passwords of PDFs, one a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant import PolicyAssistantError
from assistant.doors import at_home, expand, real

_MOST = 1_000_000  # bytes


def read_passwords(path: Path, documents: Iterable[Path] = ()) -> tuple[str, ...]:
    """The passwords in a file, in order, each once.

    The end of a line (LF or CRLF) and a byte order mark belong to none; blanks do. Raises
    PolicyAssistantError for what is no such file, and for one that would be added as a policy
    because it is among the `documents` or in a folder of them. No error says, or holds, what the
    file says.
    """
    _check_apart(path, documents)
    text = _text(path)
    passwords = dict.fromkeys(line.removesuffix("\r") for line in text.split("\n"))
    passwords.pop("", None)  # which every file is tried with
    if not passwords:
        raise PolicyAssistantError(f"{str(path)!r} holds no password: write one on each line")
    return tuple(passwords)


def _check_apart(path: Path, documents: Iterable[Path]) -> None:
    here = real(at_home(path))
    if any(real(file.path) == here for file in expand(documents)):
        raise PolicyAssistantError(
            f"{str(path)!r} is among what is to be added, and its passwords would be kept as a "
            "policy: move it elsewhere"
        )


def _text(path: Path) -> str:
    try:
        with at_home(path).open("rb") as file:  # a pipe, too
            data = file.read(_MOST + 1)
    except OSError as error:
        raise PolicyAssistantError(
            f"cannot read the passwords in {str(path)!r} ({error.strerror}): give a text file with "
            "one password a line"
        ) from error
    if len(data) > _MOST:
        raise PolicyAssistantError(
            f"{str(path)!r} is more than a megabyte: give a text file with one password a line"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"  # nothing is raised from that error: it holds the data
    if "\0" in text:
        raise PolicyAssistantError(
            f"{str(path)!r} is no text in UTF-8: save it as UTF-8, one password a line"
        )
    return text
