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
from assistant.doors import Limits, path_of, read_apart, real, version_of
from ui.uploads.placement import Placing, uploads_lock

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant import AddResult, Assistant
    from assistant.doors import Bar, Progress


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
    common: "privacy.pdf" of another company is another policy. What lay there before stays until
    the index holds the new one: when that is rejected, nothing can be added, or the process is
    killed, it stays for good. Of several files of one name in one upload, the last one counts.
    Raises PolicyAssistantError when nothing at all can be added.
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
    """The places of uploads, in order also after a process was killed while it added some."""
    placing = Placing(assistant.folder / "uploads")
    placing.recover(lambda place: _is_held(assistant, place))
    return placing


def _is_held(assistant: Assistant, place: Path) -> bool:
    """Whether the index holds what the file says."""
    held = {path_of(entry.path): entry.version for entry in assistant.policies()}
    try:
        document = read_apart(place, place.read_bytes(), assistant.settings.limits)
    except LoadError:
        return False
    return held.get(real(place)) == version_of(document.text)


def _place_for(file: Path, data: bytes, folder: Path, placing: Placing, limits: Limits) -> Path:
    """Where the file goes: the first place of its name that is free or holds its older version."""
    for number in itertools.count(1):
        place = folder / (file.name if number == 1 else f"{file.stem}-{number}{file.suffix}")
        if place.is_symlink() or place.is_dir():
            continue  # what it leads to is not ours to write
        older = placing.newest(place)
        if not older.exists() or _have_in_common(data, older.read_bytes(), file, limits):
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
    with uploads_lock(assistant.folder):
        _recovered(assistant)
        paths = {entry.id: path_of(entry.path) for entry in assistant.policies()}
        assistant.remove(policy_id)
        path = paths[policy_id]
        if path.parent == (assistant.folder / "uploads").resolve():
            path.unlink(missing_ok=True)


def _short(result: AddResult) -> str:
    """The reason with the file's name in place of its whole path."""
    return result.reason.replace(result.path, Path(result.path).name)
