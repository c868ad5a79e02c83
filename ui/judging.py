"""What stands below a complete answer: its address, and what the reader says of it."""

from __future__ import annotations

from ui.escaping import visible
from ui.history import Feedback, Judgement

MOST_NOTE = 2000  # characters of a note
_SAID = {
    Judgement.RIGHT: "Right",
    Judgement.WRONG: "Wrong",
    Judgement.INCOMPLETE: "Incomplete",
}


def judging(answer: str, given: Feedback | None) -> str:
    """Three buttons, a note once one is pressed, and a button that copies the answer's address."""
    buttons = "".join(
        f'<button type="button" class="pa-judge" data-judgement="{judgement}" aria-pressed="'
        f'{"true" if given and given.judgement is judgement else "false"}">{name}</button>'
        for judgement, name in _SAID.items()
    )
    return (
        f'<footer class="pa-after" data-answer="{visible(answer)}">'
        '<div class="pa-judging" role="group" aria-label="Is this answer right?">'
        f"<span>Is this right?</span>{buttons}</div>"
        '<button type="button" class="pa-share">Copy link</button>'
        f"{_note(answer, given) if given else ''}</footer>"
    )


def _note(answer: str, given: Feedback) -> str:
    field = f"note-{visible(answer)}"
    kept = "Kept, with your note." if given.note else "Kept."
    asked = (
        "Anything to add? (optional)"
        if given.judgement is Judgement.RIGHT
        else "What is wrong or missing? The policy’s own words, pasted here in quotation marks,"
        " make it a test question."
    )
    return (
        f'<div class="pa-noting"><label for="{field}">{asked}</label>'
        f'<textarea id="{field}" rows="2" maxlength="{MOST_NOTE}" dir="auto">'
        f"{visible(given.note)}</textarea>"
        '<button type="button" class="pa-keep-note">Keep note</button>'
        f'<span role="status">{kept} It stays in the index folder on this machine.</span></div>'
    )
