from __future__ import annotations

from pathlib import Path

import pytest

from index.documents.file_search import File
from index.errors import LoadError, UnknownPolicyError
from index.policy_files import PolicyFiles
from index.store.held import HeldFile

VERSION, OTHER = "1" * 12, "2" * 12


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    file = tmp_path / "acme.txt"
    file.touch()
    return file


@pytest.fixture
def policy_files(acme: Path) -> PolicyFiles:
    """The index holds one policy, "acme"."""
    return PolicyFiles({str(acme): _held("acme")})


def _held(policy_id: str) -> HeldFile:
    return HeldFile(policy_id, VERSION, "sha256", "splitter", 1)


def test_a_path_is_one_policy_whatever_its_text(policy_files: PolicyFiles, acme: Path) -> None:
    assert policy_files.at(acme) == _held("acme")
    assert policy_files.policy_of(acme, OTHER) == ("acme", False)


def test_other_files_of_one_slug_get_numbers(policy_files: PolicyFiles, tmp_path: Path) -> None:
    ids = [policy_files.policy_of(tmp_path / name / "Acme.txt", OTHER) for name in ("a", "b", "c")]
    assert ids == [("acme-2", True), ("acme-3", True), ("acme-4", True)]
    assert policy_files.policy_of(tmp_path / "acme 3.txt", OTHER) == ("acme-3-2", True)


def test_a_renamed_file_keeps_its_id(policy_files: PolicyFiles, acme: Path) -> None:
    new = acme.rename(acme.with_name("new.txt"))
    assert policy_files.policy_of(new, OTHER) == ("new", True)
    assert policy_files.policy_of(new, VERSION) == ("acme", False)
    assert policy_files.at(acme) is None


def test_a_new_version_may_lie_anywhere(policy_files: PolicyFiles, acme: Path) -> None:
    new = acme.with_name("new.txt")
    policy_files.claim([File(acme)], "acme")
    assert policy_files.at(acme) == _held("acme")
    policy_files.claim([File(new)], "acme")
    assert policy_files.policy_of(new, OTHER) == ("acme", False)
    policy_files.put(new, _held("acme"))
    assert policy_files.at(new) == _held("acme")


def test_what_cannot_be_a_new_version(policy_files: PolicyFiles, tmp_path: Path) -> None:
    other, new = tmp_path / "other.txt", tmp_path / "new.txt"
    policy_files.put(other, _held("other"))
    with pytest.raises(UnknownPolicyError, match="the index holds no policy 'none'"):
        policy_files.claim([File(new)], "none")
    with pytest.raises(LoadError, match="a new version of 'acme' is one file, not 2"):
        policy_files.claim([File(new), File(other)], "acme")
    with pytest.raises(LoadError, match=r"other\.txt' is policy 'other' already"):
        policy_files.claim([File(other)], "acme")
