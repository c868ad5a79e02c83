"""Spans of policies: which ones overlap, and how many characters they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PolicySpan:
    """A span of one policy's canonical text, in code points, end exclusive."""

    policy_id: str
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def shared(self, other: PolicySpan) -> int:
        """How many characters are in both."""
        if self.policy_id != other.policy_id:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def overlaps(self, others: Iterable[PolicySpan]) -> bool:
        """Whether at least one character is also in one of the others."""
        return any(self.shared(other) for other in others)


def merged(spans: Iterable[PolicySpan]) -> list[PolicySpan]:
    """The same characters, sorted, in spans that do not overlap."""
    result: list[PolicySpan] = []
    for span in sorted(spans):
        if result and result[-1].shared(span):
            last = result.pop()
            span = PolicySpan(last.policy_id, last.start, max(last.end, span.end))
        result.append(span)
    return result


def shared_characters(spans: Iterable[PolicySpan], others: Iterable[PolicySpan]) -> int:
    """How many characters are in a span of both sides; the spans of a side do not overlap."""
    against = list(others)
    return sum(span.shared(other) for span in spans for other in against)


def characters(spans: Iterable[PolicySpan]) -> int:
    """The sum of the lengths."""
    return sum(span.length for span in spans)
