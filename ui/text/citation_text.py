"""What `cite` prints."""

from __future__ import annotations

from assistant import Resolution, Status
from ui.text.diff_text import lines_of, words_text
from ui.text.inert import inert
from ui.text.terminal import indented

SAID = {
    Status.INTACT: "The newest version says this in the same place",
    Status.MOVED: "The newest version says this in another place",
    Status.CHANGED: "The newest version words this differently; the nearest passage",
    Status.GONE: "The newest version has no passage that corresponds",
}
"""What a status means; a full stop follows, or a colon and the passage."""


def resolution_text(resolution: Resolution, colour: bool = False) -> str:
    """The status, the quote, and what the newest version says in its place."""
    quote = resolution.quote
    parts = [
        inert(f"{resolution.status}: {quote.citation_id}"),
        indented(f"“{quote.exact}”"),
    ]
    if not resolution.held:
        parts.append(
            "The index does not hold the version cited: the quote was looked for by its words."
        )
    said = SAID[resolution.status]
    if resolution.status in {Status.CHANGED, Status.GONE}:
        said += f" (alignment {resolution.score:.2f} of 1)"
    said += ":" if resolution.status in {Status.MOVED, Status.CHANGED} else "."
    parts.append(said)
    if resolution.status is Status.MOVED:
        parts.append(inert(f"    {resolution.current}"))
    if resolution.under:
        then, now = (heading or "no heading" for heading in resolution.under)
        parts.append(f"It stood under “{inert(then)}”, and now stands under “{inert(now)}”.")
    if resolution.others:
        parts.append("It says the same in:")
        parts.extend(inert(f"    {citation_id}") for citation_id in resolution.others)
    if resolution.nearest is not None:
        shown = words_text(resolution.differences, colour)
        parts.extend(f"    {line}" for line in lines_of(shown))
        parts.append(inert(f"    {resolution.nearest.citation_id}"))
    return "\n".join(parts)
