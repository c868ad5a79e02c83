"""`kill -9` at random moments of operations that change an index folder.

A child process runs the operation and reports each step that is done. It is killed after a random
part of the whole duration, or shortly after it has begun what must not be torn (a commit, the file
of vectors), or by the system, in the middle of the write that makes a file longer than a limit.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from assistant import PolicyAssistantError, UnknownPolicyError
from tests.torture.world import OPERATIONS, World, look

_FORKSERVER = multiprocessing.get_context("forkserver")
_FORKSERVER.set_forkserver_preload(["tests.torture.kills", "faiss", "assistant.assistant"])
_AFTER_MARK = 0.004  # seconds: a commit takes about one of these thousandths, and so does a file


class Mark(Enum):
    """What a child process reports."""

    START = "start"
    COMMIT = "a commit begins"
    FILE = "the vectors' file is being written"
    DONE = "a step is done"
    END = "end"


@dataclass(frozen=True, slots=True)
class Limit:
    """No file of the child may grow past `size` bytes: it is `killed`, or its write fails."""

    size: int
    killed: bool


@dataclass
class Tally:
    """What came of one attack."""

    attack: str
    tried: int = 0
    refused: int = 0
    repaired: int = 0  # of those that were refused
    whole: int = 0  # of those that were repaired, without any loss
    lost: list[str] = field(default_factory=list)

    @property
    def survived(self) -> int:
        return self.tried - len(self.lost)


@contextmanager
def child(
    world: World, operation: str, limit: Limit | None = None
) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """A process that does the operation, and the pipe on which it reports marks."""
    ours, theirs = _FORKSERVER.Pipe(duplex=False)
    process = _FORKSERVER.Process(
        target=_perform, args=(operation, world.index, world.documents, theirs, limit)
    )
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _perform(
    operation: str, index: Path, documents: Path, pipe: Connection, limit: Limit | None
) -> None:
    real_connect, real_fsync = sqlite3.connect, os.fsync

    def connect(*arguments: object, **named: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real_connect(*arguments, **named)  # type: ignore[call-overload]
        connection.set_trace_callback(
            lambda statement: pipe.send(Mark.COMMIT) if statement == "COMMIT" else None
        )
        return connection

    def fsync(file: int) -> None:
        pipe.send(Mark.FILE)
        real_fsync(file)

    sqlite3.connect = connect  # type: ignore[assignment]
    os.fsync = fsync  # type: ignore[assignment]
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if limit.killed else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit.size, limit.size))
    pipe.send(Mark.START)
    try:
        for _ in OPERATIONS[operation](index, documents):
            pipe.send(Mark.DONE)
        pipe.send(Mark.END)
    except Exception as error:  # noqa: BLE001 - reported to the parent
        pipe.send(error)


def marks(pipe: Connection) -> Iterator[object]:
    """What a child still reports, up to its end."""
    with suppress(EOFError, ConnectionResetError):
        while True:
            yield pipe.recv()


def _until(pipe: Connection, wanted: Mark, which: int = 1) -> list[object]:
    """What a child reports up to and including the `which`-th such mark."""
    reported: list[object] = []
    for mark in marks(pipe):
        reported.append(mark)
        which -= mark is wanted
        if not which:
            break
    return reported


@dataclass(frozen=True, slots=True)
class _Course:
    """An undisturbed operation: its duration (the longest of three) and its marks."""

    seconds: float
    marks: list[object]


def course(world: World, operation: str) -> _Course:
    longest, reported = 0.0, []
    for _ in range(3):
        world.reset()
        world.prepare(operation)
        with child(world, operation) as (_, pipe):
            _until(pipe, Mark.START)
            began = time.perf_counter()
            reported = list(marks(pipe))
            longest = max(longest, time.perf_counter() - began)
        assert reported[-1] is Mark.END, reported
    return _Course(longest, reported)


def kill_at_random(world: World, operation: str, count: int, draw: random.Random) -> Tally:
    """Kills after a random part of the whole duration."""
    tally = Tally(f"kill -9 at any time of {operation}")
    undisturbed = course(world, operation)
    for attempt in range(count):
        # Each kill has its own part of the duration, so that together they cover all of it.
        delay = (attempt + draw.random()) / count * 1.05 * undisturbed.seconds
        with _prepared(world, operation) as (process, pipe):
            reported = _until(pipe, Mark.START)
            time.sleep(delay)
            process.kill()
            reported += marks(pipe)
        judge(tally, world, operation, reported, f"after {1000 * delay:.1f} ms")
    return tally


def kill_within(world: World, operation: str, mark: Mark, count: int, draw: random.Random) -> Tally:
    """Kills shortly after one of these marks, at random."""
    tally = Tally(f"kill -9 within {mark.name.lower()} of {operation}")
    occurrences = course(world, operation).marks.count(mark)
    for _ in range(count if occurrences else 0):
        which, delay = draw.randint(1, occurrences), draw.random() * _AFTER_MARK
        with _prepared(world, operation) as (process, pipe):
            reported = _until(pipe, mark, which)
            until = time.perf_counter() + delay
            while time.perf_counter() < until:
                pass
            process.kill()
            reported += marks(pipe)
        when = f"{1000 * delay:.2f} ms after {mark.name.lower()} {which}"
        judge(tally, world, operation, reported, when)
    return tally


def kill_in_a_write(
    world: World, operation: str, count: int, draw: random.Random, *, killed: bool
) -> Tally:
    """A write past a random size kills (SIGXFSZ), or fails as on a full disk."""
    how = "killed in a write past a random size" if killed else "no file may grow past a size"
    tally = Tally(f"{how}: {operation}")
    for _ in range(count):
        size = draw.randrange(0, _largest(world, operation))
        with _prepared(world, operation, Limit(size, killed)) as (_, pipe):
            reported = list(marks(pipe))
        judge(tally, world, operation, reported, f"{how} ({size})")
    return tally


def _largest(world: World, operation: str) -> int:
    """More than any of its files grows to: the log of the database is larger than that."""
    database = world.index / ("chat.sqlite3" if operation == "feedback" else "index.sqlite3")
    return 4 * database.stat().st_size


@contextmanager
def _prepared(
    world: World, operation: str, limit: Limit | None = None
) -> Iterator[tuple[ForkServerProcess, Connection]]:
    world.states(operation)
    world.reset()
    world.prepare(operation)
    with child(world, operation, limit) as process_and_pipe:
        yield process_and_pipe


def judge(tally: Tally, world: World, operation: str, reported: list[object], when: str) -> None:
    """The state must be that of the last step reported or the next, and allow the operation."""
    tally.tried += 1
    states = world.states(operation)
    done = reported.count(Mark.DONE)
    errors = [mark for mark in reported if isinstance(mark, Exception)]
    tally.refused += len(errors)
    if any(not isinstance(error, PolicyAssistantError) or "\n" in str(error) for error in errors):
        tally.lost.append(f"{operation} {when}: {errors}")
        return
    seen = look(world.index)
    if seen.state not in states[done : done + 2]:
        what = seen.crash or seen.refusal or "another state"
        tally.lost.append(f"{operation} {when}: {what}, {done} steps reported")
        return
    try:
        with suppress(UnknownPolicyError):  # it was removed before
            for _ in OPERATIONS[operation](world.index, world.documents):
                pass
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        tally.lost.append(f"{operation} {when}: cannot go on: {error!r}")
        return
    again = look(world.index)
    if operation != "feedback" and again.state != states[-1]:
        tally.lost.append(f"{operation} {when}: does not go on to the new state: {again}")
    left = [file.name for file in world.index.glob("*.new")]
    if left:
        tally.lost.append(f"{operation} {when}: left {left}")
