"""The models that answers come from, and what a receipt says of them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.settings import Settings
from assistant.support.entailment import ENTAILMENT
from assistant.values.answer import Receipt
from assistant.writing.writer import Writer
from index.models.embedder import Embedder
from index.models.reranker import Reranker
from index.types import EmbeddingText


@dataclass(frozen=True, slots=True)
class AnswerModels:
    """What searches and what writes; without a `writer`, quotes stand alone."""

    embedder: Embedder
    reranker: Reranker
    writer: Writer | None

    def receipt(self, settings: Settings) -> Receipt:
        """The receipt of answers from these models, before any question. Loads nothing."""
        return Receipt(
            generation=0,
            policies={},
            routed=(),
            query="",
            embedding=self.embedder.identity,
            reranker=self.reranker.identity,
            generator=self.writer.identity if self.writer else None,
            prompt=self.writer.prompt if self.writer else None,
            thresholds={
                "answer": settings.answer_threshold,
                "support": settings.support_threshold,
            },
            timings={},
            support=ENTAILMENT.identity if self.writer else None,
        )

    def load(self) -> None:
        """Loads them now, so that the first question does not wait. Raises ModelError."""
        self.embedder.encode_query("ready")
        self.reranker.score("ready", [EmbeddingText("", ("ready",))])
        if self.writer:
            self.writer.load()
