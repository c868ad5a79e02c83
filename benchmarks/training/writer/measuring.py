"""For how many questions a sentence passes the checks, by model and by way of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import Assistant
from assistant.models.adapted_model import DECLINED, AdaptedModel
from assistant.settings import Settings
from assistant.writing.quote_writer import QuoteWriter, prompt_of
from benchmarks.training.writer.quoted import Quoted
from index.models.embedder import SentenceTransformerEmbedder
from index.models.reranker import EvidenceReranker

if TYPE_CHECKING:
    from assistant.models.batch_decoding import ReadPrompts, Start

_COMPARED = 100  # questions that the published model is asked, too
_REPORTED_EVERY = 50


class _Freely(AdaptedModel):
    """Is given no restatements to choose from."""

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        return super().candidates(prompts, [()] * len(choices), wanted, stopped)


class _Declining(AdaptedModel):
    """Writes nothing: `shares` are the probabilities that each prompt is declined."""

    shares: list[float]

    def _starts(self, read: ReadPrompts) -> list[Start]:
        declining = self._loaded.plain_tokens(DECLINED)[0]
        self.shares = read.logits.softmax(-1)[:, declining].tolist()
        return []


def measure(
    asked: Sequence[Quoted], index: Path, report: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Each question's answer on `index`, in which their documents are: as the product writes, by
    the adapted model by itself, and by the model as published."""
    settings, embedder, reranker = Settings(), SentenceTransformerEmbedder(), EvidenceReranker()
    for name, model, questions in (
        ("adapted, as the product writes", AdaptedModel(), asked),
        ("adapted, writing freely", _Freely(), asked),
        ("as published", _Freely(adapter=None), asked[:_COMPARED]),
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


def report_declining(asked: Sequence[Quoted], report: Callable[[str], None]) -> None:
    """How well the model's probability of declining tells quotes without evidence from others."""
    from sklearn.metrics import roc_auc_score

    model = _Declining()
    best, others = list[tuple[bool, float]](), list[tuple[bool, float]]()
    for each in asked:
        prompts = [prompt_of(each.question, each.provider, quote) for quote in each.quotes]
        list(model.candidates(prompts, [()] * len(prompts), lambda _: False, lambda: False))
        pairs = [(not holds, share) for holds, share in zip(each.holds, model.shares, strict=True)]
        best += pairs[:1]
        others += pairs[1:]
    for name, pairs in (("best quotes", best), ("other quotes", others)):
        beside, shares = zip(*pairs, strict=True)
        auc = roc_auc_score(beside, shares)
        report(
            f"ROC AUC of declining, {len(pairs)} {name}, {sum(beside)} without evidence: {auc:.2f}"
        )
