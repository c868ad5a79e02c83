from __future__ import annotations

from pathlib import Path

import pytest

from index.add import add_files
from index.progress import no_progress
from index.search.old_versions import VersionIndex
from index.search.retriever import Query, Retriever
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import Snapshot
from index.types import version_of
from tests.conftest import FakeEmbedder, letter_vector

OLD = "# Data\n\nWe keep apples. We sell pears.\n\n# Ads\n\nNone are shown.\n"
NEW = OLD.replace("apples", "oranges")
OTHER = "# Logs\n\nServer logs are kept for a year.\n"


@pytest.fixture
def filled(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> Store:
    """Two versions of "acme" and one of "zeta"."""
    for name, text in (("acme", OLD), ("acme", NEW), ("zeta", OTHER)):
        (tmp_path / f"{name}.md").write_text(text)
        add_files(store, embedder, [tmp_path / f"{name}.md"], no_progress)
    return store


def test_old_versions_are_ranked_like_the_newest(filled: Store) -> None:
    """Over all newest versions, what is built for old ones gives the same passages and scores."""
    with Snapshot.of(filled) as snapshot:
        retriever = Retriever(load_vectors(filled, snapshot))
        newest = {entry.id: entry.version for entry in snapshot.entries()}
        versions = retriever.of_versions(snapshot, newest)
        for question in ("Who keeps oranges?", "How long are logs kept?", "zebra", 'logs OR "ads'):
            query = Query.of(question, letter_vector(question))
            for policies in (None, ["acme"], ["zeta", "acme"]):
                expected = retriever.find(snapshot, query, policies, 9)
                found = retriever.find(snapshot, query, policies, 9, versions)
                assert [passage.clause for passage in found] == [
                    passage.clause for passage in expected
                ]
                assert [passage.score for passage in found] == pytest.approx(
                    [passage.score for passage in expected], abs=1e-6
                )


def test_nothing_but_the_given_versions_is_searched(filled: Store) -> None:
    with Snapshot.of(filled) as snapshot:
        old = VersionIndex.of(snapshot, {"acme": version_of(OLD)})
        assert old.size == 2
        assert [row for row, _ in old.match('"apples" OR "oranges"', 9, None)] == [1]
        assert old.document_frequencies(["appl", "orang", "log"]) == {"appl": 1}
        assert {row for row, _ in old.search(letter_vector("a"), 9, None)} == {1, 2}
        assert old.search(letter_vector("a"), 9, ["zeta"]) == []
