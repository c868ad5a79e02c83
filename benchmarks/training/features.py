"""What the pipeline computes for every question, with models not trained on its service."""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.data import LABELLED, TRAIN_ARCHIVE
from benchmarks.training.documents import TrainingDocument
from benchmarks.training.questions import FOLDS, TrainingQuestion
from index.add import add_files
from index.models.embedder import SentenceTransformerEmbedder
from index.models.reranker import EvidenceReranker
from index.models.weights_file import ENCODER, RERANKER, TrainedWeights
from index.search.rerank import head, reranker_text
from index.search.retriever import Passage, Query, Retriever
from index.store.database import Store
from index.store.faiss_cache import load_vectors
from index.store.snapshot import Snapshot
from index.text.sentences import Span
from ui.cli.progress import bars

FEATURES = ("logit", "cosine", "coverage", "passage")
_WIDE = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for one document; what overlaps a span of `gold` answers it."""

    question: str
    document: Path
    gold: tuple[Span, ...]
    answerable: bool
    fold: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A question with the units that the reranker read for it.

    `rows` (units, 4), FEATURES: the reranker's logit, cosine and coverage of the unit, and its
    passage's score as retrieved. `gold` (units,) says which of them answer.
    """

    rows: npt.NDArray[np.float64]
    gold: npt.NDArray[np.bool_]
    answerable: bool
    fold: int


def out_of_fold(
    work: Path, documents: Mapping[str, TrainingDocument], questions: Sequence[TrainingQuestion]
) -> list[Seen]:
    """The training questions, each by the models in WORK/fold-N of its fold, where they exist."""
    seen: list[Seen] = []
    for fold in range(FOLDS):
        if not (work / f"fold-{fold}" / f"{RERANKER.name}.safetensors").exists():
            print(f"left out: fold {fold} has not been trained")
            continue
        with tempfile.TemporaryDirectory() as scratch, tarfile.open(TRAIN_ARCHIVE) as archive:
            names = {each.document for each in questions if each.fold == fold}
            members = [archive.getmember(f"terms/{name}") for name in sorted(names)]
            archive.extractall(scratch, members=members, filter="data")
            asked = [
                Asked(
                    each.question,
                    Path(scratch) / "terms" / each.document,
                    tuple(
                        documents[each.document].clauses[clause].units[unit]
                        for clause, unit in sorted(each.gold)
                    ),
                    bool(each.gold),
                    fold,
                )
                for each in questions
                if each.fold == fold
            ]
            seen += see(asked, work / f"fold-{fold}")
    return seen


def labelled() -> list[Seen]:
    """PolicyQA, by the shipped models, which were not trained on it; its gold are segments."""
    folder = LABELLED[0]
    items = [
        json.loads(line)
        for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    asked = [
        Asked(
            item["question"],
            folder / "policies" / f"{item['policies'][0]}.txt",
            tuple((start, end) for start, end in item.get("segments", ())),
            bool(item["answerable"]),
            -1,
        )
        for item in items
    ]
    return see(asked, ENCODER.folder)


def see(asked: Sequence[Asked], weights: Path) -> list[Seen]:
    """Adds the documents to a temporary index and asks each question of its own document."""
    embedder = SentenceTransformerEmbedder(
        weights=TrainedWeights.of(weights / f"{ENCODER.name}.safetensors")
    )
    reranker = EvidenceReranker(TrainedWeights.of(weights / f"{RERANKER.name}.safetensors"))
    paths = sorted({each.document for each in asked})
    seen = []
    with tempfile.TemporaryDirectory() as scratch:
        store = Store.open_or_create(Path(scratch), embedder.identity, embedder.dimension)
        added = add_files(store, embedder, paths, bars)
        ids = {path: result.policy_id or "" for path, result in zip(paths, added, strict=True)}
        with Snapshot.of(store) as snapshot, bars("asking", len(asked), "question") as bar:
            retriever = Retriever(load_vectors(store, snapshot))
            for each in asked:
                query = Query.of(each.question, embedder.encode_query(each.question))
                found = head(retriever.find(snapshot, query, [ids[each.document]], _WIDE))
                logits = reranker.score(query.text, [reranker_text(one) for one in found])
                seen.append(_seen(each, found, logits))
                bar.update(1)
    return seen


def _seen(
    asked: Asked, found: Sequence[Passage], logits: Sequence[npt.NDArray[np.float32]]
) -> Seen:
    rows, gold = [], []
    for passage, own in zip(found, logits, strict=True):
        by_span = dict(zip(passage.stored.units, own.tolist(), strict=True))
        for unit in passage.units:
            start, end = unit.span
            rows.append([by_span[unit.span], unit.cosine, unit.coverage, passage.score])
            gold.append(any(start < b and end > a for a, b in asked.gold))
    return Seen(np.array(rows), np.array(gold), asked.answerable, asked.fold)
