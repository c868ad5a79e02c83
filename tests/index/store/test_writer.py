from __future__ import annotations

from pathlib import Path

import pytest

from index.add import add_files
from index.errors import UnknownPolicyError
from index.progress import no_progress
from index.store.database import Store
from index.store.snapshot import Snapshot
from index.store.writer import remove_policy
from tests.conftest import FakeEmbedder

TABLES = ("policies", "versions", "clauses", "embeddings", "words", "vocabulary")


def _counts(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in TABLES
        }


@pytest.fixture
def paths(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> list[Path]:
    """Two policies of two clauses; one clause of each has the same text under the same title."""
    paths = []
    for name, text in [("a", "We keep apples."), ("b", "We keep bananas.")]:
        path = tmp_path / f"{name}.md"
        path.write_text(f"---\ntitle: Terms\n---\n# Data\n\n{text}\n\n# Ads\n\nNo ads.\n")
        paths.append(path)
    add_files(store, embedder, paths, no_progress)
    return paths


@pytest.mark.usefixtures("paths")
def test_a_text_in_two_policies_is_embedded_once(store: Store, embedder: FakeEmbedder) -> None:
    assert [text.units for text in embedder.embedded] == [
        ("We keep apples.",),
        ("No ads.",),
        ("We keep bananas.",),
    ]
    counts = _counts(store)
    assert (counts["clauses"], counts["words"], counts["embeddings"]) == (4, 4, 3)


@pytest.mark.usefixtures("paths")
def test_removal_deletes_everything_but_what_others_use(store: Store) -> None:
    remove_policy(store, "a")
    # term, in how many: ad 1, banana 1, data 1, keep 1, no 1, term 2 clauses, we 1
    assert _counts(store) == {
        "policies": 1,
        "versions": 1,
        "clauses": 2,
        "embeddings": 2,
        "words": 2,
        "vocabulary": 7,
    }
    with Snapshot.of(store) as snapshot:
        assert snapshot.generation == 2
        assert [entry.id for entry in snapshot.entries()] == ["b"]
        assert snapshot.match('"apples"', 9, None) == []
    remove_policy(store, "b")
    assert _counts(store) == dict.fromkeys(TABLES, 0)


def test_removal_takes_old_versions_along(
    store: Store, embedder: FakeEmbedder, paths: list[Path]
) -> None:
    paths[0].write_text("# Data\n\nWe keep cherries.\n")
    add_files(store, embedder, paths, no_progress)
    assert _counts(store)["versions"] == 3
    remove_policy(store, "a")
    assert (_counts(store)["versions"], _counts(store)["embeddings"]) == (1, 2)
    assert not any(b"cherries" in path.read_bytes() for path in store.folder.iterdir())


@pytest.mark.usefixtures("paths")
def test_removal_of_an_unknown_policy(store: Store) -> None:
    before = _counts(store)
    with pytest.raises(UnknownPolicyError, match="the index holds no policy 'c'"):
        remove_policy(store, "c")
    assert _counts(store) == before


def test_rows_are_never_used_twice(store: Store, embedder: FakeEmbedder, paths: list[Path]) -> None:
    with Snapshot.of(store) as snapshot:
        before = set(snapshot.rows_of(["a", "b"]))
    remove_policy(store, "b")
    add_files(store, embedder, paths, no_progress)
    with Snapshot.of(store) as snapshot:
        assert snapshot.rows_of(["b"]) == [5, 6]
    assert before == {1, 2, 3, 4}
