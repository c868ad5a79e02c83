"""Evidence for a question, beside one query encoding, over 5, 100 and all 1,252 documents.

    python -m benchmarks.speed.evidence

In the larger indexes the clauses get random vectors: the time of a search does not depend on the
values, and embedding half a million sentences takes hours.
"""

from __future__ import annotations

import statistics
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant import Assistant, Settings
from assistant.writing.writer import writer_of
from benchmarks.data import CORPUS, TRAIN_ARCHIVE, first_user_questions
from benchmarks.random_clauses import RandomClauses
from index.models.embedder import SentenceTransformerEmbedder
from index.models.reranker import EvidenceReranker
from ui.cli.progress import bars

_WARM_UP = 5
_SIZES = (100, 1252)
_STAGES = ("route", "embed", "retrieve", "rerank", "evidence")


def main() -> None:
    questions = first_user_questions()
    with tempfile.TemporaryDirectory() as scratch:
        _measure(CORPUS, Path(scratch) / "5", SentenceTransformerEmbedder(), questions)
        if not TRAIN_ARCHIVE.is_file():
            print(f"left out: there is no {TRAIN_ARCHIVE}")
            return
        with tarfile.open(TRAIN_ARCHIVE) as archive:
            archive.extractall(scratch, filter="data")
        documents = sorted((Path(scratch) / "terms").rglob("*.md"))
        for size in _SIZES:
            taken = documents[:: len(documents) // size][:size]
            _measure(taken, Path(scratch) / str(size), RandomClauses(), questions)


def _measure(
    documents: Sequence[Path],
    index: Path,
    embedder: SentenceTransformerEmbedder,
    questions: Sequence[str],
) -> None:
    assistant = Assistant(
        index,
        Settings(answer_threshold=0.0),
        embedder,
        writer_of(Settings()),
        EvidenceReranker(),
    )
    assistant.add(list(documents), progress=bars)
    for question in questions[:_WARM_UP]:
        assistant.ask(question, generate=False)
    encoding, more = [], []
    stages: dict[str, list[float]] = {stage: [] for stage in _STAGES}
    for question in questions[_WARM_UP:]:
        began = time.perf_counter()
        embedder.encode_query(question)
        encoding.append(time.perf_counter() - began)
        began = time.perf_counter()
        answer = assistant.ask(question, generate=False)
        more.append(time.perf_counter() - began - encoding[-1])
        for stage in _STAGES:
            stages[stage].append(answer.receipt.timings[stage])
    clauses = sum(entry.clauses for entry in assistant.policies())
    print(
        f"{len(documents):>5} documents, {clauses:>6} clauses: "
        f"{1000 * statistics.median(more):.0f} ms more than a query encoding of "
        f"{1000 * statistics.median(encoding):.0f} ms "
        f"({statistics.median(more) / statistics.median(encoding):.1f} times as much more)"
    )
    shown = ", ".join(f"{stage} {statistics.median(each):.1f}" for stage, each in stages.items())
    print(f"      median ms per stage: {shown}")


if __name__ == "__main__":
    main()
