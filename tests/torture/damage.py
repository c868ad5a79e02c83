"""Files that are cut, changed or replaced, and what `doctor --repair` makes of them."""

from __future__ import annotations

import dataclasses
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from assistant import PolicyAssistantError
from assistant.doctor import examine_index
from index.repair import repair as repairing
from tests.torture.kills import Tally
from tests.torture.world import Seen, State, WideEmbedder, World, look
from ui.history.repair import history_fault, repair_history

Damage = Callable[[Path, random.Random], None]
FILES = ("index.sqlite3", "vectors.faiss", "vectors.json", "chat.sqlite3")


def cut(file: Path, draw: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: draw.randrange(len(data))])


def empty(file: Path, _draw: random.Random) -> None:
    file.write_bytes(b"")


def flip_a_bit(file: Path, draw: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    file.write_bytes(data)


def overwrite(file: Path, draw: random.Random) -> None:
    """A kilobyte of noise somewhere."""
    data = bytearray(file.read_bytes())
    start = draw.randrange(len(data))
    noise = draw.randbytes(min(1024, len(data) - start))
    data[start : start + len(noise)] = noise
    file.write_bytes(data)


def blank_a_page(file: Path, draw: random.Random) -> None:
    data = bytearray(file.read_bytes())
    start = draw.randrange(len(data) // 4096 + 1) * 4096
    data[start : start + 4096] = bytes(len(data[start : start + 4096]))
    file.write_bytes(data)


def delete(file: Path, _draw: random.Random) -> None:
    file.unlink()


DAMAGES: dict[str, Damage] = {
    "cut": cut,
    "empty": empty,
    "one bit flipped": flip_a_bit,
    "1 KB overwritten": overwrite,
    "a page blank": blank_a_page,
    "deleted": delete,
}


def damage(world: World, name: str, kind: str, count: int, draw: random.Random) -> Tally:
    """Readers must see what was there, or refuse; then the index is repaired."""
    tally = Tally(f"{name}: {kind}")
    for _ in range(count if kind not in {"empty", "deleted"} else 1):
        world.reset()
        DAMAGES[kind](world.index / name, draw)
        before = {file.name: file.read_bytes() for file in world.index.iterdir()}
        tally.tried += 1
        seen = look(world.index)
        if not _right(seen, world, name, kind):
            tally.lost.append(f"{name}, {kind}: {seen.crash or _difference(world.before, seen)}")
            continue
        tally.refused += bool(seen.refusal)
        if seen.refusal and str(world.index) not in seen.refusal and "index" not in seen.refusal:
            tally.lost.append(f"{name}, {kind}: names no file: {seen.refusal}")
        _repair(tally, world, seen, before, f"{name}, {kind}")
    return tally


def _right(seen: Seen, world: World, name: str, kind: str) -> bool:
    """Whether that may be seen. Nobody can tell that a missing file of conversations existed."""
    if (name, kind) == ("chat.sqlite3", "deleted"):
        return seen.state == dataclasses.replace(world.before, history=())
    reported = seen.state is None or seen.reports_what_is_missing_from(world.before)
    return seen.state == world.before or (reported and not seen.crash)


def _repair(tally: Tally, world: World, seen: Seen, before: dict[str, bytes], what: str) -> None:
    """The repaired index must open, hold nothing new, and anything missing must be reported."""
    try:
        done, lost = repair(world.index)
    except PolicyAssistantError as error:
        if "update policy-assistant" not in str(error):
            tally.lost.append(f"{what}: no repair: {error}")
        return
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        tally.lost.append(f"{what}: repair: {type(error).__name__}: {error}")
        return
    tally.repaired += bool(done)
    again = look(world.index)
    if again.state is None:
        tally.lost.append(f"{what}: repaired, and then: {again.refusal or again.crash}; {lost}")
    elif again.state != world.before and not lost and seen.refusal:
        tally.lost.append(f"{what}: repaired without a word: {_difference(world.before, again)}")
    elif again.state == world.before and seen.refusal:
        tally.whole += 1
    if done and seen.refusal:
        kept = [file.read_bytes() for file in world.index.iterdir() if "damaged-" in file.name]
        for name in ("index.sqlite3", "chat.sqlite3"):
            if before.get(name) and name in seen.refusal and before[name] not in kept:
                tally.lost.append(f"{what}: the damaged file is gone")


def repair(folder: Path) -> tuple[list[str], list[str]]:
    """As `doctor --repair`, with the fake embedder: what was done and what was lost."""
    done, lost = [], []
    if not all(check.ok for check in examine_index(folder)):
        repaired = repairing.repair(folder, WideEmbedder)
        done, lost = repaired.done, repaired.lost
    if history_fault(folder):
        repaired = repair_history(folder)
        done, lost = done + repaired.done, lost + repaired.lost
    return done, lost


def _difference(expected: State, seen: Seen) -> str:
    assert seen.state is not None
    names = [
        name
        for name in ("policies", "found", "history")
        if getattr(expected, name) != getattr(seen.state, name)
    ]
    return f"another state: {', '.join(names)}"


def other_model(world: World) -> None:
    _sql(world.index / "index.sqlite3", "UPDATE meta SET value = 'o@1' WHERE key = 'model'")


def newer_format(world: World) -> None:
    _sql(world.index / "index.sqlite3", "UPDATE meta SET value = '99' WHERE key = 'format'")


def newer_history(world: World) -> None:
    _sql(world.index / "chat.sqlite3", "PRAGMA user_version = 99")


def vectors_of_another_model(world: World) -> None:
    manifest = json.loads((world.index / "vectors.json").read_text(encoding="utf-8"))
    (world.index / "vectors.json").write_text(json.dumps(manifest | {"model": "other@1"}))
    (world.index / "vectors.faiss").write_bytes(b"another")


def vectors_of_another_index(world: World) -> None:
    """The cache of an index that was here before, of the same generation: other clauses."""
    manifest = json.loads((world.index / "vectors.json").read_text(encoding="utf-8"))
    generation = int(manifest["generation"])
    (world.index / "vectors.json").write_text(
        json.dumps(manifest | {"state": f"{generation}-0123456789abcdef"})
    )


STRANGERS: dict[str, tuple[Callable[[World], None], str]] = {
    "index of another embedding model": (other_model, "was made with the embedding model 'o@1'"),
    "index of a newer format": (newer_format, "has format 99"),
    "chat.sqlite3 of a newer format": (newer_history, "have format 99"),
    "FAISS file of another embedding model": (vectors_of_another_model, ""),
    "FAISS file of another index": (vectors_of_another_index, ""),
}


def stranger(world: World, what: str) -> Tally:
    tally = Tally(what, tried=1)
    change, message = STRANGERS[what]
    world.reset()
    change(world)
    seen = look(world.index)
    if message:
        tally.refused = int(message in seen.refusal)
    if not (tally.refused if message else seen.state == world.before):
        tally.lost.append(f"{what}: {seen.refusal or seen.crash or 'another state'}")
    return tally


def _sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)
