"""One question, many policies: does each say yes, say the contrary, or not say?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from assistant.asking.asking import Asking
from assistant.english.yes_no import is_polar, settles
from assistant.overview.each_policy import asked_alone, chosen
from assistant.values.answer import Answer, Quote, Verdict
from index.progress import Progress
from index.text.markup import plain
from index.text.sentences import sentence_spans

_READ = 3  # quotes of a policy in which a Yes or No is looked for


class Stance(StrEnum):
    """What a policy says to a question.

    `STATES`: it answers it, and a yes-or-no question with yes. `CONTRARY`: it denies what such a
    question asks. `OPEN`: it speaks of that, but rules cannot tell yes from no. `CONFLICTING`: it
    says two things that contradict each other. `SILENT`: nothing in it was found to answer.
    """

    STATES = "states"
    CONTRARY = "says the contrary"
    OPEN = "speaks of it"
    CONFLICTING = "contradicts itself"
    SILENT = "does not state"


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A policy's stance with the quote that shows it; None exactly where it is silent.

    `confidence` in [0, 1] is the probability that the quote answers the question; where the policy
    is silent, that its nearest clauses do.
    """

    policy_id: str
    version: str
    provider: str
    stance: Stance
    quote: Quote | None
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        quote = self.quote.to_dict() if self.quote else None
        return {**asdict(self), "stance": str(self.stance), "quote": quote}


def compare(
    asking: Asking, question: str, policies: Sequence[str] | None, progress: Progress
) -> list[StanceRow]:
    """One row per policy, in their order, each asked by itself. See `Assistant.compare`."""
    entries = chosen(asking, policies)
    rows = []
    with progress("comparing", len(entries), "policy") as bar:
        for entry in entries:
            answer = asked_alone(asking, question, entry)
            stance, quote = _stance(asking, question, answer)
            rows.append(
                StanceRow(entry.id, entry.version, entry.provider, stance, quote, answer.confidence)
            )
            bar.update(1)
    return rows


def _stance(asking: Asking, question: str, answer: Answer) -> tuple[Stance, Quote | None]:
    if not answer.quotes:
        return Stance.SILENT, None
    if answer.verdict is Verdict.CONFLICTING:
        return Stance.CONFLICTING, answer.quotes[0]
    for quote in answer.quotes[:_READ]:
        policy = asking.snapshot.policy(quote.policy_id, quote.version)
        text = plain(quote.exact, policy.media_type)
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            for word, stance in (("No", Stance.CONTRARY), ("Yes", Stance.STATES)):
                if settles(question, word, sentence, text):
                    return stance, quote
    return (Stance.OPEN if is_polar(question) else Stance.STATES), answer.quotes[0]
