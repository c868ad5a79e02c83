"""Quotes -> sentences: one sentence from each quote alone, kept only if the quote carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.generator import Generator
from assistant.support import check_support
from assistant.types import Rejected, Sentence
from index.markup import plain
from index.sentences import sentence_spans
from prompts import prompt_hash, render

PROMPT = "one_sentence"
_MAX_TOKENS = 64
_MAX_QUOTE = 1200  # characters shown to the model; the quote itself is never cut
_PREAMBLE = re.compile(
    r"^(?:(?:the|a|short|one[- ]sentence)\s+)*answer(?:\s+to\s+(?:the|this)\s+question)?(?:\s+is)?"
    r"\s*[:,-]\s*|^(?:according to|based on) the (?:clause|policy)\s*[,:]\s*",
    re.IGNORECASE,
)


def prompt_identity() -> str:
    """The prompt's name and hash, for receipts."""
    return f"{PROMPT}@{prompt_hash(PROMPT)}"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes with a generator and lets through what passes the support check at `threshold`."""

    generator: Generator
    threshold: float

    def write(self, question: str, provider: str, evidence: Evidence) -> Sentence | Rejected:
        """One sentence that answers from this quote, or the sentence withheld with the reasons."""
        quote = evidence.quote
        shown = plain(quote.exact, evidence.passage.policy.media_type)
        prompt = render(PROMPT, provider=provider, quote=shown[:_MAX_QUOTE], question=question)
        text = first_sentence(self.generator.write(prompt, _MAX_TOKENS))
        citations = (quote.citation_id,)
        support = check_support(unnamed(text, provider), [shown], self.threshold)
        if support.supported:
            return Sentence(text, citations)
        return Rejected(text, citations, support.reasons)


def first_sentence(reply: str) -> str:
    """The first sentence of a model's reply, without preamble and quotation marks."""
    line = next((line.strip() for line in reply.splitlines() if line.strip()), "")
    text = _PREAMBLE.sub("", line).strip().strip("\"“”'` ").strip()
    spans = sentence_spans(text)
    first = text[slice(*spans[0])].strip('"“” ') if spans else ""
    return first[:1].upper() + first[1:]


def unnamed(sentence: str, provider: str) -> str:
    """The sentence with the provider's name as "the company": quotes mostly say "we"."""
    named = rf"(?<!\w){re.escape(provider)}(?!\w)"
    return re.sub(named, "the company", sentence, flags=re.IGNORECASE)
