"""What `diff` prints. The marks tell everything; colour, where there is any, repeats it.

+  added        ~  changed: [-words taken out-] {+words put in+}
-  removed      >  moved
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from assistant import Change, ChangeKind, Part, Piece, PolicyDiff, PolicyVersion
from ui.text.clause_label import place
from ui.text.inert import inert

_MARKS = {
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "-",
    ChangeKind.CHANGED: "~",
    ChangeKind.MOVED: ">",
}
_COLOURS = {"+": "32", "-": "31", "~": "33", ">": "36"}
_FILL = textwrap.TextWrapper(84, break_long_words=False, break_on_hyphens=False)


def diff_text(diff: PolicyDiff, colour: bool) -> str:
    """What has changed between two versions: a paragraph for each change, then the counts."""
    parts = [
        inert(f"{diff.policy_id}: {_named(diff.old)} -> {_named(diff.new)}"),
        *(_change_text(change, colour) for change in diff.changes),
    ]
    counts = {kind: sum(change.kind is kind for change in diff.changes) for kind in _MARKS}
    counts_text = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    parts.append(
        f"{counts_text or 'No changes'}; {diff.unchanged} sentences and headings unchanged."
    )
    return "\n\n".join(parts)


def words_text(pieces: Iterable[Piece], colour: bool) -> str:
    """A word-level difference: `thirty [-days-] {+weeks+}`, inert but for the colour."""
    return "".join(_piece_text(piece, colour) for piece in pieces)


def lines_of(text: str) -> list[str]:
    """The text in lines that leave room for an indentation of four columns; no word is cut."""
    return [line for paragraph in text.splitlines() for line in _FILL.wrap(paragraph) or [""]]


def _change_text(change: Change, colour: bool) -> str:
    mark = _MARKS[change.kind]
    head = _painted(f"{mark} {inert(place('', change.clause)) or 'no heading'}", mark, colour)
    if change.kind is ChangeKind.CHANGED:
        body = words_text(change.words, colour)
    else:
        quote = change.new or change.old
        body = inert(quote.exact if quote else "")
    lines = [f"{_painted(mark, mark, colour)}   {line}".rstrip() for line in lines_of(body)]
    cited = " -> ".join(inert(quote.citation_id) for quote in (change.old, change.new) if quote)
    return "\n".join([head, *lines, f"    {cited}"])


def _piece_text(piece: Piece, colour: bool) -> str:
    text = inert(piece.text)
    if piece.part is Part.SAME:
        return text
    if not text.strip():  # blanks are not marked
        return text if piece.part is Part.ADDED else ""
    blank = text[: len(text) - len(text.lstrip())]
    opening, closing, mark = ("[-", "-]", "-") if piece.part is Part.REMOVED else ("{+", "+}", "+")
    return blank + _painted(f"{opening}{text[len(blank) :]}{closing}", mark, colour)


def _painted(text: str, mark: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[mark]}m{text}\x1b[0m" if colour else text


def _named(version: PolicyVersion) -> str:
    return f"{version.version} of {version.date} (by the {version.dated_by})"
