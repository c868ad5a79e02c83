from __future__ import annotations

from pathlib import Path

import pytest

from index.add import AddResult, AddStatus, add_files
from index.documents.renamed_files import renamed_from
from index.errors import LoadError, UnknownPolicyError
from index.progress import no_progress
from index.store.database import Store
from index.store.snapshot import Snapshot
from tests.conftest import FakeEmbedder

TEXT = "# Data\n\nWe keep logs.\n"


def _add(store: Store, path: Path) -> AddResult:
    return add_files(store, FakeEmbedder(), [path], no_progress)[0]


def _added(store: Store, path: Path, text: str = TEXT) -> AddResult:
    path.write_text(text, encoding="utf-8")
    return _add(store, path)


def test_a_renamed_file_stays_the_same_policy(store: Store, tmp_path: Path) -> None:
    first = _added(store, tmp_path / "acme.md")
    path = (tmp_path / "acme.md").rename(tmp_path / "acme-2024.md")
    again = _add(store, path)
    assert (again.policy_id, again.version) == ("acme", first.version)
    assert again.status is AddStatus.UPDATED
    assert _add(store, path).status is AddStatus.UNCHANGED
    with Snapshot.of(store) as snapshot:
        (entry,) = snapshot.entries()
        assert (entry.path, entry.versions) == (str(path), (first.version,))
        assert snapshot.policy("acme").source == str(path)
    changed = _added(store, path, TEXT.replace("logs", "none"))
    assert (changed.policy_id, changed.status) == ("acme", AddStatus.UPDATED)


def test_a_copy_is_another_policy(store: Store, tmp_path: Path) -> None:
    _added(store, tmp_path / "acme.md")
    assert _added(store, tmp_path / "copy.md").policy_id == "copy"


def test_an_older_version_from_an_archive_is_another_policy(store: Store, tmp_path: Path) -> None:
    _added(store, tmp_path / "acme.md")
    _added(store, tmp_path / "acme.md", "We keep nothing.")
    (tmp_path / "acme.md").unlink()
    assert _added(store, tmp_path / "old.md").policy_id == "old"


def test_two_that_it_could_be_are_none(store: Store, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        _added(store, tmp_path / name)
    for name in ("a.md", "b.md"):
        (tmp_path / name).unlink()
    assert _added(store, tmp_path / "c.md").policy_id == "c"


def test_what_cannot_be_looked_for_counts_as_there(tmp_path: Path) -> None:
    for there in (tmp_path, tmp_path / ("a" * 300)):
        assert renamed_from("v", {str(there): "v"}) is None
    assert renamed_from("v", {str(tmp_path / "gone"): "v"}) == str(tmp_path / "gone")
    assert renamed_from("v", {str(tmp_path / "gone"): "w"}) is None


def _added_to(store: Store, policy_id: str, *paths: Path) -> AddResult:
    return add_files(store, FakeEmbedder(), paths, no_progress, policy_id)[0]


def test_a_file_that_lies_elsewhere_is_a_new_version_where_that_is_said(
    store: Store, tmp_path: Path
) -> None:
    first = _added(store, tmp_path / "acme.md")
    path = tmp_path / "download.md"
    path.write_text(TEXT + "\nNothing is sold.\n", encoding="utf-8")
    second = _added_to(store, "acme", path)
    assert (second.policy_id, second.status) == ("acme", AddStatus.UPDATED)
    with Snapshot.of(store) as snapshot:
        (entry,) = snapshot.entries()
        assert (entry.path, entry.versions) == (str(path), (second.version, first.version))
    assert _added_to(store, "acme", path).status is AddStatus.UNCHANGED
    assert _add(store, path).policy_id == "acme"


def test_what_cannot_be_a_new_version(store: Store, tmp_path: Path) -> None:
    acme, other, new = (tmp_path / name for name in ("acme.md", "other.md", "new.md"))
    _added(store, acme)
    _added(store, other, "We sell logs.")
    new.write_text("Nothing is kept.", encoding="utf-8")
    with pytest.raises(UnknownPolicyError, match="no policy 'nobody'"):
        _added_to(store, "nobody", new)
    with pytest.raises(LoadError, match="one file, not 2"):
        _added_to(store, "acme", new, other)
    with pytest.raises(LoadError, match="is policy 'other' already"):
        _added_to(store, "acme", other)
    assert _added_to(store, "acme", tmp_path / "gone.md").status is AddStatus.REJECTED
    with Snapshot.of(store) as snapshot:
        assert [entry.path for entry in snapshot.entries()] == [str(acme), str(other)]
