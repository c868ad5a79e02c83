"""A written sentence -> shown or withheld: its quotes must carry it, and it must be new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.english.lexicon.extent import ONLY
from assistant.english.lexicon.joints import CONDITIONS
from assistant.english.lexicon.modality import HEDGES, OBLIGATIONS
from assistant.english.lexicon.negation import NEGATIONS
from assistant.english.numbers import numbers_in
from assistant.english.words import content, is_named, tokens, unnamed
from assistant.english.yes_no import settles, split_answer, with_answer
from assistant.evidence.select import Evidence
from assistant.support.check import check_support
from assistant.values.answer import Rejected, Sentence
from assistant.writing.prompt_injection import gives_orders
from index.text.markup import plain

_LONGEST_QUOTE = 4000  # characters
_REPEATED = 0.85  # of a sentence's words: with so many in an earlier one, it repeats that one
_DISTINGUISHING = NEGATIONS | HEDGES | OBLIGATIONS | ONLY | CONDITIONS

Written = Sentence | Rejected


@dataclass(frozen=True, slots=True)
class PlainQuote:
    """A quote as the model and the support check read it: without Markdown's marks."""

    text: str
    provider: str
    citation_id: str

    @classmethod
    def of(cls, evidence: Evidence, providers: Mapping[str, str]) -> PlainQuote:
        """`providers` by policy id."""
        quote = evidence.quote
        text = plain(quote.exact, evidence.passage.policy.media_type)
        return cls(text, providers[quote.policy_id], quote.citation_id)


def plain_quotes(evidence: Sequence[Evidence], providers: Mapping[str, str]) -> list[PlainQuote]:
    """The quotes that a model is shown: all but those that give it orders or are very long."""
    quotes = [PlainQuote.of(item, providers) for item in evidence]
    return [
        quote
        for quote in quotes
        if len(quote.text) <= _LONGEST_QUOTE and not gives_orders(quote.text)
    ]


def checked(question: str, text: str, cited: Sequence[PlainQuote], threshold: float) -> Written:
    """The sentence, if those quotes carry it, without a Yes or No that it does not settle.

    A No that it settles is added. A Yes is not: rules alone cannot tell what else would have to
    hold.
    """
    provider = cited[0].provider
    citations = tuple(quote.citation_id for quote in cited)
    word, body = split_answer(text)
    quotes = [quote.text for quote in cited]
    support = check_support(body, quotes, threshold, company=provider)
    if not support.supported:
        return Rejected(text, citations, support.reasons)
    if not word and not body.startswith(f"{provider}: "):
        word, text = "No", with_answer("No", body)
    if word and settles(question, word, body, " ".join(quotes)):
        answered = check_support(text, quotes, threshold, company=provider)
        if answered.supported:
            return Sentence(text, citations)
    return Sentence(body, citations)


class SaidSoFar:
    """The sentences of an answer so far; none is repeated.

    `companies` says whose each quote of the answer is, by citation id.
    """

    def __init__(self, companies: Mapping[str, str]) -> None:
        self._companies = companies
        self._said: list[Sentence] = []

    @classmethod
    def of(cls, evidence: Sequence[Evidence], providers: Mapping[str, str]) -> SaidSoFar:
        """No sentences yet of an answer from this evidence; `providers` by policy id."""
        quotes = [item.quote for item in evidence]
        return cls({quote.citation_id: providers[quote.policy_id] for quote in quotes})

    def add(self, sentence: Sentence) -> Written:
        """The sentence as it is shown, or why it is withheld.

        A Yes or No stays only on its policy's first sentence. Where the quotes are those of several
        companies, the sentence begins with whose it is.
        """
        if any(_policy_of(earlier) == _policy_of(sentence) for earlier in self._said):
            _, body = split_answer(sentence.text)
            sentence = replace(sentence, text=body)
        company = self._companies[sentence.citations[0]]
        if any(_repeats(sentence, earlier, company) for earlier in self._said):
            reason = "it repeats an earlier sentence"
            return Rejected(sentence.text, sentence.citations, (reason,))
        self._said.append(sentence)
        if len(set(self._companies.values())) > 1 and not is_named(company, sentence.text):
            return replace(sentence, text=f"{company}: {sentence.text}")
        return sentence


def _repeats(sentence: Sentence, earlier: Sentence, company: str) -> bool:
    if _policy_of(earlier) != _policy_of(sentence) or _details(earlier) != _details(sentence):
        return False
    words = content(unnamed(sentence.text, company))
    return len(words & content(unnamed(earlier.text, company))) >= _REPEATED * len(words)


def _details(sentence: Sentence) -> tuple[list[str], frozenset[str]]:
    """What makes two sentences of the same words say different things."""
    said = _DISTINGUISHING.intersection(tokens(sentence.text))
    return sorted(numbers_in(sentence.text)), said


def _policy_of(sentence: Sentence) -> str:
    return sentence.citations[0].partition("@")[0]
