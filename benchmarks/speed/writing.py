"""A complete answer on a warm assistant, beside one query encoding and beside the bare model.

    python -m benchmarks.speed.writing

The first users' questions, asked of the sample corpus with nothing withheld. Bare: transformers'
own `generate` on the same prompts, one after the other, for as many tokens as were written.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant import Assistant, EventKind, Settings
from assistant.models.adapted_model import AdaptedModel
from assistant.writing.quote_writer import QuoteWriter
from benchmarks.data import CORPUS, first_user_questions
from index.models.embedder import SentenceTransformerEmbedder
from index.models.reranker import EvidenceReranker

_QUESTIONS = 40


class _Noting(AdaptedModel):
    """Notes what it gave last for each prompt."""

    def __init__(self) -> None:
        super().__init__()
        self.written: dict[str, str] = {}

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        for at, text in super().candidates(prompts, choices, wanted, stopped):
            self.written[prompts[at]] = text
            yield at, text


def main() -> None:
    questions = first_user_questions(_QUESTIONS)
    noting, embedder = _Noting(), SentenceTransformerEmbedder()
    settings = Settings(answer_threshold=0.0)  # every question is written for
    writer = QuoteWriter(noting, settings.support_threshold)
    shown, complete, encoding, bare, sentences = [], [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant(
            Path(scratch) / "index", settings, embedder, writer, EvidenceReranker()
        )
        assistant.add(CORPUS)
        assistant.ask(questions[0])
        for question in questions:
            noting.written.clear()
            began = time.perf_counter()
            for event in assistant.stream(question):
                if event.kind is EventKind.EVIDENCE:
                    shown.append(time.perf_counter() - began)
                elif event.answer:
                    sentences.append(len(event.answer.sentences))
            complete.append(time.perf_counter() - began)
            began = time.perf_counter()
            embedder.encode_query(question)
            encoding.append(time.perf_counter() - began)
            bare.append(_bare(noting))
    print(
        f"{len(questions)} questions; quotes shown after {statistics.median(shown):.2f} s, "
        f"complete after {statistics.median(complete):.2f} s (medians); "
        f"{sum(map(bool, sentences))} with a sentence that passed"
    )
    print(f"quotes shown / query encoding: {_ratio(shown, encoding):.1f} (median)")
    print(f"complete / the same tokens from the bare model: {_ratio(complete, bare):.2f} (median)")


def _bare(noting: _Noting) -> float:
    import torch

    loaded = noting._loaded
    began = time.perf_counter()
    for prompt, text in noting.written.items():
        encoded = loaded.prompt_tokens(prompt, return_tensors="pt")
        tokens = max(len(loaded.tokenizer(text)["input_ids"]), 1)
        with torch.inference_mode():
            loaded.model.generate(
                **encoded, min_new_tokens=tokens, max_new_tokens=tokens, do_sample=False
            )
    return time.perf_counter() - began


def _ratio(ours: Sequence[float], other: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, other, strict=True) if b)


if __name__ == "__main__":
    main()
