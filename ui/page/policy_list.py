"""The policies beside the conversation: their list, what an upload did, first questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.page.cards import long_date
from ui.page.safe_text import visible

if TYPE_CHECKING:
    from assistant import AddResult, PolicyEntry
    from ui.uploads.receive import Step

_MANY = 8  # policies, above which there is a box to find one
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
    """The policy as a button names it: provider and title."""
    return f"{entry.provider} – {entry.title}" if entry.provider else entry.title


def policy_list(entries: Sequence[PolicyEntry], chosen: Collection[str]) -> str:
    """Every policy with its date and size, a box that narrows the search to it, and its removal.

    `chosen` are the ids of those that are searched; none means all.
    """
    if not entries:
        return '<h2 class="pa-heading">Policies</h2><p class="pa-none">No policies yet.</p>'
    items = "".join(_listed(entry, entry.id in chosen) for entry in entries)
    find = (
        '<input type="search" class="pa-find" placeholder="Find a policy"'
        ' aria-label="Find a policy">'
        if len(entries) > _MANY
        else ""
    )
    return (
        f'<h2 class="pa-heading">Policies ({len(entries)})</h2>'
        f'<p class="pa-hint" role="status">{_narrowed(len(chosen), len(entries))}</p>{find}'
        f'<ul class="pa-policies">{items}</ul>'
    )


def progress(step: Step) -> str:
    """How far the reading of files is, for eyes and ears."""
    told = f"{step.doing.capitalize()}: {step.done} of {step.total} {step.unit}s"
    return (
        f'<p class="pa-waiting" role="status">{visible(told)}</p>'
        f'<progress aria-label="{visible(step.doing)}" max="{max(step.total, 1)}"'
        f' value="{step.done}"></progress>'
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


def welcome(entries: Sequence[PolicyEntry], *, samples: bool = False) -> str:
    """What stands where the conversation will be; `samples`: whether some can be loaded."""
    if not entries:
        more = (
            "<p>To try it out first, load the sample policies: five privacy policies, restated in"
            " our own words.</p>"
            if samples
            else ""
        )
        return (
            '<section class="pa-welcome"><h2>Add a policy to begin</h2>'
            "<p>Drop a privacy policy, terms of service or a handbook on <b>Add policies</b>, or "
            "choose files there: text, Markdown, HTML, PDF or Word. They are read on this machine "
            "and stay here.</p>"
            "<p>A whole folder goes in from a terminal:</p>"
            f"<pre><code>policy-assistant add path/to/policies</code></pre>{more}</section>"
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


def _listed(entry: PolicyEntry, chosen: bool) -> str:
    title = f'<span dir="auto">{visible(entry.title)}</span>' if entry.provider else ""
    return (
        '<li><label class="pa-policy"><input type="checkbox" class="pa-only" data-policy="'
        f'{visible(entry.id)}"{" checked" if chosen else ""}><span>'
        f'<strong dir="auto">{visible(name_of(entry))}</strong>{title}'
        f"<small>{_facts(entry)}</small></span></label>"
        f'<button type="button" class="pa-remove" data-policy="{visible(entry.id)}"'
        f' aria-label="Remove {visible(choice(entry))}">Remove</button></li>'
    )


def _narrowed(chosen: int, held: int) -> str:
    if not chosen:
        return "Searching in all. Tick some to search only there."
    return (
        f"Searching in {chosen} of {held}. "
        '<button type="button" class="pa-all">Search in all</button>'
    )


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
    counted = f"{result.clauses} clause{'' if result.clauses == 1 else 's'}"
    return f"{counted}; {result.note}" if result.note else counted
