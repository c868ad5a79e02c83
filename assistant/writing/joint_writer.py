"""Quotes -> one answer from all of them, with their numbers: what a bigger model does well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.select import Evidence
from assistant.models.transformers_model import Generator
from assistant.support.entailment import shipped
from assistant.values.answer import Rejected
from assistant.writing.joint_reply import CitedSentence, Unusable, read_joint
from assistant.writing.sentence_check import (
    PlainQuote,
    SaidSoFar,
    Written,
    checked,
    plain_quotes,
)
from prompts.fences import joint_prompt_identity, render_joint

_MAX_TOKENS = 400
_MAX_CHARACTERS = 16 * _MAX_TOKENS  # of a reply, since a server may count its tokens otherwise


@dataclass(frozen=True, slots=True)
class JointWriter:
    """Writes one answer from all quotes.

    Every sentence is checked against the quotes that it names, and only those.
    """

    generator: Generator
    threshold: float

    @property
    def identity(self) -> str:
        return self.generator.identity

    @property
    def prompt(self) -> str:
        return joint_prompt_identity()

    def load(self) -> None:
        self.generator.load()
        shipped().load()

    def write(
        self,
        question: str,
        evidence: Sequence[Evidence],
        providers: Mapping[str, str],
        stopped: Callable[[], bool],
    ) -> Iterator[Written]:
        quotes = plain_quotes(evidence, providers)
        if not quotes:
            return
        said = SaidSoFar.of(evidence, providers)
        prompt = render_joint(question, [(quote.provider, quote.text) for quote in quotes])
        pieces = _at_most(self.generator.stream(prompt, _MAX_TOKENS, stopped), _MAX_CHARACTERS)
        for item in read_joint(pieces, len(quotes)):
            if stopped():
                return
            if isinstance(item, CitedSentence):
                cited = [quotes[number - 1] for number in item.markers]
                written = self._checked(question, item.text, cited)
                yield written if isinstance(written, Rejected) else said.add(written)
            elif isinstance(item, Unusable):
                yield Rejected(item.text, (), (item.reason,))

    def _checked(self, question: str, text: str, cited: Sequence[PlainQuote]) -> Written:
        if len({quote.provider for quote in cited}) > 1:
            ids = tuple(quote.citation_id for quote in cited)
            return Rejected(text, ids, ("it speaks of several companies at once",))
        return checked(question, text, cited, self.threshold)


def _at_most(pieces: Iterator[str], characters: int) -> Iterator[str]:
    for piece in pieces:
        yield piece[:characters]
        characters -= len(piece)
        if characters <= 0:
            return
