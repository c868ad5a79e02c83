"""Answers: sentences with numbered markers, quotes, what was not found, the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import Verdict
from ui.text.clause_opening import opening
from ui.text.counted import counted
from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import Answer, Quote, Receipt, Sentence
    from ui.page.placed_clauses import PlacedClause

_OPENING = 180  # characters of a nearest clause shown in the answer


@dataclass(frozen=True, slots=True)
class _CitingSentence:
    """A sentence with the numbers of the quotes that it cites."""

    text: str
    quotes: Sequence[int]


@dataclass(frozen=True, slots=True)
class _BareQuote:
    """A quote that no sentence cites, with its number and the name of its policy."""

    number: int
    text: str
    policy: str


@dataclass(frozen=True, slots=True)
class _NearestClause:
    policy: str
    place: str
    opening: str


@dataclass(frozen=True, slots=True)
class _ReceiptRows:
    """How an answer came to be, by name; `is_open` where a reader need not open it first."""

    rows: Sequence[tuple[str, str]]
    is_open: bool


def passed_sentences(turn: int, sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> Markup:
    """The sentences as one paragraph, each followed by links to the cards of its quotes."""
    return fill("page/answer", "passed", turn=turn, sentences=_citing(sentences, quotes))


def answered(
    turn: int, answer: Answer, names: Mapping[str, str], *, receipt_open: bool = False
) -> Markup:
    """An answer that cites: verdict, sentences, quotes that none of them cites, what was withheld.

    `names` maps the ids of the policies that were searched to what a reader calls them.
    """
    cited = {citation for sentence in answer.sentences for citation in sentence.citations}
    return fill(
        "page/answer",
        "answered",
        turn=turn,
        verdict=answer.verdict,
        detail=_summary(answer, names),
        sentences=_citing(answer.sentences, answer.quotes),
        quotes=[
            _BareQuote(number, quote.exact, names.get(quote.policy_id, quote.policy_id))
            for number, quote in enumerate(answer.quotes, start=1)
            if quote.citation_id not in cited
        ],
        notes=list(_notes(answer, names)),
        withheld=answer.rejected,
        receipt=_receipt(answer.receipt, names, receipt_open),
    )


def unanswered(
    turn: int,
    answer: Answer,
    nearest: Sequence[PlacedClause],
    names: Mapping[str, str],
    *,
    receipt_open: bool = False,
) -> Markup:
    """Why there is no answer, what was searched, the nearest clauses, and what to do next."""
    receipt = _receipt(answer.receipt, names, receipt_open)
    if answer.verdict is Verdict.OUT_OF_SCOPE:
        return fill("page/answer", "out_of_scope", receipt=receipt)
    searched = [names.get(policy_id, policy_id) for policy_id in answer.receipt.policies]
    policies = counted(len(searched), "policy", "policies")
    return fill(
        "page/answer",
        "not_stated",
        turn=turn,
        searched=f"Searched {policies}: {_listed(searched)}.",
        nearest=[
            _NearestClause(clause.name, clause.place, opening(clause.text, _OPENING))
            for clause in nearest
        ],
        withheld=answer.rejected,
        receipt=receipt,
    )


def _citing(sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> list[_CitingSentence]:
    numbers = {quote.citation_id: number for number, quote in enumerate(quotes, start=1)}
    return [
        _CitingSentence(
            sentence.text, [numbers[cited] for cited in sentence.citations if cited in numbers]
        )
        for sentence in sentences
    ]


def _summary(answer: Answer, names: Mapping[str, str]) -> str:
    cited = [names.get(quote.policy_id, quote.policy_id) for quote in answer.quotes]
    quotes = counted(len(answer.quotes), "quote")
    return f"{quotes} from {_listed(cited)} · confidence {answer.confidence:.0%}"


def _notes(answer: Answer, names: Mapping[str, str]) -> Iterator[str]:
    """Where else the quotes stand, nearly word for word, and which policies are silent."""
    repeated = [
        f"[{number}] is repeated in {counted(len(places), 'other place')}."
        for number, quote in enumerate(answer.quotes, start=1)
        if (places := answer.receipt.repeats.get(quote.citation_id))
    ]
    if repeated:
        yield " ".join(repeated)
    if answer.receipt.silent:
        silent = [names.get(policy_id, policy_id) for policy_id in answer.receipt.silent]
        yield f"Nothing on this was found in: {_listed(silent)}."


def _receipt(receipt: Receipt, names: Mapping[str, str], is_open: bool) -> _ReceiptRows:
    """Every version that was searched is named."""
    searched = [
        f"{names.get(policy_id, policy_id)} ({version})"
        for policy_id, version in receipt.policies.items()
    ]
    rows = {
        "Searched for": receipt.query,
        "Searched in": _listed(searched),
        "Written by": receipt.generator or "no language model: quotes only",
        "Checked by": receipt.support or "",
        "Found with": receipt.embedding,
        "Ranked with": receipt.reranker or "",
        "Prompt": receipt.prompt or "",
        "Thresholds": ", ".join(f"{key} {value:g}" for key, value in receipt.thresholds.items()),
        "State of the index": str(receipt.generation),
        "Took": f"{sum(receipt.timings.values()) / 1000:.1f} s",
    }
    return _ReceiptRows([(name, value) for name, value in rows.items() if value], is_open)


def _listed(names: Sequence[str]) -> str:
    """The names as English lists them, each once."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 3:
        return " and ".join(unique)
    return f"{', '.join(unique[:-1])} and {unique[-1]}"
