"""Quotes -> sentences: what a language model writes, let through only where the quotes carry it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.english.lexicon.extent import ONLY
from assistant.english.lexicon.joints import CONDITIONS
from assistant.english.lexicon.modality import HEDGES, OBLIGATIONS
from assistant.english.lexicon.negation import NEGATIONS
from assistant.english.list_lead_ins import introduction
from assistant.english.numbers import in_figures, numbers_in
from assistant.english.words import content, is_named, tokens, unnamed
from assistant.english.yes_no import settles, split_answer, with_answer
from assistant.evidence.select import Evidence
from assistant.models.adapted_model import SentenceModel
from assistant.support.check import check_support
from assistant.support.entailment import shipped
from assistant.support.faithfulness import distances
from assistant.values.answer import Rejected, Sentence
from assistant.writing.prompt_injection import gives_orders
from assistant.writing.restatements import restated, restatements
from index.text.markup import plain
from index.text.sentences import sentence_spans
from prompts import prompt_hash, render

PROMPT = "one_sentence"
_MAX_QUOTE = 1200  # characters shown to the model; the quote itself is never cut
_LONGEST_QUOTE = 4000  # characters
_AGAIN = 0.85  # of a sentence's words that one before it holds: it says the same again
_PREAMBLE = re.compile(
    r"^(?:(?:the|a|short|one[- ]sentence)\s+)*answer(?:\s+to\s+(?:the|this)\s+question)?(?:\s+is)?"
    r"\s*[:,-]\s*|^(?:according to|based on) the (?:clause|policy)\s*[,:]\s*",
    re.IGNORECASE,
)
_RAGGED = re.compile(r"(?:[\s,;:|]+\.|\.[*_]+\.?)$")  # "data;." and "data.**"

Written = Sentence | Rejected


class Writer(Protocol):
    """Writes the sentences of an answer. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the language model, for receipts."""

    @property
    def prompt(self) -> str:
        """The prompt's name and hash, for receipts."""

    def load(self) -> None:
        """Makes ready for the first question. Raises ModelError."""

    def write(
        self,
        question: str,
        evidence: Sequence[Evidence],
        providers: Mapping[str, str],
        stopped: Callable[[], bool],
    ) -> Iterator[Written]:
        """Sentences that passed the support check, in the answer's order, and those withheld.

        `providers` by policy id. Gives nothing more once `stopped()` is true. Raises ModelError.
        """


@dataclass(frozen=True, slots=True)
class QuoteWriter:
    """One sentence from each quote alone: what a small model does well.

    Of several candidates the first that passes the support check and keeps to its quote's words is
    taken; where none does, the likeliest is withheld with the reasons. Nothing is written from a
    quote that only introduces what follows it, nor from an item of a list that a line introduces.
    """

    model: SentenceModel
    threshold: float

    @property
    def identity(self) -> str:
        return self.model.identity

    @property
    def prompt(self) -> str:
        return f"{PROMPT}@{prompt_hash(PROMPT)}"

    def load(self) -> None:
        self.model.load()
        shipped().load()

    def write(
        self,
        question: str,
        evidence: Sequence[Evidence],
        providers: Mapping[str, str],
        stopped: Callable[[], bool],
    ) -> Iterator[Written]:
        whole = [each for each in evidence if not _introduction_of(each)]
        sources = [
            each for each in written_from(whole, providers) if not each.text.rstrip().endswith(":")
        ]
        whose = companies(evidence, providers)
        prompts = [prompt_of(question, each.provider, each.text) for each in sources]
        passed: dict[int, Sentence] = {}
        failed: dict[int, Rejected] = {}
        words: dict[int, str] = {}  # a Yes or No of the likeliest sentence
        said: list[Sentence] = []
        given = 0
        candidates = self.model.candidates(
            prompts,
            [restatements(each.text, each.provider) for each in sources],
            lambda at: at not in passed,
            stopped,
        )
        for at, reply in candidates:
            own, body = split_answer(first_sentence(reply))
            if not body:
                continue
            word = words.setdefault(at, own)
            text = restated(body, sources[at].text, sources[at].provider)
            if not text:
                continue
            if word and not text.startswith(f"{sources[at].provider}: "):
                text = with_answer(word, text)
            written = checked(question, text, [sources[at]], self.threshold)
            if isinstance(written, Sentence):
                written = close_to_its_quote(written, sources[at])
            if isinstance(written, Rejected):
                failed.setdefault(at, written)
                continue
            passed.setdefault(at, written)
            while given in passed:  # in the order of the quotes
                yield said_once(passed[given], said, whose)
                given += 1
        if stopped():
            return
        yield from (said_once(passed[at], said, whose) for at in sorted(passed) if at >= given)
        yield from (each for at, each in sorted(failed.items()) if at not in passed)


@dataclass(frozen=True, slots=True)
class Source:
    """A quote as the model and the check read it: without Markdown's marks."""

    text: str
    provider: str
    citation_id: str

    @classmethod
    def of(cls, evidence: Evidence, providers: Mapping[str, str]) -> Source:
        """`providers` by policy id."""
        quote = evidence.quote
        text = plain(quote.exact, evidence.passage.policy.media_type)
        return cls(text, providers[quote.policy_id], quote.citation_id)


def written_from(evidence: Sequence[Evidence], providers: Mapping[str, str]) -> list[Source]:
    """The quotes that a model is shown. Those that give it orders, or are endless, stand alone."""
    sources = [Source.of(each, providers) for each in evidence]
    return [
        each for each in sources if len(each.text) <= _LONGEST_QUOTE and not gives_orders(each.text)
    ]


def companies(evidence: Sequence[Evidence], providers: Mapping[str, str]) -> dict[str, str]:
    """Whose each quote is, by citation id; `providers` by policy id."""
    return {each.quote.citation_id: providers[each.quote.policy_id] for each in evidence}


def _introduction_of(evidence: Evidence) -> str:
    return introduction(evidence.passage.policy.text, evidence.quote.start)


def close_to_its_quote(sentence: Sentence, source: Source) -> Written:
    """The sentence if it is as close to the quote as a small model's must be."""
    _, body = split_answer(sentence.text)
    said, quoted = (unnamed(in_figures(each), source.provider) for each in (body, source.text))
    reasons = tuple(distances(said, quoted))
    return Rejected(sentence.text, sentence.citations, reasons) if reasons else sentence


def checked(question: str, text: str, cited: Sequence[Source], threshold: float) -> Written:
    """The sentence if those quotes carry it, without a Yes or No that it does not settle.

    A No that it settles is added. A Yes is not: rules alone cannot tell what else would have to
    hold.
    """
    citations = tuple(each.citation_id for each in cited)
    word, body = split_answer(text)
    quotes = [each.text for each in cited]
    support = check_support(body, quotes, threshold, company=cited[0].provider)
    if not support.supported:
        return Rejected(text, citations, support.reasons)
    if not word and not body.startswith(f"{cited[0].provider}: "):
        word, text = "No", with_answer("No", body)
    if word and settles(question, word, body, " ".join(quotes)):
        whole = check_support(text, quotes, threshold, company=cited[0].provider)
        if whole.supported:
            return Sentence(text, citations)
    return Sentence(body, citations)


def said_once(sentence: Sentence, said: list[Sentence], companies: Mapping[str, str]) -> Written:
    """The sentence, with a Yes or No only if it is its policy's first; withheld if said before.

    It is added to `said`. Where the answer's quotes (`companies`, by citation id) are those of
    several, it says whose it is.
    """
    if any(_policy_of(other) == _policy_of(sentence) for other in said):
        _, body = split_answer(sentence.text)
        sentence = replace(sentence, text=body)
    whose = companies[sentence.citations[0]]
    words = content(unnamed(sentence.text, whose))
    for other in said:
        same = _policy_of(other) == _policy_of(sentence) and _telling(other) == _telling(sentence)
        if same and len(words & content(unnamed(other.text, whose))) >= _AGAIN * len(words):
            reason = "it says again what a sentence before it says"
            return Rejected(sentence.text, sentence.citations, (reason,))
    said.append(sentence)
    if len(set(companies.values())) > 1 and not is_named(whose, sentence.text):
        return replace(sentence, text=f"{whose}: {sentence.text}")
    return sentence


def _telling(sentence: Sentence) -> tuple[list[str], frozenset[str]]:
    """What makes two sentences of the same words say different things."""
    telling = NEGATIONS | HEDGES | OBLIGATIONS | ONLY | CONDITIONS
    said = frozenset(token for token in tokens(sentence.text) if token in telling)
    return sorted(numbers_in(sentence.text)), said


def _policy_of(sentence: Sentence) -> str:
    return sentence.citations[0].partition("@")[0]


def prompt_of(question: str, provider: str, quote: str) -> str:
    """The prompt for one sentence from `quote`, which is without Markdown's marks."""
    return render(PROMPT, provider=provider, quote=quote[:_MAX_QUOTE], question=question)


def first_sentence(reply: str) -> str:
    """The first sentence of a model's reply, without preamble and quotation marks."""
    line = next((line.strip() for line in reply.splitlines() if line.strip()), "")
    text = _unquoted(_PREAMBLE.sub("", line).strip("`' "))
    spans = sentence_spans(text)
    first = _RAGGED.sub(".", _unquoted(text[slice(*spans[0])])) if spans else ""
    return first[:1].upper() + first[1:]


def _unquoted(text: str) -> str:
    """Without quotation marks around the whole, or one that opens and never closes."""
    if text[:1] in {'"', "“"} and not re.search('["”]', text[1:-1]):
        return text.strip('"“” ')
    return text
