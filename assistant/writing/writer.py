"""Which language model writes, and how: quote by quote, or from all quotes at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

from assistant.evidence.select import Evidence
from assistant.models.adapted_model import AdaptedModel
from assistant.models.openai_server import ServerGenerator
from assistant.models.transformers_model import TransformersGenerator
from assistant.settings import KEY_VARIABLE, PACKAGED_GENERATOR, Settings
from assistant.writing.joint_writer import JointWriter
from assistant.writing.quote_writer import QuoteWriter
from assistant.writing.sentence_check import Written


class Writer(Protocol):
    """Writes the sentences of an answer. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the language model, for receipts."""

    @property
    def prompt(self) -> str:
        """The prompt's name and hash, for receipts."""

    def load(self) -> None:
        """Prepares for the first question. Raises ModelError."""

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
    """One per process, which assistants on several indexes share."""
    return AdaptedModel()


@cache
def _transformers(model: str) -> TransformersGenerator:
    return TransformersGenerator(model)
