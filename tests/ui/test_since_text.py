from __future__ import annotations

from tests.assistant.test_since import LOGS, acme
from ui.since_text import since_text

__all__ = ["acme"]


def test_then_and_now(acme) -> None:  # type: ignore[no-untyped-def]
    text = since_text(acme.changes(LOGS, "2021-01-01"), "2021-01-01")
    before, now = (each.version for each in reversed(acme.versions("acme")))
    assert text.startswith(f"acme: {before} of 2020-01-01 -> {now} of 2022-01-01\n")
    assert "[-30-] {+90+} days" in text


def test_the_same_then_and_now(acme) -> None:  # type: ignore[no-untyped-def]
    text = since_text(acme.changes("Do you sell my email address?", "2021-01-01"), "2021-01-01")
    assert "Nothing has changed for this question." in text
    assert "said in both: acme@" in text


def test_nothing_to_compare() -> None:
    assert since_text([], "2021-01-01") == "No policy that was asked has changed since 2021-01-01."
