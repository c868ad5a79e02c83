"""What is rebuilt from what is left, and what is reported as lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.add import AddResult, AddStatus, Reading, add_files
from index.errors import IndexDamagedError, IndexMismatchError
from index.progress import no_progress
from index.store import database as opening
from index.store.database import Store
from index.store.snapshot import Snapshot
from index.types import version_of
from tests.conftest import FakeEmbedder
from tests.index.documents.pdf.encrypted_samples import READER, encrypted
from tests.index.repair.damaged_index import TEXTS, change, entries_in, repaired_in, seen_in


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
    before = seen_in(filled.folder)
    with Snapshot.of(filled) as snapshot:
        rows = snapshot.rows_of(TEXTS)
    change(filled, statement)
    repaired = repaired_in(filled.folder)
    assert repaired.lost == []
    if "clauses" not in statement:  # those that are split again get new rows
        assert seen_in(filled.folder) == before
    else:
        assert replace(seen_in(filled.folder), found=before.found) == before
        with Snapshot.of(filled) as snapshot:
            assert set(rows) != set(snapshot.rows_of(TEXTS))
    assert len(list(filled.folder.glob("index.sqlite3.damaged-*"))) == 1


def test_a_text_that_is_lost_is_named_and_the_rest_stays(filled: Store, tmp_path: Path) -> None:
    change(filled, "UPDATE versions SET text = text || 'x' WHERE policy_id = 'anna'")
    repaired = repaired_in(filled.folder)
    version = version_of(TEXTS["anna"])
    assert repaired.lost == [
        f"the text of anna@{version}, and with it the policy: add its file again"
    ]
    assert [entry.id for entry in entries_in(filled)] == ["bert"]
    (result,) = add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    assert (result.status, result.policy_id) == (AddStatus.ADDED, "anna")


def test_the_version_before_is_the_newest_where_that_is_lost(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "anna.md").write_text("# Data\n\nWe sell it.\n", encoding="utf-8")
    add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    change(filled, "UPDATE versions SET text = 'x' WHERE text LIKE '%sell%'")
    repaired = repaired_in(filled.folder)
    assert repaired.lost[0].startswith(
        f"the text of anna@{version_of('# Data' + chr(10) * 2)}"[:17]
    )
    assert [entry.version for entry in entries_in(filled)] == [
        version_of(TEXTS["anna"]),
        version_of(TEXTS["bert"]),
    ]
    (result,) = add_files(filled, FakeEmbedder(), [tmp_path / "anna.md"], no_progress)
    assert (result.status, result.policy_id) == (AddStatus.UPDATED, "anna")


def test_a_policy_without_its_row_keeps_its_texts(filled: Store) -> None:
    change(filled, "DELETE FROM policies WHERE id = 'anna'")
    opening._SOUND.clear()
    with pytest.raises(IndexDamagedError, match="does not hold what was stored of 'anna'"):
        entries_in(filled)
    lost = repaired_in(filled.folder).lost
    assert lost[0] == "the provider and file of 'anna'; its texts are there"
    assert [entry.id for entry in entries_in(filled)] == ["anna", "bert"]


def test_only_its_own_model_makes_vectors_again(filled: Store) -> None:
    class Other(FakeEmbedder):
        identity = "other@1"

    change(filled, "DROP TABLE words")
    assert repaired_in(filled.folder, Other()).lost == []
    change(filled, "DELETE FROM embeddings")
    with pytest.raises(IndexMismatchError, match="vectors of 4 clauses are missing"):
        repaired_in(filled.folder, Other())


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
    change(store, "DELETE FROM embeddings")
    change(store, "DROP TABLE words")
    assert repaired_in(store.folder).lost == []
    assert (add().status, pages()) == (AddStatus.UNCHANGED, [1])

    change(store, "UPDATE clauses SET number = '7'")
    repaired = repaired_in(store.folder)
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
    change(store, "UPDATE versions SET title = 'Other'")
    (lost,) = repaired_in(store.folder).lost
    assert lost.startswith("title, source and dates of 'leave' may not be what was stored: ")
    assert "its texts are right ('leave.pdf' is encrypted and needs a password: " in lost
    assert [entry.title for entry in entries_in(store)] == ["Other"]
    add_files(store, FakeEmbedder(), [file], no_progress, reading=Reading(passwords=[READER]))
    assert [entry.title for entry in entries_in(store)] == ["Logs"]
