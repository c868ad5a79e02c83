"""Quotes -> one sentence from each: what a small language model does well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.english.list_lead_ins import introduction
from assistant.english.numbers import in_figures
from assistant.english.words import unnamed
from assistant.english.yes_no import split_answer, with_answer
from assistant.evidence.select import Evidence
from assistant.models.adapted_model import SentenceModel
from assistant.support.entailment import shipped
from assistant.support.faithfulness import distances
from assistant.values.answer import Rejected, Sentence
from assistant.writing.restatements import restated, restatements
from assistant.writing.sentence_check import (
    PlainQuote,
    SaidSoFar,
    Written,
    checked,
    plain_quotes,
)
from index.text.sentences import sentence_spans
from prompts import prompt_hash, render

PROMPT = "one_sentence"
_MAX_QUOTE = 1200  # characters shown to the model; the quote itself is never cut
_PREAMBLE = re.compile(
    r"^(?:(?:the|a|short|one[- ]sentence)\s+)*answer(?:\s+to\s+(?:the|this)\s+question)?(?:\s+is)?"
    r"\s*[:,-]\s*|^(?:according to|based on) the (?:clause|policy)\s*[,:]\s*",
    re.IGNORECASE,
)
_RAGGED = re.compile(r"(?:[\s,;:|]+\.|\.[*_]+\.?)$")  # "data;." and "data.**"


@dataclass(frozen=True, slots=True)
class QuoteWriter:
    """Writes one sentence from each quote by itself.

    Of several candidates, the first that passes the support check and keeps to its quote's words is
    taken; where none does, the likeliest is withheld with the reasons. Nothing is written from a
    quote that only introduces what follows it, nor from a list item that a line introduces.
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
        complete = [item for item in evidence if not _introduction_of(item)]
        quotes = [
            quote
            for quote in plain_quotes(complete, providers)
            if not quote.text.rstrip().endswith(":")
        ]
        said = SaidSoFar.of(evidence, providers)
        passed: dict[int, Sentence] = {}
        failed: dict[int, Rejected] = {}
        shown = 0
        for number, written in self._checked(question, quotes, passed.__contains__, stopped):
            if isinstance(written, Rejected):
                failed.setdefault(number, written)
                continue
            passed.setdefault(number, written)
            while shown in passed:  # in the order of the quotes
                yield said.add(passed[shown])
                shown += 1
        if stopped():
            return
        yield from (said.add(passed[number]) for number in sorted(passed) if number >= shown)
        yield from (failed[number] for number in sorted(failed) if number not in passed)

    def _checked(
        self,
        question: str,
        quotes: Sequence[PlainQuote],
        has_passed: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, Written]]:
        """Each candidate, checked, with the number of its quote."""
        answer_words: dict[int, str] = {}  # the Yes or No of the likeliest candidate
        candidates = self.model.candidates(
            [prompt_of(question, quote.provider, quote.text) for quote in quotes],
            [restatements(quote.text, quote.provider) for quote in quotes],
            lambda number: not has_passed(number),
            stopped,
        )
        for number, reply in candidates:
            quote = quotes[number]
            word, body = split_answer(first_sentence(reply))
            if not body:
                continue
            word = answer_words.setdefault(number, word)
            text = restated(body, quote.text, quote.provider)
            if not text:
                continue
            if word and not text.startswith(f"{quote.provider}: "):
                text = with_answer(word, text)
            written = checked(question, text, [quote], self.threshold)
            if isinstance(written, Sentence):
                written = close_to_its_quote(written, quote)
            yield number, written


def _introduction_of(evidence: Evidence) -> str:
    return introduction(evidence.passage.policy.text, evidence.quote.start)


def close_to_its_quote(sentence: Sentence, quote: PlainQuote) -> Written:
    """The sentence, if it is as close to the quote as a small model's must be."""
    _, body = split_answer(sentence.text)
    said, quoted = (unnamed(in_figures(text), quote.provider) for text in (body, quote.text))
    reasons = tuple(distances(said, quoted))
    return Rejected(sentence.text, sentence.citations, reasons) if reasons else sentence


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
    """The text without quotation marks around the whole, or one that is never closed."""
    if text[:1] in {'"', "“"} and not re.search('["”]', text[1:-1]):
        return text.strip('"“” ')
    return text
