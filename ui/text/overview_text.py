"""What `compare` and `coverage` print."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from assistant import Coverage, StanceRow
from ui.text.inert import inert
from ui.text.listed_text import NO_POLICIES
from ui.text.terminal import wrapped


def stances_text(rows: Sequence[StanceRow]) -> str:
    """The stance of each policy, and the quote that shows it."""
    if not rows:
        return NO_POLICIES
    parts = []
    for row in rows:
        part = f"{row.provider} ({row.policy_id}): {row.stance}"
        if row.quote:
            part += "\n" + textwrap.indent(wrapped(f"“{row.quote.exact}”", 4), "    ")
            part += f"\n    {row.quote.citation_id}"
        parts.append(inert(part))
    return "\n\n".join(parts)


def coverage_text(coverage: Coverage) -> str:
    """The grid: topics down, policies across, then the citation of each cell."""
    if not coverage.policies:
        return NO_POLICIES
    width = max(len(topic.name) for topic in coverage.topics)
    numbers = [f"({number})" for number, _ in enumerate(coverage.policies, start=1)]
    lines = [
        f"{number} {entry.provider} ({entry.id})"
        for number, entry in zip(numbers, coverage.policies, strict=True)
    ]
    lines += ["", " " * width + "  " + " ".join(f"{number:^5}" for number in numbers)]
    for column, topic in enumerate(coverage.topics):
        marks = ["yes" if row[column].quote else "-" for row in coverage.cells]
        lines.append(f"{topic.name:<{width}}  " + " ".join(f"{mark:^5}" for mark in marks))
    lines.append("")
    for entry, row in zip(coverage.policies, coverage.cells, strict=True):
        for topic, cell in zip(coverage.topics, row, strict=True):
            where = cell.quote.citation_id if cell.quote else "not stated"
            lines.append(f"{entry.id}, {topic.name}: {where}")
    return inert("\n".join(lines))
