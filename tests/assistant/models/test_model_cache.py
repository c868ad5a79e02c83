from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.models.model_cache import ModelCache


def make(target: Path) -> None:
    (target / "config.json").write_text("{}", encoding="utf-8")
    (target / "model.safetensors").write_bytes(b"weights")


def unwanted(_: Path) -> None:
    raise AssertionError("it is there")


@pytest.fixture
def cache(tmp_path: Path) -> ModelCache:
    return ModelCache(tmp_path / "cache" / "model")


def beside(cache: ModelCache) -> list[str]:
    return sorted(path.name for path in cache.folder.parent.iterdir() if path.suffix != ".lock")


def test_it_is_made_once_and_appears_whole(cache: ModelCache) -> None:
    def looked_at(target: Path) -> None:
        assert not cache.folder.exists()
        make(target)

    assert not cache.complete()
    assert cache.ready(looked_at) == cache.folder
    assert (cache.complete(), cache.damage(), beside(cache)) == (True, "", ["model"])
    assert cache.ready(unwanted) == cache.folder


def damage(folder: Path, how: str) -> None:
    weights = folder / "model.safetensors"
    if how == "cut":
        weights.write_bytes(b"wei")
    elif how == "flipped":
        weights.write_bytes(b"weightz")
    elif how == "gone":
        weights.unlink()
    else:
        (folder / "manifest.json").write_text(how, encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ("cut", "model.safetensors has another size than was written"),
        ("flipped", "model.safetensors is not what was written"),
        ("gone", "model.safetensors is missing"),
        ("", "manifest.json cannot be read"),
        ("[]", "manifest.json cannot be read"),
        ('{"files": {"config.json": 1}}', "manifest.json cannot be read"),
    ],
)
def test_damage_is_found_and_repaired(cache: ModelCache, how: str, fault: str) -> None:
    cache.ready(make)
    damage(cache.folder, how)
    assert (cache.complete(), cache.damage()) == (True, fault)
    cache.ready(make)
    assert (cache.damage(), beside(cache)) == ("", ["model"])
    assert (cache.folder / "model.safetensors").read_bytes() == b"weights"


def test_one_that_was_never_finished_is_rebuilt(cache: ModelCache) -> None:
    cache.folder.mkdir(parents=True)
    (cache.folder / "config.json").write_text("{}", encoding="utf-8")
    assert not cache.complete()
    cache.ready(make)
    assert cache.damage() == ""


def test_an_interrupted_one_is_not_there(cache: ModelCache) -> None:
    def interrupted(target: Path) -> None:
        make(target)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.ready(interrupted)
    assert beside(cache) == []


def stalled(folder: Path) -> None:
    def stall(target: Path) -> None:
        make(target)
        time.sleep(60)

    ModelCache(folder).ready(stall)


def test_what_a_killed_process_left_is_swept(cache: ModelCache) -> None:
    process = multiprocessing.get_context("fork").Process(target=stalled, args=(cache.folder,))
    process.start()
    draft = cache.folder.with_name(f"model.{process.pid}.new")
    until = time.monotonic() + 20
    while not (draft / "model.safetensors").exists():
        assert time.monotonic() < until
        time.sleep(0.01)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert beside(cache) == [draft.name]
    cache.ready(make)
    assert beside(cache) == ["model"]


def test_leftovers_beside_a_whole_one_are_swept_when_nobody_writes(cache: ModelCache) -> None:
    cache.ready(make)
    (cache.folder.parent / "model.1.new").mkdir()
    (cache.folder.parent / "model.1.old").mkdir()
    with FileLock(cache.folder.with_name("model.lock")):
        cache.ready(unwanted)
        assert beside(cache) == ["model", "model.1.new", "model.1.old"]
    cache.ready(unwanted)
    assert beside(cache) == ["model"]


def test_another_process_was_quicker(cache: ModelCache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.ready(make)
    looks = iter([False, True])
    monkeypatch.setattr(ModelCache, "_is_intact", lambda _: next(looks))
    assert cache.ready(unwanted) == cache.folder


def test_only_a_damaged_one_is_discarded(cache: ModelCache) -> None:
    assert not cache.discard_damaged()
    cache.ready(make)
    assert not cache.discard_damaged()
    damage(cache.folder, "flipped")
    assert cache.discard_damaged()
    assert beside(cache) == []
