"""Encrypted files among others: each for itself, and no trace of a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.add import AddResult, AddStatus, Reading, add_files
from index.progress import no_progress
from index.store.database import Store
from index.store.snapshot import Snapshot
from tests.conftest import FakeEmbedder
from tests.index.documents.pdf.encrypted_samples import OWNER, READER, SAID, encrypted
from tests.index.documents.samples import column, pdf

FILES = {
    "aes.pdf": encrypted(text="We keep aes."),
    "broken.pdf": b"%PDF-1.7 /Encrypt",
    "free.md": b"We keep free.",
    "owner.pdf": encrypted("", text="We keep owner."),
    "plain.pdf": pdf([column(["We keep plain."])]),
    "rc4.pdf": encrypted("ключ 3310", algorithm="RC4-128", text="We keep rc4."),
    "unknown.pdf": encrypted("who knows 6128", "nobody 8812", text="We keep unknown."),
}
GIVEN = ("wrong 5519", "ключ 3310", READER)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def _add(store: Store, files: list[Path], *passwords: str) -> dict[str, AddResult]:
    results = add_files(
        store, FakeEmbedder(), files, no_progress, reading=Reading(passwords=passwords)
    )
    return {Path(result.path).name: result for result in results}


def _texts(store: Store) -> dict[str, str]:
    with Snapshot.of(store) as snapshot:
        return {entry.id: snapshot.policy(entry.id).text for entry in snapshot.entries()}


def test_each_file_for_itself(store: Store, files: list[Path]) -> None:
    results = _add(store, files, *GIVEN)
    rejected = {name: result.reason for name, result in results.items() if result.reason}
    assert list(rejected) == ["broken.pdf", "unknown.pdf"]
    assert rejected["broken.pdf"].startswith("'broken.pdf' is damaged")
    assert rejected["unknown.pdf"].startswith(
        "'unknown.pdf' is encrypted, and none of the 3 passwords given opens it"
    )
    said = {name.partition(".")[0] for name in FILES if name not in rejected}
    assert _texts(store) == {name: f"We keep {name}." for name in said}


def test_what_is_locked_waits_for_its_password(store: Store, files: list[Path]) -> None:
    results = _add(store, files)
    needing = [name for name, result in results.items() if "needs a password" in result.reason]
    assert needing == ["aes.pdf", "rc4.pdf", "unknown.pdf"]
    assert _add(store, files, *GIVEN)["aes.pdf"].status is AddStatus.ADDED
    again = _add(store, files)  # none is needed for a file that has not changed
    assert (again["aes.pdf"].status, again["rc4.pdf"].status) == (AddStatus.UNCHANGED,) * 2


def test_a_new_version_needs_its_password_too(store: Store, files: list[Path]) -> None:
    before = _add(store, files[:1], READER)["aes.pdf"]
    files[0].write_bytes(encrypted(text=SAID))
    assert "needs a password" in _add(store, files[:1])["aes.pdf"].reason
    assert _texts(store) == {"aes": "We keep aes."}
    after = _add(store, files[:1], OWNER)["aes.pdf"]
    assert (after.status, after.policy_id) == (AddStatus.UPDATED, before.policy_id)
    assert _texts(store) == {"aes": SAID}


def test_no_password_is_kept_or_told(store: Store, files: list[Path]) -> None:
    results = _add(store, files, *GIVEN)
    stored = [path for path in store.folder.rglob("*") if path.is_file()]
    assert store.database in stored
    kept = b"".join(path.read_bytes() for path in stored)
    assert b"We keep rc4." in kept
    for password in GIVEN:
        for written in ("utf-8", "utf-16-le"):
            assert password.encode(written) not in kept
        assert password not in repr(results)
