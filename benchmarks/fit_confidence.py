"""Fits the curve of `assistant.confidence` and shows what each threshold would do.

    python -m benchmarks.fit_confidence

Data: questions_train over its own documents, and policyqa_dev; the policy is given. Each set and
each class weighs the same. Prints the constants to be written into assistant/confidence.py.
"""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant import Assistant, Settings
from benchmarks.data import LABELLED, TRAIN_ARCHIVE, TRAIN_QUESTIONS
from ui.progress import bars

_THRESHOLDS = np.arange(0.2, 0.61, 0.01)
_SHOWN_EVERY = 5
_TOLERANCE = 0.02  # of balanced accuracy, given up so that fewer answers are withheld
Scores = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]


def main() -> None:
    sets = {"questions_train": _train(), "policyqa_dev": _labelled(LABELLED[0])}
    scores = np.concatenate([each[0] for each in sets.values()])
    labels = np.concatenate([each[1] for each in sets.values()])
    weights = np.concatenate([_weights(each[1]) for each in sets.values()])
    model = LogisticRegression(C=1e6).fit(scores[:, None], labels, sample_weight=weights)
    print(f"_SLOPE, _INTERCEPT = {model.coef_[0, 0]:.3f}, {model.intercept_[0]:.3f}")
    balanced = np.zeros(len(_THRESHOLDS))
    for name, (own_scores, own_labels) in sets.items():
        sure = model.predict_proba(own_scores[:, None])[:, 1]
        print(f"{name}: auc {roc_auc_score(own_labels, own_scores):.3f}")
        for at, threshold in enumerate(_THRESHOLDS):
            kept = float((sure[own_labels] >= threshold).mean())
            withheld = float((sure[~own_labels] < threshold).mean())
            balanced[at] += (kept + withheld) / 2 / len(sets)
            if at % _SHOWN_EVERY == 0:
                print(
                    f"  {threshold:.2f}: answered {kept:.2f} of the answerable, withheld "
                    f"{withheld:.2f} of the others, balanced {(kept + withheld) / 2:.3f}"
                )
    chosen = _THRESHOLDS[balanced >= balanced.max() - _TOLERANCE][0]
    print(f"answer_threshold = {chosen:.2f} (balanced accuracy at best {balanced.max():.3f})")


def _weights(labels: Labels) -> Scores:
    weights: Scores = np.where(labels, 500 / labels.sum(), 500 / (~labels).sum())
    return weights


def _train() -> tuple[Scores, Labels]:
    items = [json.loads(line) for line in TRAIN_QUESTIONS.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(TRAIN_ARCHIVE) as archive:
        wanted = {f"terms/{item['doc']}" for item in items}
        members = [member for member in archive.getmembers() if member.name in wanted]
        archive.extractall(scratch, members=members, filter="data")
        root = Path(scratch) / "terms"
        documents = [root / item["doc"] for item in items]
        return _scores(documents, items, Path(scratch) / "index")


def _labelled(folder: Path) -> tuple[Scores, Labels]:
    lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    documents = [folder / "policies" / f"{item['policies'][0]}.txt" for item in items]
    with tempfile.TemporaryDirectory() as scratch:
        return _scores(documents, items, Path(scratch) / "index")


def _scores(
    documents: Iterable[Path], items: list[dict[str, Any]], index: Path
) -> tuple[Scores, Labels]:
    """The best passage's score of every question, asked of its own document."""
    by_document: dict[Path, list[dict[str, Any]]] = defaultdict(list)
    for document, item in zip(documents, items, strict=True):
        by_document[document].append(item)
    assistant = Assistant.load(index, Settings(answer_threshold=0.0))
    results = assistant.add(list(by_document), progress=bars)
    ids = {result.path: result.policy_id for result in results}
    scores, labels = [], []
    for document, asked in by_document.items():
        policy_id = ids[str(document)]
        assert policy_id is not None
        for item in asked:
            hits = assistant.search(item["question"], policies=[policy_id], k=1)
            scores.append(hits[0].score)
            labels.append(bool(item["answerable"]))
    return np.array(scores), np.array(labels)


if __name__ == "__main__":
    main()
