"""Citation id or exported quote -> what became of the cited words.

    intact    the newest version says the same words at the same offsets
    moved     it says them elsewhere
    changed   a passage of it corresponds, by the alignment score of `assistant.citations.alignment`
    gone      none does

The same words are the same characters in a sentence that is otherwise the same (see
`assistant.citations.surroundings`): "We share it" is not found in "We never share it", nor an item
in a list whose lead-in now denies it. Of several such places, the one whose surroundings are most
similar to those of the quote is taken, then the one nearest to the cited offset, then the first;
the others are named too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.citations.alignment import CORRESPONDS, passages, stems
from assistant.citations.segments import Segment, overlapping, segments_of
from assistant.citations.surroundings import Surroundings, agreement, occurrences, standing_under
from assistant.errors import CitationError
from assistant.values.answer import Quote, Resolution, Status
from assistant.values.citation_id import format_citation, parse_citation
from assistant.values.exported_quote import ExportedQuote
from assistant.values.word_diff import word_diff
from index.errors import UnknownPolicyError
from index.store.snapshot import Snapshot
from index.text.sentences import sentence_spans
from index.types import Clause, Policy


@dataclass(frozen=True, slots=True)
class _Cited:
    """A quote with what is known of where it stood.

    `passage` holds the sentences that it is part of, or as much of them as is known; `sentences` is
    their number. `policy` and `clause` are None where the version's text is not held.
    """

    quote: Quote
    surroundings: Surroundings
    passage: str
    sentences: int
    policy: Policy | None = None
    clause: Clause | None = None


def resolve(snapshot: Snapshot, citation_id: str) -> Resolution:
    """Looks a citation up in the version it cites and in the newest one.

    Raises CitationError for what is not a citation id, or cites a text that the index does not
    hold.
    """
    citation = parse_citation(citation_id)
    try:
        policy = snapshot.policy(citation.policy_id, citation.version)
    except UnknownPolicyError as error:
        raise CitationError(
            f"cannot resolve {citation_id[:200]!r}: {error}. An exported answer or quote "
            "('ask --json') can be looked up without that version: "
            "'policy-assistant cite FILE.json'"
        ) from error
    if citation.end > len(policy.text):
        raise CitationError(
            f"cannot resolve {citation_id!r}: that version of {policy.id!r} ends at "
            f"{len(policy.text)}. Was the id copied whole?"
        )
    newest = snapshot.policy(policy.id)
    return _of_held(snapshot, policy, citation.start, citation.end, newest)


def resolve_exported(snapshot: Snapshot, quote: ExportedQuote) -> Resolution:
    """Looks an exported quote up in the newest version of the policy that it cites.

    What stood around the quote is read from the cited version where the index holds its text, under
    whatever id; otherwise from the quote's prefix and suffix. Where no policy has the cited id, the
    one that holds the text under another id is searched.

    Raises CitationError where the index holds neither, or the version says something else there.
    """
    try:
        policy = snapshot.policy(quote.policy_id, quote.version)
    except UnknownPolicyError:
        holder = snapshot.holder(quote.version)
        if holder is None:
            return _by_words(snapshot, quote)
        policy = snapshot.policy(holder, quote.version)
    if policy.text[quote.start : quote.end] != quote.exact:
        raise CitationError(
            f"the words quoted do not stand at {quote.citation_id}: was the file edited?"
        )
    try:
        newest = snapshot.policy(quote.policy_id)
    except UnknownPolicyError:
        newest = snapshot.policy(policy.id)
    return _of_held(snapshot, policy, quote.start, quote.end, newest)


def _of_held(
    snapshot: Snapshot, policy: Policy, start: int, end: int, newest: Policy
) -> Resolution:
    clause = snapshot.clause_at(policy.id, policy.version, start, end)
    quote = Quote.of(policy, clause.id if clause else "", start, end)
    if newest.id != policy.id:
        cited_id = format_citation(newest.id, policy.version, start, end)
        quote = replace(quote, policy_id=newest.id, citation_id=cited_id)
    if newest.version == policy.version:
        return Resolution(Status.INTACT, quote, newest, clause, quote.citation_id, 1.0)
    segments = _segments(snapshot, policy)
    inside = overlapping(segments, start, end)
    passage = quote.exact
    if inside:
        passage = policy.text[min(start, inside[0].start) : max(end, inside[-1].end)]
    surroundings = Surroundings.of(policy.text, segments, start, end)
    cited = _Cited(quote, surroundings, passage, len(inside), policy, clause)
    return _in_newest(snapshot, cited, newest)


def _by_words(snapshot: Snapshot, exported: ExportedQuote) -> Resolution:
    quote = Quote(
        citation_id=exported.citation_id,
        policy_id=exported.policy_id,
        version=exported.version,
        clause_id="",
        start=exported.start,
        end=exported.end,
        exact=exported.exact,
        prefix=exported.prefix,
        suffix=exported.suffix,
    )
    surroundings = Surroundings.of_quote(quote)
    cited = _Cited(quote, surroundings, exported.exact, len(sentence_spans(exported.exact)))
    try:
        newest = snapshot.policy(quote.policy_id)
    except UnknownPolicyError as error:
        raise CitationError(
            f"cannot resolve {quote.citation_id!r}: {error}. Add the policy as it is today, with "
            "a file name that gives it that id"
        ) from error
    return _in_newest(snapshot, cited, newest)


def _in_newest(snapshot: Snapshot, cited: _Cited, newest: Policy) -> Resolution:
    quote, held = cited.quote, cited.policy is not None
    segments = _segments(snapshot, newest)
    length = len(quote.exact)
    starts = [
        start
        for start in occurrences(newest.text, quote.exact)
        if cited.surroundings.like(Surroundings.of(newest.text, segments, start, start + length))
    ]
    if starts:
        best = max(
            starts,
            key=lambda start: (
                start == quote.start,
                agreement(quote, newest.text, start),
                -abs(start - quote.start),
                -start,
            ),
        )
        ids = {
            start: format_citation(newest.id, newest.version, start, start + length)
            for start in starts
        }
        clause = snapshot.clause_at(newest.id, newest.version, best, best + length)
        return Resolution(
            Status.INTACT if best == quote.start else Status.MOVED,
            quote,
            newest,
            clause,
            ids.pop(best),
            1.0,
            held=held,
            others=tuple(ids.values()),
            under=_under(cited, newest, clause, best),
        )
    return _nearest(cited, newest, segments)


def _under(
    cited: _Cited, newest: Policy, clause: Clause | None, start: int
) -> tuple[str, str] | None:
    if cited.policy is None:
        return None
    then = standing_under(cited.policy.text, cited.clause, cited.quote.start)
    now = standing_under(newest.text, clause, start)
    return None if then == now else (then, now)


def _nearest(cited: _Cited, newest: Policy, segments: tuple[Segment, ...]) -> Resolution:
    held = cited.policy is not None
    words = stems(cited.passage, newest.media_type)
    nearest = passages(newest, segments).nearest(words, cited.sentences)
    if nearest is None or nearest.score < CORRESPONDS:
        score = nearest.score if nearest else 0.0
        return Resolution(
            Status.GONE, cited.quote, cited.policy or newest, cited.clause, score=score, held=held
        )
    first, last = segments[nearest.first], segments[nearest.last]
    passage = Quote.of(newest, first.clause.id, first.start, last.end)
    return Resolution(
        Status.CHANGED,
        cited.quote,
        newest,
        first.clause,
        score=nearest.score,
        nearest=passage,
        differences=word_diff(cited.passage, passage.exact),
        held=held,
    )


def _segments(snapshot: Snapshot, policy: Policy) -> tuple[Segment, ...]:
    return segments_of(policy.text, snapshot.clauses_of(policy.id, policy.version))
