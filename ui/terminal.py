"""Values -> text for a terminal. What policies say is shown inert: control characters are named."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from assistant import (
    AddResult,
    AddStatus,
    Answer,
    Assistant,
    Clause,
    Coverage,
    Hit,
    PolicyEntry,
    Quote,
    Resolution,
    StanceRow,
    Status,
    UnknownPolicyError,
    Verdict,
)
from ui.opening import opening

_WIDTH = 88
# Terminal escapes, and the marks that reorder text (bidirectional controls).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NEAREST = 3
_OPENING = 300  # characters of a clause that is listed
_SAID = {
    Status.INTACT: "The newest version says this in the same place.",
    Status.MOVED: "The newest version says this in another place.",
    Status.CHANGED: "The newest version words this differently; the nearest passage is:",
    Status.GONE: "The newest version has no passage that corresponds.",
}


def inert(text: str) -> str:
    """`text` with every control character but newline and tab written as `[U+XXXX]`."""
    return _UNSAFE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def answer_text(answer: Answer, assistant: Assistant) -> str:
    """An answer with its quotes, or with what was searched and the nearest clauses."""
    entries = {entry.id: entry for entry in assistant.policies()}
    parts = [_wrapped(answer.text)]
    for number, quote in enumerate(answer.quotes, start=1):
        clause = assistant.policy_clause(quote)
        entry = entries.get(quote.policy_id)
        parts.append(_quote_text(number, quote, clause, entry))
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


def _quote_text(number: int, quote: Quote, clause: Clause | None, entry: PolicyEntry | None) -> str:
    head = f"[{number}] {place(entry.provider if entry else quote.policy_id, clause)}"
    body = textwrap.indent(_wrapped(f"“{quote.exact}”", 4), "    ")
    return inert(f"{head}\n{body}\n    {quote.citation_id}")


def _hit_text(hit: Hit, assistant: Assistant, entries: dict[str, PolicyEntry]) -> str:
    clause = hit.clause
    try:
        policy = assistant.policy(clause.policy_id, clause.version)
    except UnknownPolicyError:
        return inert(f"{hit.rank:>3}. {clause.policy_id} (removed since)")
    text = policy.text[clause.start : clause.end]
    entry = entries.get(clause.policy_id)
    provider = entry.provider if entry else clause.policy_id
    body = textwrap.indent(_wrapped(opening(text, _OPENING), 4), "    ")
    return inert(f"{hit.rank:>3}. {place(provider, clause)}\n{body}")


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


def resolution_text(resolution: Resolution) -> str:
    """What `cite` says of a citation."""
    quote, clause = resolution.quote, resolution.clause
    parts = [
        f"{resolution.status}: {quote.citation_id}",
        textwrap.indent(_wrapped(f"“{quote.exact}”", 4), "    "),
        _SAID[resolution.status],
    ]
    if resolution.status is Status.MOVED:
        parts.append(f"    {resolution.current}")
    if resolution.status is Status.CHANGED and clause is not None:
        passage = resolution.policy.text[clause.start : clause.end]
        parts.append(textwrap.indent(_wrapped(passage, 4), "    "))
    return inert("\n".join(parts))


def stances_text(rows: Sequence[StanceRow]) -> str:
    """What `compare` lists: the stance of each policy, and the quote that shows it."""
    if not rows:
        return "No policies yet: 'policy-assistant add FILE...' adds some."
    parts = []
    for row in rows:
        part = f"{row.provider} ({row.policy_id}): {row.stance}"
        if row.quote:
            part += "\n" + textwrap.indent(_wrapped(f"“{row.quote.exact}”", 4), "    ")
            part += f"\n    {row.quote.citation_id}"
        parts.append(inert(part))
    return "\n\n".join(parts)


def coverage_text(coverage: Coverage) -> str:
    """The grid of `coverage`: topics down, policies across, then the citation of each cell."""
    if not coverage.policies:
        return "No policies yet: 'policy-assistant add FILE...' adds some."
    width = max(len(topic.name) for topic in coverage.topics)
    numbers = [f"({number})" for number, _ in enumerate(coverage.policies, start=1)]
    lines = [
        f"{number} {entry.provider} ({entry.id})"
        for number, entry in zip(numbers, coverage.policies, strict=True)
    ]
    lines += ["", " " * width + "  " + " ".join(f"{number:^5}" for number in numbers)]
    for at, topic in enumerate(coverage.topics):
        marks = ["yes" if row[at].quote else "-" for row in coverage.cells]
        lines.append(f"{topic.name:<{width}}  " + " ".join(f"{mark:^5}" for mark in marks))
    lines.append("")
    for entry, row in zip(coverage.policies, coverage.cells, strict=True):
        for topic, cell in zip(coverage.topics, row, strict=True):
            where = cell.quote.citation_id if cell.quote else "not stated"
            lines.append(f"{entry.id}, {topic.name}: {where}")
    return inert("\n".join(lines))


def added_text(result: AddResult) -> str:
    """One line for one file that `add` was given."""
    if result.status is AddStatus.REJECTED:
        return inert(f"rejected   {result.reason}")
    what = f"{result.policy_id}@{result.version}, {result.clauses} clauses"
    return inert(f"{result.status:<10} {result.path}: {what}")


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


def _wrapped(text: str, indent: int = 0) -> str:
    return "\n".join(
        textwrap.fill(inert(line), _WIDTH - indent) if line.strip() else ""
        for line in text.splitlines()
    )
