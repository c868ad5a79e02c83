"""For how many questions a sentence is written that passes the checks, by the model and by way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.sentence_model import AdaptedModel, SentenceModel
from assistant.settings import Settings
from assistant.writing import QuoteWriter
from benchmarks.training.writer.quoted import Quoted
from index.embedder import SentenceTransformerEmbedder
from index.reranker import EvidenceReranker

_COMPARED = 100  # questions that the model as it comes is asked, too
_REPORTED_EVERY = 50


@dataclass(frozen=True, slots=True)
class _Freely:
    """A model that is given no restatements to choose from."""

    model: SentenceModel

    @property
    def identity(self) -> str:
        return self.model.identity

    def load(self) -> None:
        self.model.load()

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        return self.model.candidates(prompts, [()] * len(choices), wanted, stopped)


def measure(
    asked: Sequence[Quoted], index: Path, report: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Each question's answer on `index`, in which their documents are: as the product writes, by
    the adapted model left to itself, and by the model as it comes."""
    adapted = AdaptedModel()
    settings, embedder, reranker = Settings(), SentenceTransformerEmbedder(), EvidenceReranker()
    for name, model, questions in (
        ("adapted, as the product writes", adapted, asked),
        ("adapted, writing freely", _Freely(adapted), asked),
        ("as it comes", _Freely(AdaptedModel(adapter=None)), asked[:_COMPARED]),
    ):
        writer = QuoteWriter(model, settings.support_threshold)
        assistant = Assistant(index, settings, embedder, writer, reranker)
        ids = {entry.path: entry.id for entry in assistant.policies()}
        passed = 0
        for number, each in enumerate(questions, start=1):
            policy = next(own for path, own in ids.items() if path.endswith(f"/{each.document}"))
            answer = assistant.ask(each.question, policies=[policy])
            passed += bool(answer.sentences)
            yield {"way": name, **answer.to_dict()}
            if number % _REPORTED_EVERY == 0 or number == len(questions):
                share = passed / number
                report(f"{name}: {passed} of {number} questions with a sentence ({share:.2f})")
