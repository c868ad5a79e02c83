"""A citation opened by its address (`/?cite=...`): what became of it, and its quote in context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import Status
from ui.page.html import cards, turn
from ui.page.placed_clauses import PlacedClauses
from ui.text.citation_text import SAID
from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import Assistant


def shown_citation(assistant: Assistant, citation: str) -> tuple[Markup, Markup]:
    """What stands in the conversation's place, and the evidence beside it.

    Raises CitationError for what is not a citation id, or cites a text that the index does not
    hold.
    """
    resolution = assistant.lookup(citation)
    ending = "." if resolution.nearest is None else ":"
    moved = resolution.status is Status.MOVED
    body = fill(
        "page/citation",
        "citation",
        resolution=resolution,
        said=f"{SAID[resolution.status]}{ending}",
        moved_to=resolution.current if moved else None,
    )
    title = f"Citation {resolution.quote.citation_id}"
    quotes = [resolution.quote]
    quoted = cards.quote_cards(1, quotes, PlacedClauses.of(assistant).of_quotes(quotes))
    return (
        turn.turn(1, title, body),
        cards.evidence(1, title, quoted, nearest=False, current=True),
    )
