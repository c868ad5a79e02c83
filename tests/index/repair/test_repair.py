"""What a repair saves, what it makes again, and what it says is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from index.add import AddResult, AddStatus, Reading, add_files
from index.errors import IndexDamagedError, IndexMismatchError
from index.models.embedder import Embedder
from index.progress import no_progress
from index.repair.mend import Repaired
from index.repair.repair import repair
from index.store import database as opening
from index.store.clause_rows import StoredClause
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import PolicyEntry, Snapshot
from index.types import version_of
from tests.conftest import FakeEmbedder, letter_vector
from tests.index.documents.pdf.encrypted_samples import READER, encrypted

TEXTS = {
    name: f"# Data\n\nWe {name} it.\n\n# Ads\n\nNone of {name}.\n" for name in ("anna", "bert")
}


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    add_files(store, FakeEmbedder(), [tmp_path / f"{name}.md" for name in TEXTS], no_progress)
    return store


def _sql(store: Store, statement: str) -> None:
    """As a fault would: past the checksums."""
    with closing(sqlite3.connect(store.database, isolation_level=None)) as connection:
        connection.execute(statement)
    (store.folder / "vectors.json").unlink(missing_ok=True)


@dataclass(frozen=True)
class Seen:
    """What can be read of an index: `clauses` without their row numbers, `found` with them."""

    entries: list[PolicyEntry]
    texts: list[str]
    clauses: list[StoredClause]
    found: object


def _seen(folder: Path) -> Seen:
    store = Store.open(folder, "fake@1")
    with Snapshot.of(store) as snapshot:
        entries = snapshot.entries()
        return Seen(
            entries,
            [snapshot.policy(entry.id).text for entry in entries],
            [
                replace(stored, row=0)
                for entry in entries
                for stored in snapshot.clauses_of(entry.id, entry.version)
            ],
            (
                snapshot.match('"none"', 9, None),
                load_vectors(store, snapshot).search(letter_vector("ae"), 9),
                set(snapshot.vectors_of(snapshot.rows_of(TEXTS))),
            ),
        )


def _repair(folder: Path, embedder: Embedder | None = None) -> Repaired:
    return repair(folder, lambda: embedder or FakeEmbedder())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clauses SET number = '7' WHERE row = 1",
        "UPDATE clauses SET heading_path = '[' WHERE row = 2",
        "UPDATE versions SET title = 'Anne' WHERE policy_id = 'anna'",
        "UPDATE policies SET provider = 'Anne' WHERE id = 'anna'",
        "UPDATE embeddings SET clause = zeroblob(16)",
        "DELETE FROM embeddings",
        "DROP TABLE words",
    ],
)
def test_what_can_be_made_again_is(filled: Store, statement: str) -> None:
    before = _seen(filled.folder)
    with Snapshot.of(filled) as snapshot:
        rows = snapshot.rows_of(TEXTS)
    _sql(filled, statement)
    repaired = _repair(filled.folder)
    assert repaired.lost == []
    if "clauses" not in statement:  # those that are split again get new rows
        assert _seen(filled.folder) == before
    else:
        assert replace(_seen(filled.folder), found=before.found) == before
        with Snapshot.of(filled) as snapshot:
            assert set(rows) != set(snapshot.rows_of(TEXTS))
    assert len(list(filled.folder.glob("index.sqlite3.damaged-*"))) == 1


def test_a_text_that_is_lost_is_named_and_the_rest_stays(filled: Store, tmp_path: Path) -> None:
    _sql(filled, "UPDATE versions SET text = text || 'x' WHERE policy_id = 'anna'")
    repaired = _repair(filled.folder)
    version = version_of(TEXTS["anna"])
    assert repaired.lost == [
        f"the text of anna@{version}, and with it the policy: add its file again"
    ]
    assert [entry.id for entry in _entries(filled)] == ["bert"]
    (result,) = add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    assert (result.status, result.policy_id) == (AddStatus.ADDED, "anna")


def test_the_version_before_is_the_newest_where_that_is_lost(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "anna.md").write_text("# Data\n\nWe sell it.\n", encoding="utf-8")
    add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    _sql(filled, "UPDATE versions SET text = 'x' WHERE text LIKE '%sell%'")
    repaired = _repair(filled.folder)
    assert repaired.lost[0].startswith(
        f"the text of anna@{version_of('# Data' + chr(10) * 2)}"[:17]
    )
    assert [entry.version for entry in _entries(filled)] == [
        version_of(TEXTS["anna"]),
        version_of(TEXTS["bert"]),
    ]
    (result,) = add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    assert (result.status, result.policy_id) == (AddStatus.UPDATED, "anna")


def test_a_policy_without_its_row_keeps_its_texts(filled: Store) -> None:
    _sql(filled, "DELETE FROM policies WHERE id = 'anna'")
    opening._SOUND.clear()
    with pytest.raises(IndexDamagedError, match="does not hold what was stored of 'anna'"):
        _entries(filled)
    lost = _repair(filled.folder).lost
    assert lost[0] == "the provider and file of 'anna'; its texts are there"
    assert [entry.id for entry in _entries(filled)] == ["anna", "bert"]


def test_a_first_page_that_is_noise(filled: Store) -> None:
    before = _seen(filled.folder)
    data = filled.database.read_bytes()
    filled.database.write_bytes(b"noise" * 100 + data[500:])
    assert _repair(filled.folder).lost == []
    assert _seen(filled.folder) == before
    (kept,) = filled.folder.glob("index.sqlite3.damaged-*")
    assert kept.read_bytes() == b"noise" * 100 + data[500:]


def test_no_database_at_all(filled: Store) -> None:
    filled.database.write_bytes(b"no database " * 1000)
    repaired = _repair(filled.folder)
    assert repaired.lost[0].startswith("the list of what was stored")
    assert _entries(filled) == []


def test_an_index_that_is_gone_and_one_that_comes_after(filled: Store, tmp_path: Path) -> None:
    filled.database.unlink()
    with pytest.raises(IndexDamagedError, match=r"index\.sqlite3' is gone, though vectors\.json"):
        Store.open_or_create(filled.folder, "fake@1", 4)
    assert _repair(filled.folder).lost == [
        "index.sqlite3 is gone with everything in it: add the files again"
    ]
    store = Store.open_or_create(filled.folder, "fake@1", 4)
    add_files(store, FakeEmbedder(), [tmp_path / "bert.md"], no_progress)
    with Snapshot.of(store) as snapshot:
        assert load_vectors(store, snapshot).size == 2


def test_an_older_copy_of_the_database_has_no_newer_vectors(filled: Store, tmp_path: Path) -> None:
    older = filled.database.read_bytes()
    (tmp_path / "anna.md").write_text("# Data\n\nOoo.\n", encoding="utf-8")
    add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    filled.database.write_bytes(older)
    (tmp_path / "carl.md").write_text("# Data\n\nEee.\n", encoding="utf-8")
    add_files(filled, FakeEmbedder(), [tmp_path / "carl.md"], no_progress)  # generation 2, too
    with Snapshot.of(filled) as snapshot:
        rows = [row for row, _ in load_vectors(filled, snapshot).search(letter_vector("e"), 9)]
        assert sorted(rows) == sorted(snapshot.rows_of(["anna", "bert", "carl"]))


def test_only_its_own_model_makes_vectors_again(filled: Store) -> None:
    class Other(FakeEmbedder):
        identity = "other@1"

    _sql(filled, "DROP TABLE words")
    assert _repair(filled.folder, Other()).lost == []
    _sql(filled, "DELETE FROM embeddings")
    with pytest.raises(IndexMismatchError, match="vectors of 4 clauses are missing"):
        _repair(filled.folder, Other())


def _entries(store: Store) -> list[PolicyEntry]:
    with Snapshot.of(Store.open(store.folder)) as snapshot:
        return list(snapshot.entries())


def test_a_locked_file_is_asked_for_only_where_it_is_needed(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "leave.pdf"
    file.write_bytes(encrypted())

    def add(*passwords: str) -> AddResult:
        return add_files(
            store, FakeEmbedder(), [file], no_progress, reading=Reading(passwords=passwords)
        )[0]

    def pages() -> list[int | None]:
        with Snapshot.of(Store.open(store.folder)) as snapshot:
            return [
                stored.clause.page for stored in snapshot.clauses_of("leave", added.version or "")
            ]

    added = add(READER)
    assert (added.status, pages()) == (AddStatus.ADDED, [1])
    _sql(store, "DELETE FROM embeddings")
    _sql(store, "DROP TABLE words")
    assert _repair(store.folder).lost == []
    assert (add().status, pages()) == (AddStatus.UNCHANGED, [1])

    _sql(store, "UPDATE clauses SET number = '7'")
    repaired = _repair(store.folder)
    assert repaired.lost == []
    assert (
        f"split leave@{added.version} into clauses again (from its text: pages are lost, headings "
        "may be, as 'leave.pdf' is encrypted and needs a password: save it without one first, or "
        "give it with 'policy-assistant add --pdf-passwords FILE')"
    ) in repaired.done
    assert pages() == [None]
    refused = add()
    assert (refused.status, "needs a password" in refused.reason) == (AddStatus.REJECTED, True)
    assert (add(READER).version, pages()) == (added.version, [1])
    assert add().status is AddStatus.UNCHANGED


def test_what_is_said_of_a_policy_is_read_from_its_locked_file_later(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "leave.pdf"
    file.write_bytes(encrypted())
    add_files(store, FakeEmbedder(), [file], no_progress, reading=Reading(passwords=[READER]))
    _sql(store, "UPDATE versions SET title = 'Other'")
    (lost,) = _repair(store.folder).lost
    assert lost.startswith("title, source and dates of 'leave' may not be what was stored: ")
    assert "its texts are right ('leave.pdf' is encrypted and needs a password: " in lost
    assert [entry.title for entry in _entries(store)] == ["Other"]
    add_files(store, FakeEmbedder(), [file], no_progress, reading=Reading(passwords=[READER]))
    assert [entry.title for entry in _entries(store)] == ["Logs"]
