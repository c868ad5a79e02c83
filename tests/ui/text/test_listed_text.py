from __future__ import annotations

from assistant import DatedBy, PolicyEntry, PolicyVersion
from ui.text.listed_text import NO_POLICIES, listed_text, versions_text

ENTRY = PolicyEntry("acme", "Acme \x1b[2J", "Acme", "/acme.txt", "0" * 12, None, 3, ("0" * 12,))
VERSION = PolicyVersion(
    "acme", "0" * 12, "Acme", "2020-05-01", DatedBy.FILE, "2020-05-02T03:04:05+00:00", 1, True
)


def test_policies_take_a_line_each() -> None:
    assert listed_text([ENTRY]) == (
        "acme  000000000000  no date        3 clauses  Acme [U+001B][2J"
    )
    assert listed_text([]) == NO_POLICIES


def test_versions_take_a_line_each() -> None:
    line = (
        "acme@000000000000  2020-05-01 (by the file)  added 2020-05-02 03:04 UTC      1 clause"
        "  newest"
    )
    assert versions_text([VERSION, VERSION]) == f"{line}\n{line}"
