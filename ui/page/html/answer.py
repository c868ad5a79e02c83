"""Answers: sentences with numbered markers, quotes, what was not found, the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant import Verdict
from ui.text.counted import counted
from ui.text.templates import fill

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant import Answer, Quote, Receipt, Sentence
    from ui.page.placed_clauses import PlacedClause


def passed_sentences(turn: int, sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> Markup:
    """The sentences as one paragraph, each followed by links to the cards of its quotes."""
    return fill("page/answer", "passed", turn=turn, sentences=sentences, numbers=_numbers(quotes))


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
        answer=answer,
        numbers=_numbers(answer.quotes),
        uncited=[quote for quote in answer.quotes if quote.citation_id not in cited],
        names=names,
        detail=_summary(answer, names),
        notes=list(_notes(answer, names)),
        receipt=_receipt_rows(answer.receipt, names),
        receipt_open=receipt_open,
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
    rows = _receipt_rows(answer.receipt, names)
    if answer.verdict is Verdict.OUT_OF_SCOPE:
        return fill("page/answer", "out_of_scope", receipt=rows, receipt_open=receipt_open)
    searched = [names.get(policy_id, policy_id) for policy_id in answer.receipt.policies]
    policies = counted(len(searched), "policy", "policies")
    return fill(
        "page/answer",
        "not_stated",
        turn=turn,
        searched=f"Searched {policies}: {_listed(searched)}.",
        nearest=nearest,
        withheld=answer.rejected,
        receipt=rows,
        receipt_open=receipt_open,
    )


def _numbers(quotes: Sequence[Quote]) -> dict[str, int]:
    """The number of each quote's card, by citation id."""
    return {quote.citation_id: number for number, quote in enumerate(quotes, start=1)}


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


def _receipt_rows(receipt: Receipt, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """How the answer came to be, by name; every version that was searched is named."""
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
    return [(name, value) for name, value in rows.items() if value]


def _listed(names: Sequence[str]) -> str:
    """The names as English lists them, each once."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 3:
        return " and ".join(unique)
    return f"{', '.join(unique[:-1])} and {unique[-1]}"
