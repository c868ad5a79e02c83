"""Citation id -> what became of the cited words."""

from __future__ import annotations

from rapidfuzz import fuzz

from assistant.citations import Citation, format_citation, parse_citation
from assistant.types import Quote, Resolution, Status
from index.errors import CitationError, UnknownPolicyError
from index.snapshot import Snapshot
from index.types import Policy

_SAME_PASSAGE = 60.0  # of 100 in rapidfuzz's partial ratio: what still corresponds to the quote


def resolve(snapshot: Snapshot, citation_id: str) -> Resolution:
    """Looks a citation up in the version it cites and in the newest one.

    `intact`: the newest version says the same in the same place; `moved`: it says the same
    elsewhere; `changed`: a passage of it corresponds; `gone`: none does. Raises CitationError
    for what is no citation id, or cites a text that the index does not hold.
    """
    citation = parse_citation(citation_id)
    try:
        cited = snapshot.policy(citation.policy_id, citation.version)
        newest = snapshot.policy(citation.policy_id)
    except UnknownPolicyError as error:
        raise CitationError(f"cannot resolve {citation_id!r}: {error}") from error
    if citation.end > len(cited.text):
        raise CitationError(
            f"cannot resolve {citation_id!r}: that version of {cited.id!r} ends at "
            f"{len(cited.text)}. Was the id copied whole?"
        )
    clause = snapshot.clause_at(cited.id, cited.version, citation.start, citation.end)
    quote = Quote.of(cited, clause.id if clause else "", citation.start, citation.end)
    if newest.version == cited.version:
        return Resolution(Status.INTACT, quote, newest, clause, quote.citation_id)
    return _in_newest(snapshot, quote, newest, citation)


def _in_newest(snapshot: Snapshot, quote: Quote, newest: Policy, citation: Citation) -> Resolution:
    starts = _occurrences(newest.text, quote.exact)
    if citation.start in starts:
        return _found(snapshot, Status.INTACT, quote, newest, citation.start)
    if starts:
        best = max(starts, key=lambda start: (_agreement(quote, newest.text, start), -start))
        return _found(snapshot, Status.MOVED, quote, newest, best)
    nearest = fuzz.partial_ratio_alignment(quote.exact, newest.text, score_cutoff=_SAME_PASSAGE)
    if nearest is not None and nearest.dest_end > nearest.dest_start:
        clause = snapshot.clause_at(newest.id, newest.version, nearest.dest_start, nearest.dest_end)
        return Resolution(Status.CHANGED, quote, newest, clause)
    cited = snapshot.policy(citation.policy_id, citation.version)
    old = snapshot.clause_at(cited.id, cited.version, citation.start, citation.end)
    return Resolution(Status.GONE, quote, cited, old)


def _found(
    snapshot: Snapshot, status: Status, quote: Quote, newest: Policy, start: int
) -> Resolution:
    end = start + len(quote.exact)
    clause = snapshot.clause_at(newest.id, newest.version, start, end)
    current = format_citation(newest.id, newest.version, start, end)
    return Resolution(status, quote, newest, clause, current)


def _occurrences(text: str, exact: str) -> list[int]:
    starts, at = [], text.find(exact)
    while at >= 0:
        starts.append(at)
        at = text.find(exact, at + 1)
    return starts


def _agreement(quote: Quote, text: str, start: int) -> float:
    """How alike the surroundings of an occurrence are to those of the quote, 0 to 200."""
    end = start + len(quote.exact)
    before = text[max(0, start - len(quote.prefix)) : start]
    after = text[end : end + len(quote.suffix)]
    return fuzz.ratio(quote.prefix, before) + fuzz.ratio(quote.suffix, after)
