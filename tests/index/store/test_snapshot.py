from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.add import add_files
from index.errors import UnknownPolicyError
from index.progress import no_progress
from index.store.database import Store
from index.store.snapshot import PolicyEntry, Snapshot
from index.store.writer import remove_policy
from index.types import version_of
from tests.conftest import FakeEmbedder, letter_vector

FIRST = "# Data\n\nWe keep it. We read it.\n\n# Ads\n\nNone.\n"
SECOND = "# Data\n\nWe sell it.\n"


@pytest.fixture
def acme(store: Store, embedder: FakeEmbedder, tmp_path: Path) -> Path:
    path = tmp_path / "acme.md"
    path.write_text(FIRST)
    add_files(store, embedder, [path], no_progress)
    return path


def test_a_reader_keeps_its_state_while_others_write(
    store: Store, embedder: FakeEmbedder, acme: Path
) -> None:
    with Snapshot.of(store) as old:
        first = old.entries()
        acme.write_text(SECOND)
        add_files(store, embedder, [acme], no_progress)
        assert (old.generation, old.entries(), len(old.clause_vectors()[0])) == (1, first, 2)
        assert old.policy("acme").text == FIRST
        assert len(old.match('"read"', 9, None)) == 1
        with Snapshot.of(store) as new:
            assert (new.generation, len(new.clause_vectors()[0])) == (2, 1)
            assert new.policy("acme").text == SECOND
        remove_policy(store, "acme")
        assert old.policy("acme").text == FIRST
    with Snapshot.of(store) as last:
        assert last.entries() == []


def test_entries(store: Store, acme: Path) -> None:
    version = version_of(FIRST)
    with Snapshot.of(store) as snapshot:
        assert snapshot.entries() == [
            PolicyEntry("acme", "Acme", "Acme", str(acme), version, None, 2, (version,))
        ]


@pytest.mark.usefixtures("acme")
def test_unknown_policies_and_versions(store: Store) -> None:
    with Snapshot.of(store) as snapshot:
        with pytest.raises(UnknownPolicyError, match="holds no policy 'other'"):
            snapshot.policy("other")
        with pytest.raises(UnknownPolicyError, match="'acme' in version 'ffff'"):
            snapshot.policy("acme", "ffff")
        with pytest.raises(UnknownPolicyError, match="holds no policy 'other'"):
            snapshot.rows_of(["acme", "other"])


@pytest.mark.usefixtures("acme")
def test_clauses_with_their_units(store: Store) -> None:
    version = version_of(FIRST)
    with Snapshot.of(store) as snapshot:
        first, second = snapshot.clauses_of("acme", version)
        assert snapshot.clauses([first.row, 99]) == {first.row: first}
        assert snapshot.rows_of(["acme"]) == [first.row, second.row]
    assert (first.clause.heading_path, first.context) == (("Data",), "Acme > Data")
    assert [FIRST[start:end] for start, end in first.units] == ["We keep it.", "We read it."]
    assert FIRST[second.clause.start : second.clause.end] == "# Ads\n\nNone."


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("start", "end", "path"),
    [
        (0, 5, ("Data",)),
        (30, 41, ("Ads",)),
        (20, 41, ("Data",)),
        (10**6, 10**6 + 1, None),
        (10**30, 10**30 + 5, None),
        (-(10**30), 5, ("Data",)),
        (30, 10**30, ("Ads",)),
    ],
)
def test_clause_at(store: Store, start: int, end: int, path: tuple[str, ...] | None) -> None:
    with Snapshot.of(store) as snapshot:
        clause = snapshot.clause_at("acme", version_of(FIRST), start, end)
    assert (clause.heading_path if clause else None) == path


@pytest.mark.usefixtures("acme")
def test_vectors_are_those_that_the_embedder_made(store: Store) -> None:
    with Snapshot.of(store) as snapshot:
        rows, vectors = snapshot.clause_vectors()
        stored = snapshot.vectors_of(rows)[rows[0]]
    np.testing.assert_array_equal(vectors[0], letter_vector("Acme > Data We keep it. We read it."))
    np.testing.assert_array_equal(vectors[1], letter_vector("Acme > Ads None."))
    np.testing.assert_array_equal(stored.clause, vectors[0])
    expected = np.stack([letter_vector("We keep it."), letter_vector("We read it.")])
    np.testing.assert_array_equal(stored.units, expected.astype(np.float16).astype(np.float32))


@pytest.mark.usefixtures("acme")
def test_words(store: Store) -> None:
    with Snapshot.of(store) as snapshot:
        assert snapshot.document_frequencies(["acm", "data", "keep", "zebra"]) == {
            "acm": 2,
            "data": 1,
            "keep": 1,
        }
        assert [row for row, _ in snapshot.match('"keep" OR "none"', 9, ["acme"])] == [2, 1]
        assert snapshot.match('"keep"', 9, []) == snapshot.match('"keep"', 9, ["other"]) == []
        assert len(snapshot.match('"acme"', 1, None)) == 1
        assert snapshot.uses_word("keep", but_not="other") is True
        assert snapshot.uses_word("keep", but_not="acme") is False
        assert snapshot.uses_word("none", but_not="other") is False  # "None" alone has a capital
