"""The list of policies and what is said of uploads, as exact values."""

from __future__ import annotations

from assistant import AddResult, AddStatus, PolicyEntry
from ui.page.html.policy_list import policy_list, progress, upload_results, welcome
from ui.uploads.steps import Step


def test_the_list_shows_dates_sizes_and_versions_and_what_is_searched() -> None:
    entry = PolicyEntry("a", "T", "P", "/p", "1" * 12, "2010-07-01", 1, ("1" * 12, "2" * 12))
    assert policy_list([entry], ["a"]) == (
        '<h2 class="pa-heading">Policies (1)</h2><p class="pa-hint" role="status">'
        'Searching 1 of 1. <button type="button" class="pa-all">Search all</button></p>'
        '<ul class="pa-policies"><li><label class="pa-policy">'
        '<input type="checkbox" class="pa-only" data-policy="a" checked><span>'
        '<strong dir="auto">P</strong><span dir="auto">T</span><small>in effect from '
        '<time datetime="2010-07-01">1 July 2010</time> · 1 clause · 2 versions</small></span>'
        '</label><button type="button" class="pa-remove" data-policy="a"'
        ' aria-label="Remove P – T">Remove</button></li></ul>'
    )
    assert "Searching all of them. Tick some" in policy_list([entry], [])
    assert "pa-find" in policy_list([entry] * 9, [])
    assert "pa-find" not in policy_list([entry] * 8, [])
    assert policy_list([], []).endswith('<p class="pa-none">No policies yet.</p>')


def test_progress_is_shown_and_told() -> None:
    assert progress(Step("reading", 3, 12, "file")) == (
        '<p class="pa-waiting" role="status">Reading: 3 of 12 files</p>'
        '<progress aria-label="reading" max="12" value="3"></progress>'
    )


def test_upload_results_name_the_file_and_the_reason() -> None:
    results = [
        AddResult("/x/a.txt", AddStatus.ADDED, "a", "0" * 12, 2),
        AddResult("/x/<b>.pdf", AddStatus.REJECTED, reason="no text in '<b>.pdf'"),
    ]
    assert upload_results(results) == (
        '<ul class="pa-results" role="status"><li data-status="added"><strong>Added</strong> '
        '<span class="pa-file">a.txt</span><span class="pa-why">2 clauses</span></li>'
        '<li data-status="rejected"><strong>Rejected</strong> '
        '<span class="pa-file">&lt;b&gt;.pdf</span><span class="pa-why">no text in '
        "&#39;&lt;b&gt;.pdf&#39;</span></li></ul>"
    )


def test_samples_are_offered_where_they_can_be_loaded() -> None:
    assert "load the sample policies" in welcome(0, samples=True)
    assert "load the sample policies" not in welcome(0)


def test_the_welcome_counts_the_policies() -> None:
    assert "<h2>Ask what the policy says</h2>" in welcome(1)
    assert "<h2>Ask what 5 policies say</h2>" in welcome(5)
