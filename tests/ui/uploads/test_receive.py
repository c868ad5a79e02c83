"""Uploads: how far they are, where they are kept, and which are a new version of which."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import AddResult, AddStatus, IndexBusyError
from assistant.doors import DEFAULT_LIMITS, Progress
from tests.ui.fake_assistant import FakeAssistant
from ui.uploads import receive
from ui.uploads.receive import Step, add_uploads, remove_policy, steps


@pytest.fixture
def acme(tmp_path: Path) -> FakeAssistant:
    fake = FakeAssistant(tmp_path)
    fake.put("acme", "# Logs\n\nLogs are kept for 30 days.", "Acme", "2019-05-01")
    return fake


def test_steps_tell_how_far_it_is_then_the_results(tmp_path: Path, acme: FakeAssistant) -> None:
    good = tmp_path / "leave.txt"
    good.write_text("Leave is kept.", encoding="utf-8")
    *before, results = steps(lambda progress: acme.add([good], progress=progress))
    told = [Step("reading", 0, 1, "file"), Step("reading", 1, 1, "file")]
    assert before in ([], told[:1], told[1:], told)  # what nobody had time to see is left out
    assert isinstance(results, list)
    assert [result.status for result in results] == [AddStatus.ADDED]


def test_what_goes_wrong_in_a_step_is_raised() -> None:
    def broken(_progress: Progress) -> list[AddResult]:
        raise IndexBusyError("another process is writing")

    with pytest.raises(IndexBusyError):
        list(steps(broken))


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


@given(st.text(st.sampled_from("ab İß\n-"), max_size=80), st.text(st.sampled_from("ab c")))
def test_what_texts_have_in_common_is_counted_in_runs_of_four_words(one: str, other: str) -> None:
    runs = []
    for text in (one, other):
        words = re.findall(r"\w+", text.lower())
        runs.append(set(zip(words, words[1:], words[2:], words[3:], strict=False)))
    numbers = [receive._runs(text, 1) for text in (one, other)]
    assert [len(each) for each in numbers] == [len(each) for each in runs]
    assert len(set(numbers[0]) & set(numbers[1])) == len(runs[0] & runs[1])


def test_of_long_texts_a_part_of_the_runs_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "_LONG", 1000)
    texts = [
        " ".join(f"{word}{number}" for number in range(5000)).encode() for word in ("keep", "sell")
    ]
    part = receive._runs(texts[0].decode(), 40)
    assert 50 < len(part) < 250
    half = texts[0][:20_000] + texts[1][:20_000]
    told = [
        receive._have_in_common(texts[0], other, Path("a.txt"), DEFAULT_LIMITS)
        for other in (*texts, half, texts[0][:500], texts[1][:500])
    ]
    assert told == [True, False, True, True, False]
