"""Fits the curve of `assistant.confidence` and shows what each threshold would do.

    python -m benchmarks.fit_confidence WORK

Data: questions_train, each question by models that saw none of its service (the five folds of
`python -m benchmarks.training WORK --folds`), and policyqa_dev, which nothing is trained on; the
policy is given. Each set and each class weighs the same. Prints the constants to be written into
assistant/confidence.py and assistant/settings.py.
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

from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
from benchmarks.training.documents import read_archive
from benchmarks.training.features import Seen, labelled, out_of_fold
from benchmarks.training.questions import read_questions
from index.ranking import unit_log_odds

_THRESHOLDS = np.arange(0.1, 0.81, 0.01)
_SHOWN_EVERY = 5
_FIRST = 3  # quotes among which evidence counts as shown
_TOLERANCE = 0.02  # of balanced accuracy, given up so that fewer answers are withheld
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """Of every question of a set: what confidence is made of, shape (questions, 2), whether
    anything answers it, and whether one of the first three sentences does."""

    inputs: Numbers
    answerable: Flags
    found: Flags

    @classmethod
    def of(cls, seen: Sequence[Seen]) -> Judged:
        inputs, found = [], []
        for each in seen:
            together = np.logaddexp.reduce(each.rows[:, 0])
            inputs.append((float(together), float(each.rows[:, 1].max())))
            units = np.array([unit_log_odds(*row) for row in each.rows])
            found.append(bool(each.gold[np.argsort(-units, kind="stable")[:_FIRST]].any()))
        return cls(np.array(inputs), np.array([each.answerable for each in seen]), np.array(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path, metavar="WORK")
    documents = read_archive(TRAIN_ARCHIVE)
    questions = read_questions(TRAIN_QUESTIONS, documents)
    seen = out_of_fold(parser.parse_args().work, documents, questions)
    fit({"questions_train": Judged.of(seen), "policyqa_dev": Judged.of(labelled())})


def fit(sets: dict[str, Judged]) -> None:
    """Prints the curve, what each threshold does on each set, and the threshold chosen."""
    inputs = np.concatenate([each.inputs for each in sets.values()])
    labels = np.concatenate([each.answerable for each in sets.values()])
    weights = np.concatenate([_weights(each.answerable) for each in sets.values()])
    model = LogisticRegression(C=1e6).fit(inputs, labels, sample_weight=weights)
    constants = ", ".join(f"{each:.3f}" for each in (*model.coef_[0], *model.intercept_))
    print(f"_LOG_ODDS, _COSINE, _OFFSET = {constants}")
    balanced = np.zeros(len(_THRESHOLDS))
    for name, own in sets.items():
        sure = model.predict_proba(own.inputs)[:, 1]
        print(
            f"{name}: auc {roc_auc_score(own.answerable, sure):.3f} (reranker alone "
            f"{roc_auc_score(own.answerable, own.inputs[:, 0]):.3f}, best cosine alone "
            f"{roc_auc_score(own.answerable, own.inputs[:, 1]):.3f})"
        )
        for at, threshold in enumerate(_THRESHOLDS):
            shown = sure >= threshold
            kept = float(shown[own.answerable].mean())
            withheld = float((~shown)[~own.answerable].mean())
            balanced[at] += (kept + withheld) / 2 / len(sets)
            if at % _SHOWN_EVERY == 0:
                print(
                    f"  {threshold:.2f}: answered {kept:.2f} of the answerable, withheld "
                    f"{withheld:.2f} of the others, balanced {(kept + withheld) / 2:.3f}; "
                    f"{(~own.found)[shown].mean():.2f} of what is shown lacks support"
                )
    chosen = _THRESHOLDS[balanced >= balanced.max() - _TOLERANCE][0]
    print(f"answer_threshold = {chosen:.2f} (balanced accuracy at best {balanced.max():.3f})")


def _weights(labels: Flags) -> Numbers:
    weights: Numbers = np.where(labels, 500 / labels.sum(), 500 / (~labels).sum())
    return weights


if __name__ == "__main__":
    main()
