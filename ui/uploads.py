"""Files that come in through the page: kept under a lasting path, then added, step by step."""

from __future__ import annotations

import itertools
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np

from assistant import LoadError
from index.paths import path_of
from index.reading import Limits, read_apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant import AddResult, Assistant
    from index.adding import Bar, Progress


_LEAST_COMMON = 0.2  # of the runs of four words of the shorter text
_LONG = 2_000_000  # characters, above which a part of the runs tells


@dataclass(frozen=True, slots=True)
class Step:
    """How far an `add` is: `done` of `total` of a unit, such as 3 of 12 files."""

    doing: str
    done: int
    total: int
    unit: str


def steps(add: Callable[[Progress], list[AddResult]]) -> Iterator[Step | list[AddResult]]:
    """Runs `add` in a thread of its own: how far it is, each time that grows, then its results.

    What it raises is raised here.
    """
    told: SimpleQueue[Step | list[AddResult] | Exception] = SimpleQueue()

    @contextmanager
    def progress(doing: str, total: int, unit: str) -> Iterator[Bar]:
        yield _Told(told, Step(doing, 0, total, unit))

    def work() -> None:
        try:
            told.put(add(progress))
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            told.put(error)

    threading.Thread(target=work, daemon=True).start()
    while True:
        newest = told.get()
        while isinstance(newest, Step) and not told.empty():
            newest = told.get()
        if isinstance(newest, Exception):
            raise newest
        yield newest
        if not isinstance(newest, Step):
            return


class _Told:
    """A progress bar that puts each step where it is waited for."""

    def __init__(self, told: SimpleQueue[Step | list[AddResult] | Exception], step: Step) -> None:
        self._told = told
        self._step = step
        told.put(step)

    def update(self, n: int) -> None:
        self._step = replace(self._step, done=self._step.done + n)
        self._told.put(self._step)


def add_uploads(
    assistant: Assistant, files: Sequence[Path], progress: Progress | None = None
) -> list[AddResult]:
    """Moves the files to `<index>/uploads` and adds them; one result per file, in order.

    A file of the same name as one before is that policy's new version, where they have a text in
    common: "privacy.pdf" of another company is another policy. When it is rejected, what lay there
    before stays. Of several files of one name in one upload, the last one counts.
    Raises PolicyAssistantError when nothing at all can be added.
    """
    folder = assistant.folder / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    before: dict[Path, bytes | None] = {}
    for file in files:
        kept = _place_for(file, folder, assistant.settings.limits)
        before.setdefault(kept, kept.read_bytes() if kept.exists() else None)
        kept.write_bytes(file.read_bytes())
        file.unlink()
    try:
        results = assistant.add(list(before), progress=progress)
    except BaseException:
        for kept, data in before.items():
            _put_back(kept, data)
        raise
    for kept, result in zip(before, results, strict=True):
        if result.policy_id is None:
            _put_back(kept, before[kept])
    return [replace(result, reason=_short(result)) for result in results]


def _place_for(file: Path, folder: Path, limits: Limits) -> Path:
    """Where the file goes: the first place of its name that is free or holds its older version."""
    data = file.read_bytes()
    for number in itertools.count(1):
        place = folder / (file.name if number == 1 else f"{file.stem}-{number}{file.suffix}")
        if place.is_symlink():
            continue  # what it leads to is not ours to write
        if not place.exists() or _have_in_common(data, place.read_bytes(), file, limits):
            return place
    raise AssertionError  # there is always a free one


def _have_in_common(new: bytes, old: bytes, file: Path, limits: Limits) -> bool:
    """Whether a text may be a version of the other; true where one of them cannot be read."""
    try:
        texts = [read_apart(file, data, limits).text for data in (new, old)]
    except LoadError:
        return True  # `add` says what is wrong with it
    one_in = 1 + min(map(len, texts)) // _LONG
    runs = [_runs(text, one_in) for text in texts]
    common = np.intersect1d(runs[0], runs[1], assume_unique=True)
    return len(common) >= _LEAST_COMMON * min(map(len, runs))


def _runs(text: str, one_in: int) -> NDArray[np.int64]:
    """A number for every four words that follow each other, or for one in so many, each once.

    The words themselves would take 25 times the room of the text.
    """

    def numbers() -> Iterator[int]:
        last: deque[int] = deque(maxlen=4)
        for word in re.finditer(r"\w+", text.lower()):
            last.append(hash(word[0]))
            run = hash(tuple(last))
            if len(last) == 4 and run % one_in == 0:
                yield run

    return np.unique(np.fromiter(numbers(), dtype=np.int64))


def remove_policy(assistant: Assistant, policy_id: str) -> None:
    """Removes the policy from the index, and its file where it was uploaded."""
    paths = {entry.id: path_of(entry.path) for entry in assistant.policies()}
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
