"""What `add` prints of each file."""

from __future__ import annotations

import re

from assistant import AddResult, AddStatus
from assistant.doors import own_slug, path_of, shown
from ui.text.counted import counted
from ui.text.inert import inert, one_line


def added_text(result: AddResult) -> str:
    """What became of one file.

    Where the file of another policy has the same name, it may be a new version of that policy.
    """
    if result.status is AddStatus.REJECTED:
        return one_line(f"rejected   {_named(result)}")
    what = f"{result.policy_id}@{result.version}, {counted(result.clauses, 'clause')}"
    text = one_line(f"{result.status:<10} {result.path}: {what}")
    if result.note:
        text += inert(f"\n           ({result.note})")
    namesake, policy_id = own_slug(path_of(result.path)), result.policy_id or ""
    is_numbered = namesake and re.fullmatch(rf"{re.escape(namesake)}-\d+", policy_id)
    if result.status is AddStatus.ADDED and is_numbered:
        text += (
            f"\n           (if it is a new version of {namesake}: remove {policy_id}, and add it "
            f"with --version-of {namesake})"
        )
    return text


def _named(result: AddResult) -> str:
    """The reason of a rejection with the whole path: files in several folders may share a name."""
    path, reason = path_of(result.path), result.reason
    whole, name = shown(path), repr(path.name)
    if whole in reason:
        return reason
    return reason.replace(name, whole, 1) if name in reason else f"{whole}: {reason}"
