from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.add import add_files
from index.models.embedder import Vectors
from index.progress import no_progress
from index.store.database import Store
from index.store.faiss_cache import VectorIndex, load_vectors
from index.store.snapshot import Snapshot
from tests.conftest import FakeEmbedder, letter_vector

DIMENSION = 4


def _index(rows: list[int], vectors: Vectors) -> VectorIndex:
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(DIMENSION))
    if rows:
        index.add_with_ids(vectors, np.asarray(rows, dtype=np.int64))
    return VectorIndex("1", index)


def _brute_force(
    rows: list[int], vectors: Vectors, query: Vectors, k: int, wanted: list[int] | None
) -> list[tuple[int, float]]:
    scores = zip(rows, (vectors @ query).tolist(), strict=True)
    kept = [(row, score) for row, score in scores if wanted is None or row in wanted]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:k]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(1, 10_000), unique=True, max_size=40),
    st.integers(0, 60),
    st.integers(0, 2**32 - 1),
    st.data(),
)
def test_search_finds_what_brute_force_finds(
    rows: list[int], k: int, seed: int, data: st.DataObject
) -> None:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(len(rows), DIMENSION)).astype(np.float32)
    query = random.normal(size=DIMENSION).astype(np.float32)
    choices = st.lists(st.sampled_from(rows or [7]), unique=True) | st.just([99_999])
    wanted = data.draw(st.none() | choices)
    found = _index(rows, vectors).search(query, k, wanted)
    expected = _brute_force(rows, vectors, query, k, wanted)
    assert [row for row, _ in found] == [row for row, _ in expected]
    assert [score for _, score in found] == pytest.approx(
        [score for _, score in expected], abs=1e-5
    )


def test_ties_go_by_row() -> None:
    vectors = np.tile(letter_vector("same"), (3, 1))
    found = _index([30, 10, 20], vectors).search(letter_vector("same"), 3)
    assert [row for row, _ in found] == [10, 20, 30]
    assert [score for _, score in found] == pytest.approx([1, 1, 1])


def test_an_empty_index_finds_nothing(store: Store) -> None:
    with Snapshot.of(store) as snapshot:
        vectors = load_vectors(store, snapshot)
    assert vectors.size == 0
    assert vectors.search(letter_vector("a"), 5) == []
    assert vectors.search(letter_vector("a"), 5, [1]) == []


@pytest.fixture
def filled(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> Store:
    path = tmp_path / "acme.md"
    path.write_text("# Data\n\nWe are apes.\n\n# Ads\n\nOoo, no.\n\n# End\n\nEeee.\n")
    add_files(store, embedder, [path], no_progress)
    return store


def _found(store: Store) -> list[tuple[int, float]]:
    with Snapshot.of(store) as snapshot:
        return load_vectors(store, snapshot).search(letter_vector("ae"), 9)


def test_search_in_a_store_equals_brute_force(filled: Store) -> None:
    texts = ["Acme > Data We are apes.", "Acme > Ads Ooo, no.", "Acme > End Eeee."]
    vectors = np.stack([letter_vector(text) for text in texts])
    expected = _brute_force([1, 2, 3], vectors, letter_vector("ae"), 9, None)
    assert [row for row, _ in _found(filled)] == [row for row, _ in expected]
    assert [score for _, score in _found(filled)] == pytest.approx(
        [score for _, score in expected], abs=1e-6
    )


def test_the_cache_is_used_where_it_fits(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _found(filled)
    monkeypatch.setattr("index.store.faiss_cache._build", None)  # a call would fail
    assert _found(filled) == before


def _flip(name: str, at: int) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        data = bytearray((folder / name).read_bytes())
        data[at] ^= 1
        (folder / name).write_bytes(data)

    return damage


def _cut(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[: len(data) // 2])

    return damage


def _manifest(**changes: object) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        manifest = json.loads((folder / "vectors.json").read_text())
        (folder / "vectors.json").write_text(json.dumps(manifest | changes))

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "vectors.faiss").unlink(),
        lambda folder: (folder / "vectors.json").unlink(),
        lambda folder: (folder / "vectors.json").write_text("[]"),
        lambda folder: (folder / "vectors.json").write_text("{}"),
        lambda folder: (folder / "vectors.json").write_text('{"generation": 1, "model": "fake@1"}'),
        lambda folder: (folder / "vectors.json").write_bytes(b"\xff\xfe"),
        _flip("vectors.faiss", 0),
        _flip("vectors.faiss", 90),
        _flip("vectors.faiss", -1),
        _cut("vectors.faiss"),
        _cut("vectors.json"),
        _manifest(state="1-other"),
        _manifest(model="other@1"),
        _manifest(sha256="0"),
    ],
)
def test_a_damaged_cache_is_built_again(filled: Store, damage: Callable[[Path], object]) -> None:
    files = {
        name: (filled.folder / name).read_bytes() for name in ("vectors.faiss", "vectors.json")
    }
    before = _found(filled)
    damage(filled.folder)
    assert _found(filled) == before
    assert {name: (filled.folder / name).read_bytes() for name in files} == files


def test_a_full_disk_costs_only_the_cache(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _found(filled)
    (filled.folder / "vectors.faiss").unlink()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert _found(filled) == before
    assert [path.name for path in filled.folder.glob("vectors*")] == ["vectors.json"]
