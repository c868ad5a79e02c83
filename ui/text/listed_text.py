"""What `list` prints: the policies, or all their versions."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import PolicyEntry, PolicyVersion
from ui.text.counted import counted
from ui.text.inert import inert

NO_POLICIES = "No policies yet: 'policy-assistant add FILE...' adds some."


def listed_text(entries: Sequence[PolicyEntry]) -> str:
    """The policies, a line each."""
    if not entries:
        return NO_POLICIES
    width = max(len(entry.id) for entry in entries)
    return inert(
        "\n".join(
            f"{entry.id:<{width}}  {entry.version}  {entry.effective_date or 'no date':<10}  "
            f"{counted(entry.clauses, 'clause'):>12}  {entry.title}"
            for entry in entries
        )
    )


def versions_text(versions: Sequence[PolicyVersion]) -> str:
    """The versions of one policy, a line each, the newest first."""
    return inert(
        "\n".join(
            f"{version.policy_id}@{version.version}  {version.date} (by the {version.dated_by})  "
            f"added {version.added_at[:16].replace('T', ' ')} UTC  "
            f"{counted(version.clauses, 'clause'):>12}{'  newest' if version.newest else ''}"
            for version in versions
        )
    )
