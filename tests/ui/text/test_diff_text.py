from __future__ import annotations

from assistant import (
    Change,
    ChangeKind,
    Clause,
    DatedBy,
    Part,
    Piece,
    Policy,
    PolicyDiff,
    PolicyVersion,
    Quote,
)
from index.types import version_of
from ui.text.diff_text import diff_text, words_text

TEXT = "We keep\x1b[2J logs."
POLICY = Policy("acme", "Acme", "/acme", "text/plain", TEXT, version_of(TEXT))
VERSION = PolicyVersion(
    "acme", POLICY.version, "Acme", "2020-05-01", DatedBy.FILE, "2020-05-02T03:04:05+00:00", 3, True
)
QUOTE = Quote.of(POLICY, "c", 0, len(TEXT))
CLAUSE = Clause("c", "acme", POLICY.version, "1", ("Logs",), 0, len(TEXT))
PIECES = (
    Piece(Part.SAME, "We keep"),
    Piece(Part.REMOVED, " old\x07"),
    Piece(Part.ADDED, " new"),
    Piece(Part.SAME, " logs."),
)


def _diff(*changes: Change) -> PolicyDiff:
    return PolicyDiff("acme", VERSION, VERSION, changes, 7)


def test_the_marks_need_no_colour() -> None:
    shown = diff_text(
        _diff(
            Change(ChangeKind.ADDED, None, QUOTE, CLAUSE),
            Change(ChangeKind.REMOVED, QUOTE, None, CLAUSE),
            Change(ChangeKind.CHANGED, QUOTE, QUOTE, CLAUSE, PIECES, 0.5),
            Change(ChangeKind.MOVED, QUOTE, QUOTE, CLAUSE),
        ),
        colour=False,
    )
    named = f"{POLICY.version} of 2020-05-01 (by the file)"
    cited = QUOTE.citation_id
    assert shown.split("\n\n") == [
        f"acme: {named} -> {named}",
        f"+ 1 Logs\n+   We keep[U+001B][2J logs.\n    {cited}",
        f"- 1 Logs\n-   We keep[U+001B][2J logs.\n    {cited}",
        f"~ 1 Logs\n~   We keep [-old[U+0007]-] {{+new+}} logs.\n    {cited} -> {cited}",
        f"> 1 Logs\n>   We keep[U+001B][2J logs.\n    {cited} -> {cited}",
        "1 added, 1 removed, 1 changed, 1 moved; 7 sentences and headings unchanged.",
    ]


def test_colour_says_it_again() -> None:
    assert words_text(PIECES, colour=True) == (
        "We keep \x1b[31m[-old[U+0007]-]\x1b[0m \x1b[32m{+new+}\x1b[0m logs."
    )
    plain = diff_text(_diff(Change(ChangeKind.ADDED, None, QUOTE, CLAUSE)), colour=True)
    assert "\x1b[32m+ 1 Logs\x1b[0m" in plain
    assert "\x1b[2J" not in plain


def test_no_changes() -> None:
    assert diff_text(_diff(), colour=False).endswith(
        "No changes; 7 sentences and headings unchanged."
    )
