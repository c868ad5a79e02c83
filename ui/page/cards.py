"""Evidence cards: a quote inside its clause, inside its policy, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ui.page.safe_text import visible

if TYPE_CHECKING:
    from assistant import Clause, Policy, Quote

_AROUND = 4000  # characters of the policy shown on either side of a clause


@dataclass(frozen=True, slots=True)
class Source:
    """A clause, the version of the policy that it stands in, and that policy's provider."""

    provider: str
    policy: Policy
    clause: Clause

    @property
    def name(self) -> str:
        """What a reader calls the policy: its provider, or its title where none is known."""
        return self.provider or self.policy.title

    @property
    def text(self) -> str:
        """The clause, verbatim."""
        return self.policy.text[self.clause.start : self.clause.end]


@dataclass(frozen=True, slots=True)
class Removed:
    """A quoted policy that the index no longer holds; `name` is what it was called."""

    name: str


def evidence(turn: int, question: str, cards: str, *, nearest: bool, current: bool) -> str:
    """The cards of one question; all but those of the current one start out hidden."""
    lead = (
        "These clauses came nearest. They do not answer the question."
        if nearest
        else "Word for word from the policies."
    )
    return (
        f'<section class="pa-evidence" id="turn-{turn}-evidence"'
        f' aria-label="Evidence for question {turn}"{"" if current else " hidden"}>'
        f'<p class="pa-for">{visible(question)}</p>'
        f'<p class="pa-lead">{lead}</p>{cards}</section>'
    )


def quote_cards(turn: int, quotes: Sequence[Quote], sources: Sequence[Source | Removed]) -> str:
    """One card for each quote, numbered from 1; `sources` are in the order of the quotes."""
    return "".join(
        _card(turn, number, source, (quote.start, quote.end), quote.citation_id)
        if isinstance(source, Source)
        else _removed_card(turn, number, source, quote)
        for number, (quote, source) in enumerate(zip(quotes, sources, strict=True), start=1)
    )


def nearest_cards(turn: int, sources: Sequence[Source]) -> str:
    """One card for each clause that was found nearest, with nothing marked."""
    return "".join(
        _card(turn, number, source, None, None) for number, source in enumerate(sources, start=1)
    )


def place(clause: Clause) -> str:
    """Section number, headings and page: `Section 1.2 · Uses › Accounts · page 3`."""
    parts = [
        f"Section {visible(clause.number)}" if clause.number else "",
        " › ".join(visible(heading) for heading in clause.heading_path),
        f"page {clause.page}" if clause.page else "",
    ]
    return " · ".join(part for part in parts if part)


def long_date(iso: str) -> str:
    """`2010-07-01` as `1 July 2010`, for readers and for machines."""
    day = date.fromisoformat(iso)
    return f'<time datetime="{iso}">{day.day} {day:%B %Y}</time>'


def _card(
    turn: int, number: int, source: Source, mark: tuple[int, int] | None, citation: str | None
) -> str:
    card = f"turn-{turn}-card-{number}"
    clause, policy = source.clause, source.policy
    start, end = mark or (clause.start, clause.start)
    clause_start, clause_end = min(clause.start, start), max(clause.end, end)
    marked = _marked(policy.text, clause_start, clause_end, start, end)
    dated = policy.effective_date
    about = [
        visible(policy.title) if source.provider else "",
        f"in effect from {long_date(dated)}" if dated else "undated",
        f"version {visible(policy.version)}",
    ]
    return (
        f"{_head(card, 'Quote' if mark else 'Clause', number, source.name)}"
        f'<p class="pa-about">{" · ".join(filter(None, about))}</p>'
        f'<p class="pa-place">{place(clause)}</p></div></header>'
        f"{_in_policy(turn, number, source, clause_start, clause_end, marked)}"
        f'<blockquote dir="auto">{marked}</blockquote>'
        f"{_citation(citation) if citation else ''}</article>"
    )


def _removed_card(turn: int, number: int, source: Removed, quote: Quote) -> str:
    """The quote as it was kept with the answer, and a few words on either side."""
    return (
        f"{_head(f'turn-{turn}-card-{number}', 'Quote', number, source.name)}"
        f'<p class="pa-about">version {visible(quote.version)}</p>'
        '<p class="pa-place">This policy has since been removed from the index. The quote is shown'
        " as it was kept with the answer.</p></div></header>"
        f'<blockquote dir="auto">… {visible(quote.prefix)}<mark>{visible(quote.exact)}</mark>'
        f"{visible(quote.suffix)} …</blockquote>{_citation(quote.citation_id)}</article>"
    )


def _head(card: str, kind: str, number: int, name: str) -> str:
    """The beginning of a card, up to the lines below its name."""
    return (
        f'<article class="pa-card" id="{card}" tabindex="-1" aria-labelledby="{card}-name">'
        f'<header><span class="pa-number" aria-hidden="true">{number}</span><div>'
        f'<h3 id="{card}-name"><span class="pa-unseen">{kind} {number}: </span>'
        f"<bdi>{visible(name)}</bdi></h3>"
    )


def _marked(text: str, start: int, end: int, mark_start: int, mark_end: int) -> str:
    marked = visible(text[mark_start:mark_end])
    return (
        visible(text[start:mark_start])
        + (f"<mark>{marked}</mark>" if marked else "")
        + visible(text[mark_end:end])
    )


def _in_policy(turn: int, number: int, source: Source, start: int, end: int, marked: str) -> str:
    """The policy's own text around the clause, which the page scrolls to the quote.

    Of the cards of one question only one is open at a time; at first, the first.
    """
    text = source.policy.text
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = f"<i>{first:,} characters before</i>\n" if first else ""
    after = f"\n<i>{len(text) - last:,} characters after</i>" if last < len(text) else ""
    return (
        f'<details class="pa-context" name="turn-{turn}-context"{" open" if number == 1 else ""}>'
        '<summary><span class="pa-if-closed">Read it in the policy</span>'
        '<span class="pa-if-open">Show the clause alone</span></summary>'
        f'<div class="pa-text" dir="auto" tabindex="0" role="region" aria-label="'
        f'{visible(source.policy.title)}, around card {number}">'
        f"{before}{visible(text[first:start])}"
        f'<span class="pa-clause">{marked}</span>'
        f"{visible(text[end:last])}{after}</div></details>"
    )


def _citation(citation: str) -> str:
    shown = visible(citation)
    return (
        f'<footer><code>{shown}</code><button type="button" class="pa-copy" data-copy="{shown}"'
        f' aria-label="Copy the citation {shown}">Copy</button></footer>'
    )
