"""Uploads: how far they are, where they are kept, and which are a new version of which."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import AddStatus
from tests.ui.fake_assistant import FakeAssistant
from ui.uploads.receive import add_uploads, remove_policy


@pytest.fixture
def acme(tmp_path: Path) -> FakeAssistant:
    fake = FakeAssistant(tmp_path)
    fake.put("acme", "# Logs\n\nLogs are kept for 30 days.", "Acme", "2019-05-01")
    return fake


def test_uploads_are_kept_and_rejected_ones_are_not(tmp_path: Path, acme: FakeAssistant) -> None:
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    good, bad = incoming / "leave.txt", incoming / "scan.pdf"
    good.write_text("Leave is kept.", encoding="utf-8")
    bad.write_bytes(b"%PDF")
    kept = tmp_path / "uploads" / "leave.txt"
    results = add_uploads(acme, [good, bad])
    assert [(each.status, each.reason) for each in results] == [
        (AddStatus.ADDED, ""),
        (AddStatus.REJECTED, "no text layer in 'scan.pdf' (1 page): run OCR on it first"),
    ]
    assert list(incoming.iterdir()) == []
    assert list(kept.parent.iterdir()) == [kept]

    good.write_text("Leave is not kept.", encoding="utf-8")
    assert [each.status for each in add_uploads(acme, [good])] == [AddStatus.UPDATED]
    assert kept.read_text(encoding="utf-8") == "Leave is not kept."

    remove_policy(acme, "leave")
    assert not kept.exists()
    assert [entry.id for entry in acme.policies()] == ["acme"]


def test_a_file_of_the_same_name_with_another_text_is_another_policy(
    tmp_path: Path, acme: FakeAssistant
) -> None:
    texts = [
        "East keeps logs of every visit for thirty days, and then deletes them for good.",
        "West sells no data. You may write to us about your account whenever you want to.",
        "East keeps logs of every visit for thirty days, and then archives them.",
        "West sells no data. You may write to us about your account on working days.",
    ]
    ids = []
    for text in texts:
        file = tmp_path / "privacy.txt"
        file.write_text(text, encoding="utf-8")
        ids += [(each.policy_id, str(each.status)) for each in add_uploads(acme, [file])]
    assert ids == [
        ("privacy", "added"),
        ("privacy-2", "added"),
        ("privacy", "updated"),
        ("privacy-2", "updated"),
    ]
