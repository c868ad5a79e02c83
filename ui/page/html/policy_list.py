"""The policies beside the conversation, what an upload did, and the welcome."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.text.counted import counted
from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import AddResult, PolicyEntry
    from ui.uploads.steps import Step

_MANY = 8  # policies, above which there is a box to find one


def policy_list(entries: Sequence[PolicyEntry], chosen: Collection[str]) -> Markup:
    """Every policy with its date and size, a box that narrows the search to it, and its removal.

    `chosen` are the ids of those that are searched; none means all.
    """
    return fill(
        "page/policy_list",
        "policies",
        entries=entries,
        chosen=chosen,
        can_find=len(entries) > _MANY,
    )


def progress(step: Step) -> Markup:
    """How far the reading of files is, for eyes and ears."""
    return fill("page/policy_list", "progress", step=step)


def upload_results(results: Sequence[AddResult]) -> Markup:
    """What became of each file, and why where it was rejected."""
    return fill(
        "page/policy_list",
        "upload_results",
        results=[(result.status, Path(result.path).name, _outcome(result)) for result in results],
    )


def welcome(number: int, *, samples: bool = False) -> Markup:
    """What stands where the conversation will be, for so many policies.

    `samples` tells whether sample policies can be loaded where there are none.
    """
    if number == 0:
        return fill("page/policy_list", "invitation", samples=samples)
    return fill("page/policy_list", "welcome", number=number)


def _outcome(result: AddResult) -> str:
    if result.reason:
        return result.reason
    clauses = counted(result.clauses, "clause")
    return f"{clauses}; {result.note}" if result.note else clauses
