"""Disks that are full or read-only, a second writer, and readers while others write."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import Answer, Assistant, IndexBusyError, PolicyAssistantError
from tests.torture.kills import Mark, Tally, child, marks
from tests.torture.world import (
    OPERATIONS,
    QUESTIONS,
    Seen,
    World,
    assistant_in,
    look,
)

NO_MOUNT = "needs root, to mount a small tmpfs"


def can_mount(folder: Path) -> bool:
    try:
        with small_disk(folder, 1 << 20):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A disk of that many bytes, mounted at a folder."""
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        check=True,
        capture_output=True,
    )
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def full_disk(world: World, operation: str, count: int, draw: random.Random) -> Tally:
    """The disk has room for the index and a little more: the operation is done or refused."""
    tally = Tally(f"disk full: {operation}")
    states = world.states(operation)
    world.reset()
    used = sum(file.stat().st_size for file in world.index.iterdir())
    for attempt in range(count):
        room = int((attempt + draw.random()) / count * used)
        world.reset()
        spare = world.folder / "spare"
        shutil.copytree(world.index, spare)
        shutil.rmtree(world.index)
        with small_disk(world.live, (used // 4096 + 12) * 4096 + room):
            shutil.move(spare, world.index)
            world.prepare(operation)
            tally.tried += 1
            steps, refusal = 0, ""
            try:
                for _ in OPERATIONS[operation](world.index, world.documents):
                    steps += 1
            except PolicyAssistantError as error:
                refusal = str(error)
            except Exception as error:  # noqa: BLE001 - this is what is looked for
                tally.lost.append(f"{operation} with {room} bytes: {type(error).__name__}: {error}")
            tally.refused += bool(refusal)
            full = look(world.index)  # reading takes some room, too
            subprocess.run(["mount", "-o", "remount,size=16m", str(world.live)], check=True)
            seen = look(world.index)
            if seen.state != states[steps] or "\n" in refusal or full.crash:
                tally.lost.append(f"{operation} with {room} bytes: {steps} done; {refusal}; {seen}")
    world.reset()
    return tally


@contextmanager
def read_only(world: World) -> Iterator[None]:
    """Makes the disk of the index read-only; without root, its folder."""
    if os.getuid() == 0:
        spare = world.folder / "spare"
        shutil.copytree(world.index, spare)
        with small_disk(world.live, 16 << 20):
            shutil.move(spare, world.index)
            subprocess.run(["mount", "-o", "remount,ro", str(world.live)], check=True)
            yield
        return
    for path in (*world.index.iterdir(), world.index):
        path.chmod(0o555)
    try:
        yield
    finally:
        for path in (world.index, *world.index.iterdir()):
            path.chmod(0o755)


def read_only_folder(world: World) -> Tally:
    """Everything can be read, and nothing can be changed."""
    tally = Tally("read-only folder")
    world.reset()
    with read_only(world):
        tally.tried += 1
        seen = look(world.index)
        if seen.state != world.before:
            tally.lost.append(f"reading: {seen.refusal or seen.crash or 'another state'}")
        for operation in OPERATIONS:
            tally.tried += 1
            try:
                for _ in OPERATIONS[operation](world.index, world.documents):
                    pass
            except PolicyAssistantError as error:
                tally.refused += 1
                if "\n" in str(error) or str(world.index) not in str(error):
                    tally.lost.append(f"{operation}: {error}")
                continue
            except Exception as error:  # noqa: BLE001 - this is what is looked for
                tally.lost.append(f"{operation}: {type(error).__name__}: {error}")
                continue
            if operation != "re-add":  # the file has not changed: there is nothing to write
                tally.lost.append(f"{operation}: was done")
    return tally


def two_writers(world: World, count: int, draw: random.Random) -> Tally:
    """Two processes add and remove at once: at least one succeeds, the other may be refused."""
    tally = Tally("two writers at once")
    added, removed = world.states("add")[-1], world.states("remove")[-1]
    for _ in range(count):
        world.reset()
        tally.tried += 1
        with child(world, "add") as (_, adding):
            time.sleep(draw.random() * 0.05)
            with child(world, "remove") as (_, removing):
                reported = [list(marks(adding)), list(marks(removing))]
        errors = [mark for report in reported for mark in report if isinstance(mark, Exception)]
        tally.refused += len(errors)
        seen = look(world.index)
        done = [Mark.DONE in report for report in reported]
        if any(not isinstance(error, IndexBusyError) for error in errors) or not any(done):
            tally.lost.append(f"two writers: {errors}")
        elif not _holds(seen, done, added.policies, removed.policies):
            tally.lost.append(f"two writers: {done} done, and another state")
    return tally


def _holds(
    seen: Seen, done: list[bool], added: tuple[object, ...], removed: tuple[object, ...]
) -> bool:
    if seen.state is None:
        return False
    if all(done):
        return seen.state.policies == tuple(
            policy for policy in added if policy in (*removed, *added[2:])
        )
    return seen.state.policies == (added if done[0] else removed)


def _without_receipt(answer: Answer) -> dict[str, object]:
    return {name: value for name, value in answer.to_dict().items() if name != "receipt"}


_READINGS: dict[str, Callable[[Assistant], object]] = {  # each of one state
    "policies": Assistant.policies,
    "found": lambda assistant: assistant.search(QUESTIONS[0]),
    "answer": lambda assistant: _without_receipt(assistant.ask(QUESTIONS[1], generate=False)),
}


def readers(world: World, operation: str, count: int) -> Tally:
    """Readers see the old state or the new while another process writes, and never the old one
    after the new one."""
    tally = Tally(f"readers during {operation}")
    expected: dict[str, list[object]] = {name: [] for name in _READINGS}
    for reached in (False, True):
        world.reset()
        world.prepare(operation)
        for _ in OPERATIONS[operation](world.index, world.documents) if reached else ():
            pass
        for name, read in _READINGS.items():
            expected[name].append(read(assistant_in(world.index)))
    for _ in range(count):
        world.reset()
        world.prepare(operation)
        newest = 0
        with child(world, operation) as (process, pipe):
            while process.is_alive():
                assistant = assistant_in(world.index)
                for name, read in _READINGS.items():
                    tally.tried += 1
                    try:
                        value = read(assistant)
                    except Exception as error:  # noqa: BLE001 - this is what is looked for
                        tally.lost.append(f"{name} during {operation}: {error!r}")
                        continue
                    fits = [index for index, state in enumerate(expected[name]) if state == value]
                    if not fits or max(fits) < newest:
                        tally.lost.append(f"{name} during {operation}: {fits} after {newest}")
                    newest = max([newest, *fits[:1]])
            reported = list(marks(pipe))
        if Mark.END not in reported:
            tally.lost.append(f"{operation} among readers: {reported[-1:]}")
    return tally
