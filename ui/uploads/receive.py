"""Files that come in through the page: kept under a lasting path, then added; and removed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import LoadError
from assistant.doors import Limits, path_of, read_apart, real, version_of
from ui.uploads.placement import Placing, uploads_lock
from ui.uploads.same_policy import may_be_versions

if TYPE_CHECKING:
    from assistant import AddResult, Assistant
    from assistant.doors import Progress


def add_uploads(
    assistant: Assistant, files: Sequence[Path], progress: Progress | None = None
) -> list[AddResult]:
    """Moves the files to `<index>/uploads` and adds them; one result per file, in order.

    A file with the name of an earlier one is a new version of that policy if their texts overlap:
    "privacy.pdf" of another company is another policy. What was there before stays until the index
    holds the new one, and for good if that is rejected, nothing can be added, or the process is
    killed. Of several files of one name in one upload, the last one counts. Raises
    PolicyAssistantError if nothing at all can be added.
    """
    folder = assistant.folder / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    with uploads_lock(assistant.folder):
        placing = _recovered(assistant)
        places: dict[Path, None] = {}
        try:
            placing.begin()
            for file in files:
                data = file.read_bytes()
                place = _place_for(file, data, folder, placing, assistant.settings.limits)
                placing.bring(data, place)
                places[place] = None
            for place in places:
                placing.swap(place)
            results = assistant.add(list(places), progress=progress)
            rejected = [result.policy_id is None for result in results]
        except BaseException:
            rejected = [True] * len(places)
            raise
        finally:
            for place, is_rejected in zip(places, rejected, strict=True):
                if is_rejected:
                    placing.put_back(place)
            placing.finish()
            for file in files:
                file.unlink(missing_ok=True)
    return [replace(result, reason=_short(result)) for result in results]


def _recovered(assistant: Assistant) -> Placing:
    """The places of uploads, restored if a process was killed while it added some."""
    placing = Placing(assistant.folder / "uploads")
    placing.recover(lambda place: _is_held(assistant, place))
    return placing


def _is_held(assistant: Assistant, place: Path) -> bool:
    """Whether the index holds the text of the file."""
    held = {path_of(entry.path): entry.version for entry in assistant.policies()}
    try:
        document = read_apart(place, place.read_bytes(), assistant.settings.limits)
    except LoadError:
        return False
    return held.get(real(place)) == version_of(document.text)


def _place_for(file: Path, data: bytes, folder: Path, placing: Placing, limits: Limits) -> Path:
    """The first place for a file of that name which is free or holds its older version."""
    for number in itertools.count(1):
        place = folder / (file.name if number == 1 else f"{file.stem}-{number}{file.suffix}")
        if place.is_symlink() or place.is_dir():
            continue  # what is there is not ours to overwrite
        older = placing.newest(place)
        if not older.exists() or may_be_versions(data, older.read_bytes(), file, limits):
            return place
    raise AssertionError  # some place is always free


def remove_policy(assistant: Assistant, policy_id: str) -> None:
    """Removes the policy from the index, and its file if it was uploaded."""
    with uploads_lock(assistant.folder):
        _recovered(assistant)
        paths = {entry.id: path_of(entry.path) for entry in assistant.policies()}
        assistant.remove(policy_id)
        path = paths[policy_id]
        if path.parent == (assistant.folder / "uploads").resolve():
            path.unlink(missing_ok=True)


def _short(result: AddResult) -> str:
    """The reason, with the name of the file in place of its whole path."""
    return result.reason.replace(result.path, Path(result.path).name)
