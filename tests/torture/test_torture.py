"""A short torture: `make torture` is the long one."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="there is no kill -9 on Windows")
from tests.torture import damage, kills, logs, places
from tests.torture.kills import Mark, Tally
from tests.torture.world import OPERATIONS, World

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("torture") / "world")


@pytest.fixture
def draw() -> random.Random:
    return random.Random(7)


@pytest.fixture
def mountable(world: World) -> None:
    if not places.can_mount(world.live):
        pytest.skip(places.NO_MOUNT)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_kill_9_at_any_time(world: World, draw: random.Random, operation: str) -> None:
    tally = kills.kill_at_random(world, operation, 2, draw)
    assert (tally.tried, tally.lost) == (2, [])


@pytest.mark.parametrize("mark", [Mark.COMMIT, Mark.FILE])
def test_kill_9_within_what_must_not_be_torn(world: World, draw: random.Random, mark: Mark) -> None:
    tally = kills.kill_within(world, "re-add", mark, 1, draw)
    assert (tally.tried, tally.lost) == (1, [])


@pytest.mark.parametrize("killed", [True, False])
def test_a_write_that_is_cut_short(world: World, draw: random.Random, killed: bool) -> None:
    tally = kills.kill_in_a_write(world, "add", 1, draw, killed=killed)
    assert (tally.tried, tally.lost) == (1, [])


def test_what_was_reported_and_is_missing_is_lost(world: World) -> None:
    world.reset()
    tally = Tally("nothing was done")
    kills.judge(tally, world, "remove", [Mark.START, Mark.DONE], "never")
    assert tally.lost == ["remove never: another state, 1 steps reported"]


@pytest.mark.usefixtures("mountable")
def test_a_full_disk(world: World, draw: random.Random) -> None:
    tally = places.full_disk(world, "add", 2, draw)
    assert (tally.tried, tally.lost) == (2, [])
    assert tally.refused > 0


def test_a_read_only_folder(world: World, request: pytest.FixtureRequest) -> None:
    if os.getuid() == 0:
        request.getfixturevalue("mountable")
    tally = places.read_only_folder(world)
    assert (tally.tried, tally.refused, tally.lost) == (5, 4, [])


def test_two_writers(world: World, draw: random.Random) -> None:
    assert places.two_writers(world, 1, draw).lost == []


def test_readers_see_the_old_state_or_the_new(world: World) -> None:
    tally = places.readers(world, "re-add", 1)
    assert tally.lost == []


@pytest.mark.parametrize("kind", damage.DAMAGES)
@pytest.mark.parametrize("name", ["index.sqlite3", "vectors.faiss", "chat.sqlite3"])
def test_damaged_files(world: World, draw: random.Random, name: str, kind: str) -> None:
    assert damage.damage(world, name, kind, 1, draw).lost == []


@pytest.mark.parametrize("kind", ["one bit flipped", "deleted"])
@pytest.mark.parametrize("operation", ["re-add", "feedback"])
def test_a_damaged_log(world: World, draw: random.Random, operation: str, kind: str) -> None:
    tally = logs.damage_log(world, operation, kind, 2, draw)
    assert tally.tried > 0
    assert tally.lost == []


@pytest.mark.parametrize("what", damage.STRANGERS)
def test_files_of_another_kind(world: World, what: str) -> None:
    assert damage.stranger(world, what).lost == []


def test_a_change_that_goes_unnoticed_is_lost(
    world: World, draw: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misplace(file: Path, _draw: random.Random) -> None:
        file.unlink()

    monkeypatch.setitem(damage.DAMAGES, "misplaced", misplace)
    tally = damage.damage(world, "chat.sqlite3", "misplaced", 1, draw)
    assert tally.lost == ["chat.sqlite3, misplaced: another state: history"]
