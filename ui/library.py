"""The policies beside the conversation: their list, what an upload did, first questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cards import long_date
from ui.escaping import visible

if TYPE_CHECKING:
    from assistant import AddResult, PolicyEntry

_QUESTIONS = (  # what a heading speaks of, and a question that such a section answers
    (("collect", "registration"), "What personal information does {name} collect?"),
    (("third part", "shar", "disclos"), "Does {name} share personal information with others?"),
    (("cookie",), "How does {name} use cookies?"),
    (("secur", "safeguard"), "How does {name} protect personal information?"),
    (("delet", "retention", "retain", "destr"), "How long does {name} keep personal information?"),
    (("access", "correct", "updat"), "How can I see or correct what {name} holds about me?"),
    (("child", "minor"), "What does {name} say about children?"),
    (("leave", "holiday", "vacation"), "How much leave does {name} grant?"),
    (("password", "device", "acceptable use"), "What does {name} say about passwords and devices?"),
    (("terminat", "cancel", "refund"), "What happens when I cancel with {name}?"),
)


def name_of(entry: PolicyEntry) -> str:
    """What a reader calls the policy: its provider, or its title where none is known."""
    return entry.provider or entry.title


def choice(entry: PolicyEntry) -> str:
    """The policy in a menu: provider and title."""
    return f"{entry.provider} – {entry.title}" if entry.provider else entry.title


def policy_list(entries: Sequence[PolicyEntry]) -> str:
    """Every policy with its date and size, and a button that removes it."""
    if not entries:
        return '<p class="pa-none">No policies yet.</p>'
    items = "".join(
        f'<li><div><strong dir="auto">{visible(name_of(entry))}</strong>'
        f'<span dir="auto">{visible(entry.title) if entry.provider else ""}</span>'
        f"<small>{_facts(entry)}</small></div>"
        f'<button type="button" class="pa-remove" data-policy="{visible(entry.id)}"'
        f' aria-label="Remove {visible(choice(entry))}">Remove</button></li>'
        for entry in entries
    )
    return (
        f'<h2 class="pa-heading">In the index: {len(entries)}</h2>'
        f'<ul class="pa-policies">{items}</ul>'
    )


def upload_results(results: Sequence[AddResult]) -> str:
    """What became of each file, and why where it was rejected."""
    items = "".join(
        f'<li data-status="{result.status}"><strong>{str(result.status).capitalize()}</strong> '
        f'<span class="pa-file">{visible(Path(result.path).name)}</span>'
        f'<span class="pa-why">{visible(_outcome(result))}</span></li>'
        for result in results
    )
    return f'<ul class="pa-results" role="status">{items}</ul>'


def welcome(entries: Sequence[PolicyEntry]) -> str:
    """What stands where the conversation will be."""
    if not entries:
        return (
            '<section class="pa-welcome"><h2>Add a policy to begin</h2>'
            "<p>Drop a privacy policy, terms of service or a handbook on <b>Add policies</b>: "
            "text, Markdown, HTML, PDF or Word. It is read on this machine and stays here.</p>"
            "<p>Or add a whole folder from a terminal:</p>"
            "<pre><code>policy-assistant add path/to/policies</code></pre></section>"
        )
    held = "the policy" if len(entries) == 1 else f"{len(entries)} policies"
    return (
        f'<section class="pa-welcome"><h2>Ask what {held} say{"s" if len(entries) == 1 else ""}'
        "</h2><p>Every sentence of an answer cites the clause that it rests on, word for word. "
        "What the policies do not say is not made up.</p></section>"
    )


def first_questions(
    entries: Sequence[PolicyEntry], headings: Mapping[str, Iterable[str]], limit: int = 4
) -> list[str]:
    """Up to `limit` questions that sections of these policies deal with, by their headings.

    `headings` maps policy ids to the headings of their clauses. Policies take turns, and no kind
    of question comes twice.
    """
    spoken = {entry.id: " ".join(headings[entry.id]).lower() for entry in entries}
    asked: list[str] = []
    left = list(_QUESTIONS)
    while left and len(asked) < limit:
        before = len(asked)
        for entry in entries:
            fits = (each for each in left if any(word in spoken[entry.id] for word in each[0]))
            if len(asked) < limit and (found := next(fits, None)):
                asked.append(found[1].format(name=name_of(entry)))
                left.remove(found)
        if len(asked) == before:
            break
    return asked


def _facts(entry: PolicyEntry) -> str:
    parts = [
        f"in effect from {long_date(entry.effective_date)}" if entry.effective_date else "",
        f"{entry.clauses} clause{'' if entry.clauses == 1 else 's'}",
        f"{len(entry.versions)} versions" if len(entry.versions) > 1 else "",
    ]
    return " · ".join(part for part in parts if part)


def _outcome(result: AddResult) -> str:
    if result.reason:
        return result.reason
    return f"{result.clauses} clause{'' if result.clauses == 1 else 's'}"
