"""Breaks a small index in every way that we could think of, and checks what is left of it.

    python -m tests.torture --kills 200 --seed 1

An attack is survived if a new process sees the old state or the new one, nothing is missing that
was reported as done, and the process can continue from there; or if it refuses in one line that
says what to do. Everything else is lost, and the exit status is then 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.torture import damage, kills, logs, places
from tests.torture.kills import Mark, Tally
from tests.torture.world import OPERATIONS, World, say


def attacks(world: World, count: int, draw: random.Random) -> Iterator[Tally]:
    """All attacks: `count` kills of processes, and other attacks in proportion."""
    ways = [(name, way) for name in OPERATIONS for way in range(4)]
    ways.remove(("feedback", 2))  # it writes no vectors
    for index, (name, way) in enumerate(ways):
        share = count * (index + 1) // len(ways) - count * index // len(ways)
        if way == 0:
            yield kills.kill_at_random(world, name, share, draw)
        elif way == 1:
            yield kills.kill_within(world, name, Mark.COMMIT, share, draw)
        elif way == 2:
            yield kills.kill_within(world, name, Mark.FILE, share, draw)
        else:
            yield kills.kill_in_a_write(world, name, share, draw, killed=True)
    some = max(count // 20, 1)
    for name in OPERATIONS:
        yield kills.kill_in_a_write(world, name, some, draw, killed=False)
    if places.can_mount(world.live):
        for name in OPERATIONS:
            yield places.full_disk(world, name, some, draw)
    else:
        say(f"left out: disk full ({places.NO_MOUNT})")
    yield places.read_only_folder(world)
    yield places.two_writers(world, some, draw)
    for name in ("add", "re-add", "remove"):
        yield places.readers(world, name, max(some // 3, 1))
    for file in damage.FILES:
        for kind in damage.DAMAGES:
            yield damage.damage(world, file, kind, max(count // 8, 1), draw)
    for name in OPERATIONS:
        for kind in damage.DAMAGES:
            yield logs.damage_log(world, name, kind, some, draw)
    for what in damage.STRANGERS:
        yield damage.stranger(world, what)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200, help="processes to kill (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="of random numbers (default: 1)")
    options = parser.parse_args()
    row = "{:<58} {:>6} {:>9} {:>8} {:>6} {:>9} {:>6}"
    say(row.format("attack", "tried", "survived", "refused", "lost", "repaired", "whole"))
    with tempfile.TemporaryDirectory() as scratch:
        world = World(Path(scratch) / "world")
        total = Tally("all")
        for tally in attacks(world, options.kills, random.Random(options.seed)):
            numbers = (tally.tried, tally.survived, tally.refused, len(tally.lost))
            say(row.format(tally.attack, *numbers, tally.repaired, tally.whole))
            total.tried += tally.tried
            total.refused += tally.refused
            total.repaired += tally.repaired
            total.whole += tally.whole
            total.lost += tally.lost
    numbers = (total.tried, total.survived, total.refused, len(total.lost))
    say(row.format(total.attack, *numbers, total.repaired, total.whole))
    for line in total.lost:
        say(f"LOST: {line}")
    return 1 if total.lost else 0


if __name__ == "__main__":
    sys.exit(main())
