from __future__ import annotations

from pathlib import Path

from tests.assistant.samples import acme_in_two_versions
from ui.text.changes_text import since_text


def test_then_and_now(tmp_path: Path) -> None:
    acme = acme_in_two_versions(tmp_path)
    text = since_text(acme.changes("How long are server logs kept?", "2021-01-01"), "2021-01-01")
    before, now = (each.version for each in reversed(acme.versions("acme")))
    assert text.startswith(f"acme: {before} of 2020-01-01 -> {now} of 2022-01-01\n")
    assert "[-30-] {+90+} days" in text
    text = since_text(acme.changes("Do you sell my email address?", "2021-01-01"), "2021-01-01")
    assert "Nothing has changed for this question." in text
    assert "said in both: acme@" in text


def test_nothing_to_compare() -> None:
    assert since_text([], "2021-01-01") == (
        "None of the policies of which the index holds a version from 2021-01-01 has changed since."
    )
