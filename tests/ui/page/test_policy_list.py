"""The HTML of answers, cards and lists, as exact values; nothing in a policy becomes markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.add import AddResult, AddStatus
from index.documents.limits import DEFAULT_LIMITS
from index.errors import IndexBusyError
from index.progress import Progress
from index.store.snapshot import PolicyEntry
from index.types import Policy, version_of
from tests.ui.fake_assistant import FakeAssistant
from ui.page import policy_list as library
from ui.page.samples import sample_policies
from ui.uploads import receive as uploads
from ui.uploads.receive import Step, add_uploads, remove_policy, steps

TEXT = "# Logs\n\nWe keep logs. They are kept for 30 days.\n\nNobody else sees them."
POLICY = Policy("acme", "Privacy", "acme.txt", "text/plain", TEXT, version_of(TEXT), "2019-05-01")


@pytest.fixture
def acme(tmp_path: Path) -> FakeAssistant:
    fake = FakeAssistant(tmp_path)
    fake.put("acme", TEXT, "Acme", "2019-05-01")
    return fake


def test_the_list_shows_dates_sizes_and_versions_and_what_is_searched() -> None:
    entry = PolicyEntry("a", "T", "P", "/p", "1" * 12, "2010-07-01", 1, ("1" * 12, "2" * 12))
    assert library.policy_list([entry], ["a"]) == (
        '<h2 class="pa-heading">Policies (1)</h2><p class="pa-hint" role="status">'
        'Searching in 1 of 1. <button type="button" class="pa-all">Search in all</button></p>'
        '<ul class="pa-policies"><li><label class="pa-policy">'
        '<input type="checkbox" class="pa-only" data-policy="a" checked><span>'
        '<strong dir="auto">P</strong><span dir="auto">T</span><small>in effect from '
        '<time datetime="2010-07-01">1 July 2010</time> · 1 clause · 2 versions</small></span>'
        '</label><button type="button" class="pa-remove" data-policy="a"'
        ' aria-label="Remove P – T">Remove</button></li></ul>'
    )
    assert "Searching in all. Tick some" in library.policy_list([entry], [])
    assert "pa-find" in library.policy_list([entry] * 9, [])
    assert "pa-find" not in library.policy_list([entry] * 8, [])
    assert library.policy_list([], []).endswith('<p class="pa-none">No policies yet.</p>')


def test_progress_is_shown_and_told() -> None:
    assert library.progress(Step("reading", 3, 12, "file")) == (
        '<p class="pa-waiting" role="status">Reading: 3 of 12 files</p>'
        '<progress aria-label="reading" max="12" value="3"></progress>'
    )


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


def test_samples_are_offered_where_they_can_be_loaded() -> None:
    assert "load the sample policies" in library.welcome([], samples=True)
    assert "load the sample policies" not in library.welcome([])
    assert [file.stem for file in sample_policies()] == [
        "cpw",
        "imgwg",
        "intraworks",
        "introplex",
        "ixanet",
    ]


def test_upload_results_name_the_file_and_the_reason() -> None:
    results = [
        AddResult("/x/a.txt", AddStatus.ADDED, "a", "0" * 12, 2),
        AddResult("/x/<b>.pdf", AddStatus.REJECTED, reason="no text in '<b>.pdf'"),
    ]
    assert library.upload_results(results) == (
        '<ul class="pa-results" role="status"><li data-status="added"><strong>Added</strong> '
        '<span class="pa-file">a.txt</span><span class="pa-why">2 clauses</span></li>'
        '<li data-status="rejected"><strong>Rejected</strong> '
        '<span class="pa-file">&lt;b&gt;.pdf</span><span class="pa-why">no text in '
        "&#x27;&lt;b&gt;.pdf&#x27;</span></li></ul>"
    )


def test_first_questions_fit_the_headings_and_policies_take_turns() -> None:
    one = PolicyEntry("a", "A", "Acme", "/a", "1" * 12, None, 1, ())
    two = PolicyEntry("b", "Rules", "", "/b", "1" * 12, None, 1, ())
    headings = {"a": ["Cookies", "Security"], "b": ["Our cookies", "Annual leave", "Cancelling"]}
    assert library.first_questions([one, two], headings) == [
        "How does Acme use cookies?",
        "How much leave does Rules grant?",
        "How does Acme protect personal information?",
        "What happens when I cancel with Rules?",
    ]
    assert library.first_questions([one], {"a": ["Miscellaneous"]}) == []


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
    numbers = [uploads._runs(text, 1) for text in (one, other)]
    assert [len(each) for each in numbers] == [len(each) for each in runs]
    assert len(set(numbers[0]) & set(numbers[1])) == len(runs[0] & runs[1])


def test_of_long_texts_a_part_of_the_runs_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_LONG", 1000)
    texts = [
        " ".join(f"{word}{number}" for number in range(5000)).encode() for word in ("keep", "sell")
    ]
    part = uploads._runs(texts[0].decode(), 40)
    assert 50 < len(part) < 250
    half = texts[0][:20_000] + texts[1][:20_000]
    told = [
        uploads._have_in_common(texts[0], other, Path("a.txt"), DEFAULT_LIMITS)
        for other in (*texts, half, texts[0][:500], texts[1][:500])
    ]
    assert told == [True, False, True, True, False]
