"""Which language model writes, and how: quote by quote, or from all quotes at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.evidence.select import Evidence
from assistant.models.adapted_model import AdaptedModel
from assistant.models.openai_server import ServerGenerator
from assistant.models.transformers_model import Generator, TransformersGenerator
from assistant.settings import KEY_VARIABLE, PACKAGED_GENERATOR, Settings
from assistant.support.entailment import shipped
from assistant.values.answer import Rejected, Sentence
from assistant.writing.joint_reply import Declined, Unusable, read_joint
from assistant.writing.quote_writer import (
    QuoteWriter,
    Writer,
    Written,
    checked,
    companies,
    said_once,
    written_from,
)
from prompts.fences import joint_prompt_identity, render_joint

_MAX_TOKENS = 400
_MAX_CHARACTERS = 16 * _MAX_TOKENS  # of a reply: a server may count its tokens otherwise


def writer_of(settings: Settings) -> Writer:
    """The writer for the language model that the settings name. Loads nothing.

    The packaged model writes quote by quote, any other from all quotes at once. Raises ModelError
    for a server's address that cannot be used.
    """
    if settings.generator_url:
        key = os.environ.get(KEY_VARIABLE)
        server = ServerGenerator(settings.generator_url, settings.generator_model, key)
        return JointWriter(server, settings.support_threshold)
    if settings.generator_model == PACKAGED_GENERATOR:
        return QuoteWriter(_adapted(), settings.support_threshold)
    return JointWriter(_transformers(settings.generator_model), settings.support_threshold)


@cache
def _adapted() -> AdaptedModel:
    """One in the process: assistants on several indexes share it."""
    return AdaptedModel()


@cache
def _transformers(model: str) -> TransformersGenerator:
    return TransformersGenerator(model)


@dataclass(frozen=True, slots=True)
class JointWriter:
    """One answer from all quotes, with their numbers: what a bigger model does well.

    Every sentence is held against the quotes that it names, and only those.
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
        sources = written_from(evidence, providers)
        if not sources:
            return
        prompt = render_joint(question, [(each.provider, each.text) for each in sources])
        said, whose = list[Sentence](), companies(evidence, providers)
        pieces = _at_most(self.generator.stream(prompt, _MAX_TOKENS, stopped), _MAX_CHARACTERS)
        for item in read_joint(pieces, len(sources)):
            if stopped():
                return
            if isinstance(item, Declined):
                continue
            if isinstance(item, Unusable):
                yield Rejected(item.text, (), (item.reason,))
                continue
            cited = [sources[number - 1] for number in item.markers]
            if len({each.provider for each in cited}) > 1:
                ids = tuple(each.citation_id for each in cited)
                yield Rejected(item.text, ids, ("it is said of several companies at once",))
                continue
            written = checked(question, item.text, cited, self.threshold)
            yield written if isinstance(written, Rejected) else said_once(written, said, whose)


def _at_most(pieces: Iterator[str], characters: int) -> Iterator[str]:
    for piece in pieces:
        yield piece[:characters]
        characters -= len(piece)
        if characters <= 0:
            return
