"""A version's text as sentences: what is compared from one version to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.store.clause_rows import StoredClause
from index.text.sentences import Span
from index.types import Clause


@dataclass(frozen=True, slots=True)
class Segment:
    """A quotable unit of a clause, with the bullet in front of it, or a line of its heading.

    `start` and `end` count code points of the version's text, end exclusive.
    """

    start: int
    end: int
    clause: Clause


def segments(text: str, clauses: Sequence[StoredClause]) -> tuple[Segment, ...]:
    """The segments of a version, in order.

    They do not overlap and cover every non-blank character of its clauses.
    """
    return tuple(
        Segment(start, end, stored.clause)
        for stored in clauses
        for start, end in _spans(text, stored)
    )


def overlapping(found: Sequence[Segment], start: int, end: int) -> list[Segment]:
    """Those of the segments that share a character with the span, in order."""
    return [each for each in found if each.start < end and each.end > start]


def _spans(text: str, stored: StoredClause) -> Iterator[Span]:
    position = stored.clause.start
    for start, end in stored.units:
        lines = list(_lines(text, position, start))
        # A bullet belongs to the unit behind it.
        if lines and not _has_word(text, lines[-1]) and "\n" not in text[lines[-1][1] : start]:
            start = lines.pop()[0]
        yield from _with_words(text, lines)
        yield start, end
        position = end
    yield from _with_words(text, list(_lines(text, position, stored.clause.end)))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].splitlines(keepends=True):
        left = start + len(line) - len(line.lstrip())
        right = start + len(line.rstrip())
        if left < right:
            yield left, right
        start += len(line)


def _with_words(text: str, lines: list[Span]) -> Iterator[Span]:
    """Each line, with those behind it that hold no word."""
    at = 0
    while at < len(lines):
        start, end = lines[at]
        at += 1
        while at < len(lines) and not _has_word(text, lines[at]):
            end = lines[at][1]
            at += 1
        yield start, end


def _has_word(text: str, span: Span) -> bool:
    return any(char.isalnum() for char in text[span[0] : span[1]])
