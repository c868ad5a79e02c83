"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word or a mark, with the blanks before it; what is left at the end is blanks alone.
_TOKEN = re.compile(r"(\s*)(\w+(?:['’.@-]\w+)*|[^\w\s]|\Z)")


class Part(StrEnum):
    """Which of the two texts a piece stands in: both, the old one alone, the new one alone."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a difference. `text` is verbatim, blanks included."""

    part: Part
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one run of pieces, whole words and marks each.

    The pieces that are not `ADDED`, joined, are `old`, those that are not `REMOVED` are `new`; no
    two that follow one another are of the same part. Words are compared as they are written.
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
        for (blank, word), (other, _) in zip(before[i:j], after[k:l], strict=True):
            if blank == other:
                yield Piece(Part.SAME, blank + word)
            else:
                yield from (Piece(Part.REMOVED, blank), Piece(Part.ADDED, other))
                yield Piece(Part.SAME, word)


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _TOKEN.finditer(text)]


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one part as one piece; what is removed goes before what is added."""
    removed = added = same = ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.part is Part.SAME:
            yield from _each(removed, added)
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
    yield from _each(removed, added)
    if same:
        yield Piece(Part.SAME, same)


def _each(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Part.REMOVED, removed)
    if added:
        yield Piece(Part.ADDED, added)
