"""The conversation as HTML: questions, answers with numbered markers, and what was not found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant import Verdict
from ui.page.cards import Source, place
from ui.page.safe_text import visible
from ui.text.clause_opening import opening

if TYPE_CHECKING:
    from assistant import Answer, Quote, Receipt, Rejected, Sentence

_OPENING = 180  # characters of a nearest clause shown in the answer

_LEADS = {
    Verdict.ANSWERED: "Answered from the policies",
    Verdict.CONFLICTING: "The policy contradicts itself",
    Verdict.NOT_STATED: "The policies do not say",
    Verdict.OUT_OF_SCOPE: "Not a question about these policies",
}


def conversation(turns: Sequence[str], id_: str) -> str:
    """All turns, oldest first, as a log that screen readers follow; the page remembers the id."""
    return (
        f'<div role="log" aria-live="polite" aria-label="Conversation" data-conversation="'
        f'{visible(id_)}">{"".join(turns)}</div>'
    )


def kept_answer(turn: str, asked: str) -> str:
    """An answer that was opened by its address, `asked` then, with its receipt open."""
    opened = turn.replace('<details class="pa-receipt">', '<details class="pa-receipt" open>')
    return (
        f'<p class="pa-note">This answer was kept as it was on {visible(asked)}. '
        f"A new question begins a new conversation.</p>{opened}"
    )


def turn(number: int, question: str, body: str) -> str:
    """A question and what is shown below it."""
    return (
        f'<article class="pa-turn" id="turn-{number}" aria-labelledby="turn-{number}-question">'
        f'<h2 class="pa-question" id="turn-{number}-question" dir="auto">{visible(question)}</h2>'
        f'<div class="pa-answer">{body}</div></article>'
    )


def waiting(text: str) -> str:
    """What is going on now."""
    return f'<p class="pa-waiting" role="status">{visible(text)}</p>'


def note(text: str, *, error: bool = False) -> str:
    """Something to know that is no answer; an error is announced at once."""
    kind = 'class="pa-note pa-error" role="alert"' if error else 'class="pa-note"'
    return f"<p {kind}>{visible(text)}</p>"


def sentences(turn_number: int, passed: Sequence[Sentence], quotes: Sequence[Quote]) -> str:
    """The sentences as one paragraph, each followed by links to the cards of its quotes."""
    if not passed:
        return ""
    numbers = {quote.citation_id: number for number, quote in enumerate(quotes, start=1)}
    written = " ".join(
        visible(sentence.text) + _markers(turn_number, sentence.citations, numbers)
        for sentence in passed
    )
    return f'<p class="pa-sentences" dir="auto">{written}</p>'


def answered(turn_number: int, answer: Answer, names: Mapping[str, str]) -> str:
    """An answer that cites: verdict, sentences, quotes that none of them cites, what was withheld.

    `names` maps the ids of the policies that were searched to what a reader calls them.
    """
    cited = {citation for sentence in answer.sentences for citation in sentence.citations}
    told = sentences(turn_number, answer.sentences, answer.quotes)
    untold = {
        number: quote
        for number, quote in enumerate(answer.quotes, start=1)
        if quote.citation_id not in cited
    }
    return (
        _lead(answer.verdict, _counted(answer, names))
        + told
        + ("<h3>Also in the policies</h3>" if told and untold else "")
        + _bare_quotes(turn_number, untold, names)
        + _said_again(answer)
        + _silent(answer.receipt.silent, names)
        + _withheld(answer.rejected)
        + _receipt(answer.receipt, names)
    )


def unanswered(
    turn_number: int, answer: Answer, nearest: Sequence[Source], names: Mapping[str, str]
) -> str:
    """Why there is no answer, what was searched, the nearest clauses, and what to do next."""
    if answer.verdict is Verdict.OUT_OF_SCOPE:
        return (
            _lead(answer.verdict, "")
            + "<p>This assistant answers from the policies that you added, and from nothing else."
            " Ask what they say: how long data is kept, say, or who may see it.</p>"
            + _receipt(answer.receipt, names)
        )
    return (
        _lead(answer.verdict, "")
        + f"<p>{_searched(answer.receipt, names)} No clause that was found answers this question,"
        " so nothing is claimed.</p>"
        + _nearest(turn_number, nearest)
        + "<h3>What you can do</h3><ul>"
        "<li>Ask in the words that a policy would use, for example “retention” or “third"
        " parties”, and name the provider.</li>"
        "<li>Search in more policies, if some are ticked on the left.</li>"
        "<li>Add the policy that covers this.</li></ul>"
        + _withheld(answer.rejected)
        + _receipt(answer.receipt, names)
    )


def _lead(verdict: Verdict, detail: str) -> str:
    aside = f"<span>{detail}</span>" if detail else ""
    return (
        f'<p class="pa-verdict" data-verdict="{verdict}"><strong>{_LEADS[verdict]}</strong>'
        f"{aside}</p>"
    )


def _counted(answer: Answer, names: Mapping[str, str]) -> str:
    cited = dict.fromkeys(names.get(quote.policy_id, quote.policy_id) for quote in answer.quotes)
    return (
        f"{_count(len(answer.quotes), 'quote', 'quotes')} from {visible(_listed(list(cited)))}"
        f" · confidence {answer.confidence:.0%}"
    )


def _markers(turn_number: int, citations: Sequence[str], numbers: Mapping[str, int]) -> str:
    return "".join(
        f' <a class="pa-marker" href="#turn-{turn_number}-card-{numbers[citation]}"'
        f' aria-label="Quote {numbers[citation]}">[{numbers[citation]}]</a>'
        for citation in citations
        if citation in numbers
    )


def _bare_quotes(turn_number: int, quotes: Mapping[int, Quote], names: Mapping[str, str]) -> str:
    items = "".join(
        f'<li dir="auto"><q>{visible(quote.exact)}</q>'
        f"{_markers(turn_number, [quote.citation_id], {quote.citation_id: number})}"
        f"<cite>{visible(names.get(quote.policy_id, quote.policy_id))}</cite></li>"
        for number, quote in quotes.items()
    )
    return f'<ul class="pa-quotes">{items}</ul>' if items else ""


def _said_again(answer: Answer) -> str:
    """Where else the quotes stand, nearly word for word."""
    told = [
        f"[{number}] is said again in {_count(len(more), 'other place', 'other places')}."
        for number, quote in enumerate(answer.quotes, start=1)
        if (more := answer.receipt.repeats.get(quote.citation_id))
    ]
    return note(" ".join(told)) if told else ""


def _silent(silent: Sequence[str], names: Mapping[str, str]) -> str:
    if not silent:
        return ""
    return note(f"Nothing on this was found in: {_listed([names.get(i, i) for i in silent])}.")


def _withheld(rejected: Sequence[Rejected]) -> str:
    if not rejected:
        return ""
    items = "".join(
        f'<li dir="auto"><s>{visible(each.text)}</s><span>{visible("; ".join(each.reasons))}</span>'
        "</li>"
        for each in rejected
    )
    why = (
        f": {visible(rejected[0].reasons[0])}" if len(rejected) == 1 and rejected[0].reasons else ""
    )
    return (
        '<details class="pa-withheld"><summary>'
        f"{_count(len(rejected), 'sentence was', 'sentences were')} withheld by the support check"
        f"{why}</summary><ul>{items}</ul></details>"
    )


def _searched(receipt: Receipt, names: Mapping[str, str]) -> str:
    searched = [names.get(policy_id, policy_id) for policy_id in receipt.policies]
    return f"Searched {_count(len(searched), 'policy', 'policies')}: {visible(_listed(searched))}."


def _nearest(turn_number: int, nearest: Sequence[Source]) -> str:
    items = "".join(
        f'<li><a class="pa-marker" href="#turn-{turn_number}-card-{number}">'
        f"{visible(source.name)}</a> {place(source.clause)}"
        f'<span dir="auto">{visible(opening(source.text, _OPENING))}</span></li>'
        for number, source in enumerate(nearest, start=1)
    )
    return f'<h3>The nearest clauses</h3><ol class="pa-nearest">{items}</ol>' if items else ""


def _receipt(receipt: Receipt, names: Mapping[str, str]) -> str:
    """How the answer came to be, in rows; every version that was searched is named."""
    searched = [
        f"{names.get(each, each)} ({version})" for each, version in receipt.policies.items()
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
    shown = "".join(
        f"<dt>{name}</dt><dd>{visible(value)}</dd>" for name, value in rows.items() if value
    )
    return (
        '<details class="pa-receipt"><summary>How this answer came to be</summary>'
        f"<dl>{shown}</dl></details>"
    )


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    if len(unique) < 3:
        return " and ".join(unique)
    return f"{', '.join(unique[:-1])} and {unique[-1]}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
