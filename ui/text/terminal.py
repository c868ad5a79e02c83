"""Values -> text for a terminal. What policies say is shown inert: control characters are named."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant import (
    AddResult,
    AddStatus,
    Answer,
    Assistant,
    Clause,
    Hit,
    PolicyEntry,
    Quote,
    UnknownPolicyError,
    Verdict,
)
from assistant.doors import own_slug, path_of, shown
from ui.text.clause_opening import opening
from ui.text.inert import inert, one_line

if TYPE_CHECKING:
    from ui.history.kept import KeptQuestion  # with all that it imports, which 'list' needs not

_WIDTH = 88
_NEAREST = 3
_OPENING = 300  # characters of a clause that is listed


def answer_for_terminal(answer: Answer, assistant: Assistant) -> str:
    """An answer with its quotes, or with what was searched and the nearest clauses."""
    entries = {entry.id: entry for entry in assistant.policies()}
    parts = [wrapped(answer.text)]
    for number, quote in enumerate(answer.quotes, start=1):
        clause = assistant.policy_clause(quote)
        whose = _whose(assistant, entries.get(quote.policy_id), quote.policy_id, quote.version)
        parts.append(_quote_text(number, quote, clause, whose))
        if again := answer.receipt.repeats.get(quote.citation_id):
            parts[-1] += inert(f"\n    said again in {', '.join(again)}")
    if answer.verdict is Verdict.NOT_STATED and answer.hits:
        parts.append("The nearest clauses:")
        parts.extend(_hit_text(hit, assistant, entries) for hit in answer.hits[:_NEAREST])
        parts.append("Try other words, or add the policy that should say it.")
    if answer.rejected:
        count = len(answer.rejected)
        plural = "s were" if count > 1 else " was"
        parts.append(f"({count} sentence{plural} withheld by the support check.)")
    return "\n\n".join(parts)


def _whose(assistant: Assistant, entry: PolicyEntry | None, policy_id: str, version: str) -> str:
    """The provider, with the date of a version that is not the newest."""
    if entry is None:
        return policy_id
    if entry.version == version:
        return entry.provider
    dates = {each.version: each.date for each in assistant.versions(policy_id)}
    return f"{entry.provider} (version of {dates.get(version, version)})"


def _quote_text(number: int, quote: Quote, clause: Clause | None, whose: str) -> str:
    head = f"[{number}] {place(whose, clause)}"
    body = textwrap.indent(wrapped(f"“{quote.exact}”", 4), "    ")
    return inert(f"{head}\n{body}\n    {quote.citation_id}")


def _hit_text(hit: Hit, assistant: Assistant, entries: dict[str, PolicyEntry]) -> str:
    clause = hit.clause
    try:
        policy = assistant.policy(clause.policy_id, clause.version)
    except UnknownPolicyError:
        return inert(f"{hit.rank:>3}. {clause.policy_id} (removed since)")
    text = policy.text[clause.start : clause.end]
    whose = _whose(assistant, entries.get(clause.policy_id), clause.policy_id, clause.version)
    body = textwrap.indent(wrapped(opening(text, _OPENING), 4), "    ")
    return inert(f"{hit.rank:>3}. {place(whose, clause)}\n{body}")


def place(provider: str, clause: Clause | None) -> str:
    """Where a clause stands: provider, section number, headings, page."""
    parts = [provider]
    if clause is not None:
        headings = " > ".join(clause.heading_path)
        parts.append(" ".join(filter(None, [clause.number, headings])))
        parts.append(f"page {clause.page}" if clause.page else "")
    return ", ".join(filter(None, parts))


def hits_text(hits: Sequence[Hit], assistant: Assistant) -> str:
    """Passages as `search` lists them."""
    entries = {entry.id: entry for entry in assistant.policies()}
    return "\n\n".join(_hit_text(hit, assistant, entries) for hit in hits) or "Nothing found."


def added_text(result: AddResult) -> str:
    """What became of one file that `add` was given.

    One whose name another policy's file has already may be a new version of that one.
    """
    if result.status is AddStatus.REJECTED:
        return one_line(f"rejected   {_named(result)}")
    what = f"{result.policy_id}@{result.version}, {result.clauses} clauses"
    text = one_line(f"{result.status:<10} {result.path}: {what}")
    if result.note:
        text += inert(f"\n           ({result.note})")
    alike, id_ = own_slug(path_of(result.path)), result.policy_id or ""
    numbered = alike and re.fullmatch(rf"{re.escape(alike)}-\d+", id_)
    if result.status is AddStatus.ADDED and numbered:
        text += (
            f"\n           (if it is a new version of {alike}: remove {id_}, and add it with "
            f"--version-of {alike})"
        )
    return text


def _named(result: AddResult) -> str:
    """The reason of a rejection with the whole path: files of many folders have the same name."""
    path, reason = path_of(result.path), result.reason
    named, name = shown(path), repr(path.name)
    if named in reason:
        return reason
    return reason.replace(name, named, 1) if name in reason else f"{named}: {reason}"


def listed_text(entries: Sequence[PolicyEntry]) -> str:
    """The policies, a line each."""
    if not entries:
        return "No policies yet: 'policy-assistant add FILE...' adds some."
    width = max(len(entry.id) for entry in entries)
    return inert(
        "\n".join(
            f"{entry.id:<{width}}  {entry.version}  {entry.effective_date or 'no date':<10}  "
            f"{entry.clauses:>4} clauses  {entry.title}"
            for entry in entries
        )
    )


def feedback_text(judged: Sequence[KeptQuestion]) -> str:
    """What readers said of answers: a judgement and a question each, and the note below it."""
    if not judged:
        return "No feedback yet: it is given below answers, in 'policy-assistant chat'."
    parts = []
    for kept in judged:
        assert kept.feedback is not None
        line = f"{kept.feedback.judgement:<10}  {kept.asked_at:%Y-%m-%d}  {kept.question}"
        note = textwrap.indent(wrapped(kept.feedback.note, 24), " " * 24)
        parts.append("\n".join(filter(None, [inert(line), note])))
    return "\n".join(parts)


def wrapped(text: str, indent: int = 0) -> str:
    """The text inert, in lines that leave room for an indentation."""
    return "\n".join(
        textwrap.fill(inert(line), _WIDTH - indent) if line.strip() else ""
        for line in text.splitlines()
    )


def indented(text: str) -> str:
    """The text inert, in lines indented by four."""
    return textwrap.indent(wrapped(text, 4), "    ")
