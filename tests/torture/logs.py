"""SQLite's write-ahead log as a killed process leaves it, and then damaged too.

While somebody reads, what is written stays in the log. A log that is cut or changed must not lead
to a state that never was: readers see the state before the operation or after one of its steps, or
refuse.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.torture.damage import DAMAGES, repair
from tests.torture.kills import Tally
from tests.torture.world import OPERATIONS, State, World, look


def left_log(world: World, operation: str, kept: Path) -> Path:
    """Copies the index folder, as a process killed after all steps would leave it, to `kept`.

    Returns the path of the log in the index folder.
    """
    name = "chat.sqlite3" if operation == "feedback" else "index.sqlite3"
    world.states(operation)
    world.reset()
    world.prepare(operation)
    with closing(sqlite3.connect(world.index / name, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        for _ in OPERATIONS[operation](world.index, world.documents):
            pass
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(world.index, kept, ignore=shutil.ignore_patterns("*-shm"))
    log = world.index / f"{name}-wal"
    assert (kept / log.name).stat().st_size > 0
    return log


def damage_log(world: World, operation: str, kind: str, count: int, draw: random.Random) -> Tally:
    """Damages the log of an operation before anybody opens the index again."""
    tally = Tally(f"the log of {operation}: {kind}")
    kept = world.folder / "killed"
    log = left_log(world, operation, kept)
    states = world.states(operation)
    for _ in range(count if kind not in {"empty", "deleted"} else 1):
        shutil.rmtree(world.index)
        shutil.copytree(kept, world.index)
        DAMAGES[kind](log, draw)
        tally.tried += 1
        fault = _fault(world, states, tally)
        if fault:
            tally.lost.append(f"{operation}, {kind}: {fault}")
    return tally


def _fault(world: World, states: tuple[State, ...], tally: Tally) -> str:
    seen = look(world.index)
    if seen.state in states:
        return ""
    if not seen.refusal:
        return seen.crash or "a state that never was"
    tally.refused += 1
    done, lost = repair(world.index)
    tally.repaired += bool(done)
    again = look(world.index)
    tally.whole += again.state in states
    if again.state is None:
        return f"repaired, and then: {again.refusal or again.crash}"
    return "" if lost or again.state in states else "repaired without a word"
