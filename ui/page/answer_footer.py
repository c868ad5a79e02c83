"""What stands below a complete answer: its address, its files, what the reader says of it."""

from __future__ import annotations

from ui.history.conversations import Feedback, Judgement
from ui.page.safe_text import visible

SAVED_AS = {"markdown": "Markdown", "html": "HTML", "json": "JSON"}
MOST_NOTE = 2000  # characters of a note
_SAID = {
    Judgement.RIGHT: "Right",
    Judgement.WRONG: "Wrong",
    Judgement.INCOMPLETE: "Incomplete",
}


def judging(answer: str, given: Feedback | None) -> str:
    """Three buttons, a note once one is pressed, and how the answer is taken along."""
    buttons = "".join(
        f'<button type="button" class="pa-judge" data-judgement="{judgement}" aria-pressed="'
        f'{"true" if given and given.judgement is judgement else "false"}">{name}</button>'
        for judgement, name in _SAID.items()
    )
    return (
        f'<footer class="pa-after" data-answer="{visible(answer)}">'
        '<div class="pa-judging" role="group" aria-label="Is this answer right?">'
        f"<span>Is this right?</span>{buttons}</div>"
        f"{_taking()}{_note(answer, given) if given else ''}</footer>"
    )


def taking_along(answer: str) -> str:
    """For an answer that is shown by its address, and not to be judged there."""
    return f'<footer class="pa-after" data-answer="{visible(answer)}">{_taking()}</footer>'


def _taking() -> str:
    """Buttons that copy the answer's address and save it in each form."""
    forms = "".join(
        f'<button type="button" class="pa-save" data-form="{form}">{name}</button>'
        for form, name in SAVED_AS.items()
    )
    return (
        '<div class="pa-taking" role="group" aria-label="Take this answer along">'
        '<button type="button" class="pa-share">Copy link</button>'
        f"<span>Save as</span>{forms}</div>"
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
