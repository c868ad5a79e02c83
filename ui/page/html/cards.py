"""Evidence cards: a quote inside its clause, inside its policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.page.placed_clauses import PlacedClause, RemovedPolicy
from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import Quote

_AROUND = 4000  # characters of the policy shown on either side of a clause


@dataclass(frozen=True, slots=True)
class _MarkedText:
    """A clause with the words that are quoted from it; nothing is marked where there are none."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The policy's text around the clause, and how many characters of it are not shown."""

    title: str
    before: str
    after: str
    skipped_before: int
    skipped_after: int


@dataclass(frozen=True, slots=True)
class _Card:
    """`name` is that of the policy; without the text `around` it the policy is not held."""

    name: str
    place: str
    version: str
    text: _MarkedText
    around: _Surroundings | None = None
    title: str = ""
    date: str | None = None
    citation: str = ""


def evidence(turn: int, question: str, cards: Markup, *, nearest: bool, current: bool) -> Markup:
    """The cards of one question; all but those of the current one start out hidden."""
    lead = (
        "These clauses come closest. They do not answer the question."
        if nearest
        else "Word for word from the policies."
    )
    return fill(
        "page/cards",
        "evidence",
        turn=turn,
        question=question,
        lead=lead,
        cards=cards,
        current=current,
    )


def all_evidence(sections: Sequence[Markup], *, is_empty: bool) -> Markup:
    """The evidence of every question; `is_empty` where that of the last one has no card."""
    return fill("page/cards", "all_evidence", sections=sections, is_empty=is_empty)


def quote_cards(
    turn: int, quotes: Sequence[Quote], clauses: Sequence[PlacedClause | RemovedPolicy]
) -> Markup:
    """One card for each quote, numbered from 1; `clauses` are in the order of the quotes."""
    cards = [
        _card(clause, quote) if isinstance(clause, PlacedClause) else _removed_card(clause, quote)
        for quote, clause in zip(quotes, clauses, strict=True)
    ]
    return fill("page/cards", "cards", turn=turn, kind="Quote", cards=cards)


def nearest_cards(turn: int, clauses: Sequence[PlacedClause]) -> Markup:
    """One card for each clause that was found nearest, with nothing marked."""
    cards = [_card(clause, None) for clause in clauses]
    return fill("page/cards", "cards", turn=turn, kind="Clause", cards=cards)


def _card(placed: PlacedClause, quote: Quote | None) -> _Card:
    clause, policy = placed.clause, placed.policy
    mark_start, mark_end = (quote.start, quote.end) if quote else (clause.start, clause.start)
    start, end = min(clause.start, mark_start), max(clause.end, mark_end)
    first, last = max(0, start - _AROUND), min(len(policy.text), end + _AROUND)
    return _Card(
        name=placed.name,
        place=placed.place,
        version=policy.version,
        text=_MarkedText(
            policy.text[start:mark_start],
            policy.text[mark_start:mark_end],
            policy.text[mark_end:end],
        ),
        around=_Surroundings(
            policy.title,
            policy.text[first:start],
            policy.text[end:last],
            first,
            len(policy.text) - last,
        ),
        title=policy.title if placed.provider else "",
        date=policy.effective_date,
        citation=quote.citation_id if quote else "",
    )


def _removed_card(removed: RemovedPolicy, quote: Quote) -> _Card:
    """The quote as it was kept with the answer, and a few words on either side."""
    return _Card(
        name=removed.name,
        place="This policy has since been removed from the index. The quote is shown as it was kept"
        " with the answer.",
        version=quote.version,
        text=_MarkedText(f"… {quote.prefix}", quote.exact, f"{quote.suffix} …"),
        citation=quote.citation_id,
    )
