from __future__ import annotations

import pytest

from assistant import AddResult, AddStatus
from ui.text.added_text import added_text


def test_names_and_reasons_are_shown_inert() -> None:
    rejected = AddResult("a.txt", AddStatus.REJECTED, reason="bad \x1b[2J")
    assert added_text(rejected) == "rejected   'a.txt': bad [U+001B][2J"
    added = AddResult("a\x1b\n\t\u2028.txt", AddStatus.ADDED, "a", "0" * 12, 1, note="new\x1b")
    assert added_text(added) == (
        "added      a[U+001B][U+000A][U+0009][U+2028].txt: a@000000000000, 1 clause\n"
        "           (new[U+001B])"
    )


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("'a.txt' holds no text: a.txt", "'/b/a.txt' holds no text: a.txt"),
        ("there is no file '/b/a.txt': check", "there is no file '/b/a.txt': check"),
        ("no idea", "'/b/a.txt': no idea"),
        ("no\nidea", "'/b/a.txt': no[U+000A]idea"),
    ],
)
def test_a_rejection_names_the_whole_path(reason: str, told: str) -> None:
    result = AddResult("/b/a.txt", AddStatus.REJECTED, reason=reason)
    assert added_text(result) == f"rejected   {told}"


@pytest.mark.parametrize(
    ("path", "policy_id", "namesake"),
    [
        ("acme.txt", "acme-2", "acme"),
        (r"caf\xe9.txt", "caf-2", "caf"),
        ("policy.txt", "policy-2", "policy"),
        ("политика.txt", "policy-2", ""),  # no letter of ASCII
        ("acme-2.txt", "acme-2", ""),
    ],
)
def test_one_of_the_same_name_may_be_a_new_version(
    path: str, policy_id: str, namesake: str
) -> None:
    text = added_text(AddResult(path, AddStatus.ADDED, policy_id, "0" * 12, 3))
    hint = (
        f"\n           (if it is a new version of {namesake}: remove {policy_id}, and add it with "
        f"--version-of {namesake})"
    )
    assert (
        text == f"added      {path}: {policy_id}@000000000000, 3 clauses{hint if namesake else ''}"
    )
