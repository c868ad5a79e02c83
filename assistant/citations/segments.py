"""A version's text as sentences: what is compared from one version to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def segments_of(text: str, clauses: Sequence[StoredClause]) -> tuple[Segment, ...]:
    """The segments of a version, in order.

    They do not overlap and cover every non-blank character of its clauses.
    """
    return tuple(
        Segment(start, end, stored.clause)
        for stored in clauses
        for start, end in _spans(text, stored)
    )


def overlapping(segments: Sequence[Segment], start: int, end: int) -> list[Segment]:
    """The segments that share a character with the span, in order."""
    return [segment for segment in segments if segment.start < end and segment.end > start]


def _spans(text: str, stored: StoredClause) -> Iterator[Span]:
    position = stored.clause.start
    for start, end in stored.units:
        lines = list(_lines(text, position, start))
        # A bullet belongs to the unit that follows it.
        if lines and not _has_word(text, lines[-1]) and "\n" not in text[lines[-1][1] : start]:
            start = lines.pop()[0]
        yield from _with_words(text, lines)
        yield start, end
        position = end
    yield from _with_words(text, _lines(text, position, stored.clause.end))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].splitlines(keepends=True):
        left = start + len(line) - len(line.lstrip())
        right = start + len(line.rstrip())
        if left < right:
            yield left, right
        start += len(line)


def _with_words(text: str, lines: Iterable[Span]) -> list[Span]:
    """Each line together with the lines after it that hold no word."""
    joined: list[Span] = []
    for start, end in lines:
        if joined and not _has_word(text, (start, end)):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _has_word(text: str, span: Span) -> bool:
    return any(char.isalnum() for char in text[span[0] : span[1]])
