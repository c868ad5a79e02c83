"""Stretches of text: which overlap, and how many characters they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one policy's canonical text, in code points, end exclusive."""

    policy_id: str
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def shared(self, other: Span) -> int:
        """How many characters stand in both."""
        if self.policy_id != other.policy_id:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def overlaps(self, others: Iterable[Span]) -> bool:
        """Whether at least one character stands in one of the others too."""
        return any(self.shared(other) for other in others)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters, sorted, in spans that do not overlap."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and result[-1].shared(span):
            last = result.pop()
            span = Span(last.policy_id, last.start, max(last.end, span.end))
        result.append(span)
    return result


def shared_characters(ones: Iterable[Span], others: Iterable[Span]) -> int:
    """How many characters stand in a span of both; the spans of neither side overlap."""
    against = list(others)
    return sum(one.shared(other) for one in ones for other in against)


def characters(spans: Iterable[Span]) -> int:
    """The lengths in all."""
    return sum(span.length for span in spans)
