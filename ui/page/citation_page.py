"""A citation by its address (`/?cite=...`): what became of it, and its quote in its policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import Status
from ui.page import cards
from ui.page import conversation as page
from ui.page.safe_text import visible
from ui.page.sources import Sources
from ui.text.citation_text import SAID

if TYPE_CHECKING:
    from assistant import Assistant


def shown_citation(assistant: Assistant, citation: str) -> tuple[str, str]:
    """What stands in the conversation's place, and the evidence beside it, as HTML.

    Raises CitationError for what is no citation id, or cites a text that the index does not hold.
    """
    found = assistant.lookup(citation)
    ending = "." if found.nearest is None else ":"
    told = f"<p>{SAID[found.status]}{ending}</p>"
    if found.current and found.status is Status.MOVED:
        told += f"<p><code>{visible(found.current)}</code></p>"
    if found.under:
        then, now = (visible(each or "no heading") for each in found.under)
        told += f"<p>It stood under “{then}”, and stands under “{now}” now.</p>"
    if found.nearest:
        told += (
            f'<blockquote dir="auto">{visible(found.nearest.exact)}</blockquote>'
            f"<p><code>{visible(found.nearest.citation_id)}</code></p>"
        )
    quotes = [found.quote]
    sources = Sources.of(assistant).of_quotes(quotes)
    body = (
        f'<p class="pa-verdict"><strong>{found.status.capitalize()}</strong></p>'
        f'<blockquote dir="auto">{visible(found.quote.exact)}</blockquote>{told}'
    )
    title = f"Citation {found.quote.citation_id}"
    beside = cards.quote_cards(1, quotes, sources)
    return (
        page.turn(1, title, body),
        cards.evidence(1, title, beside, nearest=False, current=True),
    )
