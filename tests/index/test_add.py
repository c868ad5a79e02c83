from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from index.add import AddResult, AddStatus, add_files
from index.errors import IndexBusyError
from index.progress import no_progress
from index.store.database import Store
from index.store.snapshot import Snapshot
from index.store.writer import remove_policy
from index.types import version_of
from tests.conftest import FakeEmbedder

ROOT = Path(__file__).parents[2]
# Four sections of one clause each; the second version changes one of them.
FIRST = "# Data\n\nWe keep it.\n\n# Use\n\nWe read it.\n\n# Ads\n\nNone.\n\n# End\n\nYou leave.\n"
SECOND = FIRST.replace("We read it.", "We count it.")


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    path = tmp_path / "acme.md"
    path.write_text(FIRST)
    return path


def _add(store: Store, embedder: FakeEmbedder, *paths: Path) -> list[AddResult]:
    return add_files(store, embedder, paths, no_progress)


def _state(store: Store) -> tuple[int, list[tuple[str, str, int, tuple[str, ...]]], int]:
    """Generation, policies, and how many clauses can be found."""
    with Snapshot.of(store) as snapshot:
        entries = snapshot.entries()
        return (
            snapshot.generation,
            [(entry.id, entry.version, entry.clauses, entry.versions) for entry in entries],
            len(snapshot.clause_vectors()[0]),
        )


def test_added(store: Store, embedder: FakeEmbedder, acme: Path) -> None:
    version = version_of(FIRST)
    assert _add(store, embedder, acme) == [
        AddResult(str(acme), AddStatus.ADDED, "acme", version, 4, "")
    ]
    assert _state(store) == (1, [("acme", version, 4, (version,))], 4)
    assert [text.units for text in embedder.embedded] == [
        ("We keep it.",),
        ("We read it.",),
        ("None.",),
        ("You leave.",),
    ]
    assert [text.context for text in embedder.embedded] == [
        f"Acme > {heading}" for heading in ("Data", "Use", "Ads", "End")
    ]


def test_results_are_ready_for_json(store: Store, embedder: FakeEmbedder, acme: Path) -> None:
    results = _add(store, embedder, acme, acme.parent / "none.txt")
    assert json.loads(json.dumps([asdict(result) for result in results])) == [
        {
            "path": str(acme),
            "status": "added",
            "policy_id": "acme",
            "version": version_of(FIRST),
            "clauses": 4,
            "reason": "",
            "note": "",
        },
        {
            "path": str(acme.parent / "none.txt"),
            "status": "rejected",
            "policy_id": None,
            "version": None,
            "clauses": 0,
            "reason": f"there is no file {str(acme.parent / 'none.txt')!r}: check the path",
            "note": "",
        },
    ]


@pytest.mark.parametrize("again", [FIRST, FIRST.replace("\n", "\r\n")])
def test_unchanged(store: Store, embedder: FakeEmbedder, acme: Path, again: str) -> None:
    _add(store, embedder, acme)
    before = _state(store)
    acme.write_bytes(again.encode())
    for _ in range(2):
        assert _add(store, embedder, acme) == [
            AddResult(str(acme), AddStatus.UNCHANGED, "acme", version_of(FIRST), 4)
        ]
    assert _state(store) == before
    assert len(embedder.embedded) == 4
    with store.reading() as connection:
        (noted,) = connection.execute("SELECT file_sha256 FROM policies").fetchone()
    assert noted == hashlib.sha256(again.encode()).hexdigest()


def test_a_file_with_the_same_bytes_is_not_read_again(
    store: Store, embedder: FakeEmbedder, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(store, embedder, acme)
    monkeypatch.setattr("index.add.read_apart", None)  # a call would fail
    assert _add(store, embedder, acme)[0].status is AddStatus.UNCHANGED
    monkeypatch.setattr("index.add.SPLITTER", "another")
    again = _add(store, embedder, acme)[0]  # other rules: it is read, and split again
    assert (again.status, "NoneType" in again.reason) == (AddStatus.REJECTED, True)


def test_a_loader_that_breaks_down_rejects_its_file_alone(
    store: Store, embedder: FakeEmbedder, acme: Path, tmp_path: Path
) -> None:
    deep = tmp_path / "deep.md"
    deep.write_text("---\ntitle: " + "[" * 3000 + "\n---\nWe keep logs.\n")
    dated = tmp_path / "dated.md"
    dated.write_text("---\neffective_date: 2024-13-45\n---\nWe keep logs.\n")
    long = tmp_path / ("a" * 300 + ".md")
    results = _add(store, embedder, deep, dated, long, acme)
    added, rejected = AddStatus.ADDED, AddStatus.REJECTED
    assert [result.status for result in results] == [added, added, rejected, added]
    assert "File name too long" in results[2].reason


def test_one_file_is_one_policy_however_it_is_spelt(
    store: Store, embedder: FakeEmbedder, acme: Path, tmp_path: Path
) -> None:
    (tmp_path / "link.md").symlink_to(acme)
    other = tmp_path / "x" / ".." / "acme.md"
    (tmp_path / "x").mkdir()
    _add(store, embedder, acme)
    for spelt in (other, tmp_path / "link.md"):
        (result,) = _add(store, embedder, spelt)
        assert (result.policy_id, result.status) == ("acme", AddStatus.UNCHANGED)
        assert result.path == str(spelt)


def test_a_removed_policy_leaves_no_word_behind(
    store: Store, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    for name, word in (("a", "hushhush"), ("b", "plain")):
        (tmp_path / f"{name}.txt").write_text(f"We keep the {word} logs.")
    _add(store, embedder, tmp_path / "a.txt", tmp_path / "b.txt")
    remove_policy(store, "a")
    left = b"".join(path.read_bytes() for path in store.folder.iterdir())
    assert (b"hushhush" in left, b"plain" in left) == (False, True)


def test_updated(store: Store, embedder: FakeEmbedder, acme: Path) -> None:
    _add(store, embedder, acme)
    acme.write_text(SECOND)
    old, new = version_of(FIRST), version_of(SECOND)
    assert _add(store, embedder, acme) == [AddResult(str(acme), AddStatus.UPDATED, "acme", new, 4)]
    assert [text.units for text in embedder.embedded[4:]] == [("We count it.",)]
    assert _state(store) == (2, [("acme", new, 4, (new, old))], 4)
    with Snapshot.of(store) as snapshot:
        assert snapshot.policy("acme", old).text == FIRST
        assert snapshot.policy("acme").text == SECOND
        assert snapshot.match('"read"', 9, None) == []
        assert len(snapshot.match('"count"', 9, None)) == 1


def test_going_back_to_an_old_version_embeds_nothing(
    store: Store, embedder: FakeEmbedder, acme: Path
) -> None:
    old, new = version_of(FIRST), version_of(SECOND)
    for text in (FIRST, SECOND, FIRST):
        acme.write_text(text)
        _add(store, embedder, acme)
    assert len(embedder.embedded) == 5
    assert _state(store) == (3, [("acme", old, 4, (old, new))], 4)
    acme.write_text("# Data\n\nGone.\n")
    _add(store, embedder, acme)
    last = version_of("# Data\n\nGone.\n")
    assert _state(store) == (4, [("acme", last, 1, (last, old, new))], 1)


def test_two_files_of_one_name_are_two_policies(
    store: Store, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    paths = [tmp_path / folder / "Terms.txt" for folder in "abc"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(f"We are {path.parent.name}.")
    assert [result.policy_id for result in _add(store, embedder, *paths[:2])] == [
        "terms",
        "terms-2",
    ]
    again = _add(store, embedder, *paths)
    assert [(result.policy_id, result.status.value) for result in again] == [
        ("terms", "unchanged"),
        ("terms-2", "unchanged"),
        ("terms-3", "added"),
    ]


def test_a_bad_file_does_not_stop_the_others(
    store: Store, embedder: FakeEmbedder, acme: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("empty.txt", "a.exe", "binary.txt", "a.pdf")]
    for path, data in zip(paths, [b" \n", b"text", b"\x00\x01\x02" * 99, b"%PDF-"], strict=True):
        path.write_bytes(data)
    results = _add(store, embedder, *paths[:2], acme, *paths[2:], tmp_path / "gone.txt")
    assert [result.status.value for result in results] == [
        *["rejected"] * 2,
        "added",
        *["rejected"] * 3,
    ]
    for result in results:
        assert (Path(result.path).name in result.reason) == (result.status == "rejected")


def test_the_same_file_twice_is_added_once(
    store: Store, embedder: FakeEmbedder, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(acme.parent)
    results = _add(store, embedder, acme, Path("acme.md"))
    assert [result.status.value for result in results] == ["added"]
    assert _state(store)[1] == [("acme", version_of(FIRST), 4, (version_of(FIRST),))]


def test_a_rejected_new_version_leaves_the_old_one(
    store: Store, embedder: FakeEmbedder, acme: Path
) -> None:
    _add(store, embedder, acme)
    before = _state(store)
    acme.write_text("")
    assert _add(store, embedder, acme)[0].status is AddStatus.REJECTED
    assert _state(store) == before


def test_an_interruption_leaves_the_index_as_it_was(
    store: Store, embedder: FakeEmbedder, acme: Path, tmp_path: Path
) -> None:
    _add(store, embedder, acme)
    before = _state(store)
    other = tmp_path / "other.md"
    other.write_text("\n\n".join(f"# Part {number}\n\nText {number}." for number in range(6)))
    acme.write_text(SECOND)
    with pytest.raises(KeyboardInterrupt):
        _add(store, FakeEmbedder(interrupt_after=4), acme, other)
    assert _state(store) == before

    later = FakeEmbedder()
    results = _add(store, later, acme, other)
    assert [result.status.value for result in results] == ["updated", "added"]
    assert len(later.embedded) == 7 - 4  # the four of two whole batches were kept


def test_a_second_writer_is_turned_away(store: Store, embedder: FakeEmbedder, acme: Path) -> None:
    with store.writing(), pytest.raises(IndexBusyError, match="another process is writing"):
        _add(store, embedder, acme)
    assert _state(store) == (0, [], 0)
    assert _add(store, embedder, acme)[0].status is AddStatus.ADDED


_SLOW = """
import sys, time
from pathlib import Path
from index.add import add_files
from index.store.database import Store
from tests.conftest import FakeEmbedder
from index.progress import no_progress

class Slow(FakeEmbedder):
    def encode_clauses(self, texts):
        for batch in super().encode_clauses(texts):
            print("embedding", flush=True)
            time.sleep(float(sys.argv[3]))
            yield batch

store = Store.open(Path(sys.argv[1]), "fake@1")
print(add_files(store, Slow(), [Path(sys.argv[2])], no_progress)[0].status, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize(("pause", "moment"), [(60, 0.0), (0.02, 0.02), (0.02, 0.06)])
def test_kill_9_leaves_the_old_state_or_the_new(
    store: Store, embedder: FakeEmbedder, acme: Path, pause: float, moment: float
) -> None:
    _add(store, embedder, acme)
    before = _state(store)
    acme.write_text(FIRST.replace("it.", "that.").replace("None", "No").replace("leave", "go"))
    new = version_of(acme.read_text())
    command = [sys.executable, "-c", _SLOW, str(store.folder), str(acme), str(pause)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"embedding\n"
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
    reopened = Store.open(store.folder, "fake@1")
    after = (2, [("acme", new, 4, (new, version_of(FIRST)))], 4)
    assert _state(reopened) in ([before] if pause == 60 else [before, after])
    assert _add(reopened, embedder, acme)[0].version == new  # the lock died with its holder
    assert _state(reopened) == after


def test_a_file_name_that_is_not_utf8_is_stored_readably(
    store: Store, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("We keep logs for a week.", encoding="utf-8")
    result = add_files(store, embedder, [path], no_progress)[0]
    assert (result.status, result.policy_id) == (AddStatus.ADDED, "caf")
    assert result.path.endswith(r"caf\xe9.txt")
    assert add_files(store, embedder, [path], no_progress)[0].status is AddStatus.UNCHANGED
