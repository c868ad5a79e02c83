"""What `ask --since` prints: whether the answer changed, and what became of each quote."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import QuestionChange, Status, Verdict
from ui.text.citation_text import resolution_text
from ui.text.inert import inert
from ui.text.terminal import indented

_SAID = {
    Verdict.ANSWERED: "answered",
    Verdict.CONFLICTING: "contradicted itself on this",
    Verdict.NOT_STATED: "did not state this",
    Verdict.OUT_OF_SCOPE: "had nothing to do with this",
}


def since_text(changes: Sequence[QuestionChange], since: str, colour: bool = False) -> str:
    """Paragraphs about each policy that has another version now."""
    if not changes:
        return (
            f"None of the policies of which the index holds a version from {inert(since)} has "
            "changed since."
        )
    return "\n\n".join(_change_text(change, colour) for change in changes)


def _change_text(change: QuestionChange, colour: bool) -> str:
    before, now = change.before, change.now
    head = f"{before.policy_id}: {before.version} of {before.date} -> {now.version} of {now.date}"
    parts = [inert(head)]
    if change.same:
        parts.append("Nothing has changed for this question.")
    if change.old.verdict is not change.new.verdict:
        parts.append(
            f"The older version {_SAID[change.old.verdict]}, the newer {_SAID[change.new.verdict]}."
        )
    parts += [
        resolution_text(resolution, colour)
        for resolution in change.resolutions
        if resolution.status in {Status.CHANGED, Status.GONE}
    ]
    for quote in change.added:
        parts.append(f"new: {inert(quote.citation_id)}\n" + indented(f"“{quote.exact}”"))
    for resolution in change.resolutions:
        if resolution.status in {Status.INTACT, Status.MOVED}:
            where = inert(resolution.current or "")
            parts.append(f"said in both: {where}\n" + indented(f"“{resolution.quote.exact}”"))
    return "\n\n".join(parts)
