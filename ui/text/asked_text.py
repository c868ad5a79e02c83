"""What `ask` and `search` print."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from assistant import (
    Answer,
    Assistant,
    Clause,
    Hit,
    PolicyEntry,
    Quote,
    UnknownPolicyError,
    Verdict,
)
from ui.text.clause_label import opening, place
from ui.text.counted import counted
from ui.text.inert import inert
from ui.text.terminal import wrapped

_NEAREST = 3
_OPENING = 300  # characters of a clause that is listed


def answer_for_terminal(answer: Answer, assistant: Assistant) -> str:
    """An answer with its quotes; where the policies do not say, with the nearest clauses."""
    entries = {entry.id: entry for entry in assistant.policies()}
    parts = [wrapped(answer.text)]
    for number, quote in enumerate(answer.quotes, start=1):
        clause = assistant.policy_clause(quote)
        whose = _whose(assistant, entries.get(quote.policy_id), quote.policy_id, quote.version)
        parts.append(_quote_text(number, quote, clause, whose))
        if repeats := answer.receipt.repeats.get(quote.citation_id):
            parts[-1] += inert(f"\n    said again in {', '.join(repeats)}")
    if answer.verdict is Verdict.NOT_STATED and answer.hits:
        parts.append("The nearest clauses:")
        parts.extend(_hit_text(hit, assistant, entries) for hit in answer.hits[:_NEAREST])
        parts.append("Try other words, or add the policy that should say it.")
    if answer.rejected:
        withheld = counted(len(answer.rejected), "sentence was", "sentences were")
        parts.append(f"({withheld} withheld by the support check.)")
    return "\n\n".join(parts)


def hits_text(hits: Sequence[Hit], assistant: Assistant) -> str:
    """The clauses that a search found, the best first."""
    entries = {entry.id: entry for entry in assistant.policies()}
    return "\n\n".join(_hit_text(hit, assistant, entries) for hit in hits) or "Nothing found."


def _whose(assistant: Assistant, entry: PolicyEntry | None, policy_id: str, version: str) -> str:
    """The provider, with the date of a version that is not the newest."""
    if entry is None:
        return policy_id
    if entry.version == version:
        return entry.provider
    dates = {held.version: held.date for held in assistant.versions(policy_id)}
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
