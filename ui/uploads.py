"""Files that come in through the page: kept under a lasting path, then added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant import AddResult, Assistant


def add_uploads(assistant: Assistant, files: Sequence[Path]) -> list[AddResult]:
    """Moves the files to `<index>/uploads` and adds them; one result per file, in order.

    A file of the same name as one before is that policy's new version. When it is rejected, what
    lay there before stays. Of several files of one name in one upload, the last one counts.
    Raises PolicyAssistantError when nothing at all can be added.
    """
    folder = assistant.folder / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    before: dict[Path, bytes | None] = {}
    for file in files:
        kept = folder / file.name
        before.setdefault(kept, kept.read_bytes() if kept.exists() else None)
        kept.write_bytes(file.read_bytes())
        file.unlink()
    try:
        results = assistant.add(list(before))
    except BaseException:
        for kept, data in before.items():
            _put_back(kept, data)
        raise
    for kept, result in zip(before, results, strict=True):
        if result.policy_id is None:
            _put_back(kept, before[kept])
    return [replace(result, reason=_short(result)) for result in results]


def remove_policy(assistant: Assistant, policy_id: str) -> None:
    """Removes the policy from the index, and its file where it was uploaded."""
    paths = {entry.id: Path(entry.path) for entry in assistant.policies()}
    assistant.remove(policy_id)
    path = paths[policy_id]
    if path.parent == (assistant.folder / "uploads").resolve():
        path.unlink(missing_ok=True)


def _put_back(kept: Path, data: bytes | None) -> None:
    if data is None:
        kept.unlink(missing_ok=True)
    else:
        kept.write_bytes(data)


def _short(result: AddResult) -> str:
    """The reason with the file's name in place of its whole path."""
    return result.reason.replace(result.path, Path(result.path).name)
