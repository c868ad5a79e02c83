"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word or a mark, with the blanks before it; at the end, the blanks that are left.
_TOKEN = re.compile(r"(\s*)(\w+(?:['’.@-]\w+)*|[^\w\s]|\Z)")


class Part(StrEnum):
    """Where a piece stands: in both texts, in the old one only, or in the new one only."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a comparison. `text` is verbatim, blanks included."""

    part: Part
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one sequence of pieces, each of whole words and marks.

    The pieces that are not `ADDED`, joined, are `old`, those that are not `REMOVED` are `new`; no
    two neighbours are of the same part. Words are compared as they are written.
    """
    return tuple(_merged(_pieces(old, new)))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, [word for _, word in before], [word for _, word in after])
    for kind, i, j, k, l in matcher.get_opcodes():  # noqa: E741 - as difflib names them
        if kind != "equal":
            yield Piece(Part.REMOVED, "".join(map("".join, before[i:j])))
            yield Piece(Part.ADDED, "".join(map("".join, after[k:l])))
            continue
        for (old_blank, word), (new_blank, _) in zip(before[i:j], after[k:l], strict=True):
            if old_blank == new_blank:
                yield Piece(Part.SAME, old_blank + word)
            else:
                yield from (Piece(Part.REMOVED, old_blank), Piece(Part.ADDED, new_blank))
                yield Piece(Part.SAME, word)


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _TOKEN.finditer(text)]


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of the same part as one piece; what is removed precedes what is added."""
    removed = added = same = ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.part is Part.SAME:
            yield from _changes(removed, added)
            removed = added = ""
            same += piece.text
            continue
        if same:
            yield Piece(Part.SAME, same)
            same = ""
        if piece.part is Part.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    yield from _changes(removed, added)
    if same:
        yield Piece(Part.SAME, same)


def _changes(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Part.REMOVED, removed)
    if added:
        yield Piece(Part.ADDED, added)
