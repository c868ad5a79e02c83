"""Which policy a file belongs to: by its path, by its text where it was renamed, or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.documents.file_search import File, real
from index.documents.loader import slug
from index.documents.renamed_files import renamed_from
from index.errors import LoadError
from index.paths import name_of, shown
from index.store.held import HeldFile
from index.store.versions import unknown_policy


class PolicyFiles:
    """The file of each policy, by path: as the index holds them, then with those just read.

    Files of one slug get ids with numbers. `_last_number` has the last one that was given to each
    id: thousands of files may have the same slug.
    """

    def __init__(self, held: Mapping[str, HeldFile]) -> None:
        self._files = dict(held)
        self._claimed: str | None = None
        self._last_number = {file.policy_id: 1 for file in held.values()}

    def claim(self, files: Sequence[File], policy_id: str) -> None:
        """Makes the one file a new version of that policy, wherever it lies.

        Raises UnknownPolicyError where the index holds no such policy, LoadError where there are
        several files, or this one is the file of another policy.
        """
        old = next((path for path, held in self._files.items() if held.policy_id == policy_id), "")
        if not old:
            raise unknown_policy(policy_id)
        if len(files) != 1:
            raise LoadError(
                f"a new version of {policy_id!r} is one file, not {len(files)}: name one"
            )
        new = name_of(real(files[0].path))
        if new == old:
            return
        if new in self._files:
            raise LoadError(
                f"{shown(files[0].path)} is policy {self._files[new].policy_id!r} already: remove "
                "that first"
            )
        del self._files[old]
        self._claimed = policy_id

    def at(self, path: Path) -> HeldFile | None:
        """What was last added from that path."""
        return self._files.get(name_of(path))

    def policy_of(self, path: Path, version: str) -> tuple[str, bool]:
        """The id that a file with this version of a text gets, and whether it is a new policy.

        The old path of a renamed file is forgotten.
        """
        if held := self.at(path):
            return held.policy_id, False
        if self._claimed:
            return self._claimed, False
        newest = {path: held.version for path, held in self._files.items()}
        if old := renamed_from(version, newest):
            return self._files.pop(old).policy_id, False
        return self._free_id(path), True

    def put(self, path: Path, file: HeldFile) -> None:
        """Notes what will be added from that path."""
        self._files[name_of(path)] = file

    def _free_id(self, path: Path) -> str:
        base = slug(path)
        policy_id, number = base, self._last_number.get(base, 1)
        while policy_id in self._last_number:
            number += 1
            policy_id = f"{base}-{number}"
        if base in self._last_number:
            self._last_number[base] = number
        self._last_number[policy_id] = 1
        return policy_id
