"""Fits the curve of `assistant.evidence.confidence` and shows what each threshold would do.

    python -m benchmarks.fitting.confidence WORK

Fitted on questions_train, each question by models that saw none of its service (those folds of
`python -m benchmarks.training WORK --folds` that are there); PolicyQA is looked at, not fitted on.
The policy is given. A question counts as answered where one of the quotes that would be shown holds
evidence. Prints the constants to be written into
assistant/evidence/confidence.py and assistant/settings.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from assistant.evidence.select import LEAST_SHARE
from assistant.settings import Settings
from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
from benchmarks.training.documents import read_archive
from benchmarks.training.features import Seen, labelled, out_of_fold
from benchmarks.training.questions import read_questions
from index.search.rerank import unit_log_odds

MOST_UNSUPPORTED = 0.25  # of the answers shown: what the threshold promises
_THRESHOLDS = np.arange(0.05, 0.96, 0.01)
_SHOWN_EVERY = 5
_PARTS = 5
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """Of every question of a set: what confidence is made of, shape (questions, 2), whether
    anything answers it, and whether one of the quotes that would be shown does."""

    inputs: Numbers
    answerable: Flags
    supported: Flags

    @classmethod
    def of(cls, seen: Sequence[Seen]) -> Judged:
        return cls(
            np.array([inputs(each) for each in seen]),
            np.array([each.answerable for each in seen]),
            np.array([bool(each.gold[shown(each)].any()) for each in seen]),
        )


def inputs(seen: Seen) -> tuple[float, float]:
    """The log-odds of all units together, and the best score of a passage as retrieved."""
    return float(np.logaddexp.reduce(seen.rows[:, 0])), float(seen.rows[:, 3].max())


def shown(seen: Seen) -> npt.NDArray[np.intp]:
    """The units that would be quoted: the best, and those that come near it."""
    odds = np.array([unit_log_odds(*row) for row in seen.rows])
    sure = 1 / (1 + np.exp(-odds))
    best: npt.NDArray[np.intp] = np.argsort(-odds, kind="stable")[: Settings().max_quotes]
    near: npt.NDArray[np.intp] = best[sure[best] >= LEAST_SHARE * sure.max()]
    return near


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path, metavar="WORK")
    work = parser.parse_args().work
    documents = read_archive(TRAIN_ARCHIVE)
    questions = read_questions(TRAIN_QUESTIONS, documents)
    fit(Judged.of(out_of_fold(work, documents, questions)), Judged.of(labelled()))


def fit(own: Judged, other: Judged) -> None:
    """Prints the curve fitted on `own`, what each threshold does, and the threshold chosen."""
    model = LogisticRegression(C=1e3)
    crossed = cross_val_predict(
        model, own.inputs, own.supported, cv=_PARTS, method="predict_proba"
    )[:, 1]
    model.fit(own.inputs, own.supported)
    constants = ", ".join(f"{each:.3f}" for each in (*model.coef_[0], *model.intercept_))
    print(f"_LOG_ODDS, _RETRIEVED, _OFFSET = {constants}")
    _print("questions_train, cross-fitted", own, crossed)
    _print("policyqa_dev", other, model.predict_proba(other.inputs)[:, 1])
    print(f"answer_threshold = {threshold(crossed, own.supported):.2f}")


def threshold(sure: Numbers, supported: Flags) -> float:
    """The lowest of the thresholds above which at most one in four lacks support."""
    for each in _THRESHOLDS:
        kept = supported[sure >= each]
        if len(kept) and (~kept).mean() <= MOST_UNSUPPORTED:
            return float(each)
    raise ValueError("no threshold keeps the promise")


def _print(name: str, judged: Judged, sure: Numbers) -> None:
    areas = [
        roc_auc_score(judged.answerable, each)
        for each in (sure, judged.inputs[:, 0], judged.inputs[:, 1])
    ]
    print(
        f"{name}: auc {areas[0]:.3f} (reranker alone {areas[1]:.3f}, retrieval alone "
        f"{areas[2]:.3f}); supported are {judged.supported.mean():.2f}, mean confidence "
        f"{sure.mean():.2f}"
    )
    for each in _THRESHOLDS[::_SHOWN_EVERY]:
        kept = sure >= each
        answered = float(kept[judged.answerable].mean())
        withheld = float((~kept)[~judged.answerable].mean())
        lacking = float((~judged.supported[kept]).mean()) if kept.any() else 0.0
        print(
            f"  {each:.2f}: answered {answered:.2f} of the answerable, withheld {withheld:.2f} of "
            f"the others, balanced {(answered + withheld) / 2:.3f}; {lacking:.2f} of what is shown "
            "lacks support"
        )


if __name__ == "__main__":
    main()
