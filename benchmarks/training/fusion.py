"""Fits how the reranker's logit counts beside what retrieval found, and what that is worth.

    python -m benchmarks.training.fusion WORK

WORK holds folds of `python -m benchmarks.training WORK --folds`. Every question is asked of its own
document, by models that saw no question of its service; the weights of the fusion are fitted on the
other folds for the figures, and on all for the constants that are printed for
index/search/rerank.py.
Below them: what a least share of the best score costs and brings.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
from benchmarks.training.documents import read_archive
from benchmarks.training.features import FEATURES, Seen, out_of_fold
from benchmarks.training.questions import read_questions
from index.search.rerank import unit_log_odds

_DEPTHS = (1, 3, 5)
_SHRINK = 1e-3  # of the squared weights, in the loss
_MOST_QUOTES = 4
_SHARES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
Weights = npt.NDArray[np.float64]
Score = Callable[[Seen], Weights]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path, metavar="WORK")
    documents = read_archive(TRAIN_ARCHIVE)
    questions = read_questions(TRAIN_QUESTIONS, documents)
    compare(out_of_fold(parser.parse_args().work, documents, questions))


def compare(seen: Sequence[Seen]) -> None:
    """Prints the figures of each way to rank, the constants, and those of each least share."""
    print(f"{'ranked by':<24}hit@1 hit@3 hit@5")
    for at, name in enumerate(FEATURES):
        _print(name, seen, lambda each, at=at: each.rows[:, at])  # type: ignore[misc]
    _print(
        "all, as shipped", seen, lambda each: np.array([unit_log_odds(*row) for row in each.rows])
    )
    folds = sorted({each.fold for each in seen})
    if len(folds) > 1:
        fitted = {fold: fit([each for each in seen if each.fold != fold]) for fold in folds}
        _print("all, fitted", seen, lambda each: each.rows @ fitted[each.fold])
    weights = fit(seen)
    slope, offset = calibration(seen, weights)
    for name, weight in zip((*FEATURES, "offset"), (*(slope * weights), offset), strict=True):
        print(f"{name:<24}{weight:.3f}")
    for share in _SHARES:
        precision, recall, quotes = evidence(seen, slope * weights, offset, share)
        print(
            f"least share {share}: precision {precision:.3f}, recall {recall:.3f}, "
            f"{quotes:.2f} quotes"
        )


def _print(name: str, seen: Sequence[Seen], score: Score) -> None:
    print(f"{name:<24}" + " ".join(f"{hit:.3f}" for hit in hits(seen, score)))


def hits(seen: Sequence[Seen], score: Score) -> list[float]:
    """hit@1, 3 and 5 of a unit that answers, over the questions that are answered."""
    ranks = []
    for each in seen:
        if each.answerable:
            found = each.gold[np.argsort(-score(each), kind="stable")]
            ranks.append(int(np.argmax(found)) if found.any() else len(found) + max(_DEPTHS))
    return [float(np.mean(np.array(ranks) < depth)) for depth in _DEPTHS]


def fit(seen: Sequence[Seen]) -> Weights:
    """One weight a feature: the likeliest choice of what answers among the units read."""
    usable = [each for each in seen if each.gold.any()]

    def loss(weights: Weights) -> tuple[float, Weights]:
        total, slope = 0.0, np.zeros_like(weights)
        for each in usable:
            logits = each.rows @ weights
            whole = np.logaddexp.reduce(logits)
            right = np.logaddexp.reduce(logits[each.gold])
            total += whole - right
            slope += np.exp(logits - whole) @ each.rows
            slope -= np.exp(logits[each.gold] - right) @ each.rows[each.gold]
        shrunk = _SHRINK * len(usable)
        return total + shrunk * float(weights @ weights), slope + 2 * shrunk * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    weights: Weights = found.x
    return weights


def calibration(seen: Sequence[Seen], weights: Weights) -> tuple[float, float]:
    """Slope and offset that make the weighted sum the log-odds of a unit that answers."""
    sums = np.concatenate([each.rows @ weights for each in seen])
    gold = np.concatenate([each.gold for each in seen])
    model = LogisticRegression(C=1e6).fit(sums[:, None], gold)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def evidence(
    seen: Sequence[Seen], weights: Weights, offset: float, share: float
) -> tuple[float, float, float]:
    """Citation precision and recall, and quotes shown, of the answered questions.

    Shown are the best unit and those whose probability is at least `share` of its own.
    """
    precision, recall, quotes = [], [], []
    for each in seen:
        if each.answerable:
            sure = 1 / (1 + np.exp(-(each.rows @ weights + offset)))
            best = np.argsort(-sure, kind="stable")[:_MOST_QUOTES]
            shown = best[sure[best] >= share * sure.max()]
            precision.append(each.gold[shown].mean())
            recall.append(each.gold[shown].sum() / max(each.gold.sum(), 1))
            quotes.append(len(shown))
    return float(np.mean(precision)), float(np.mean(recall)), float(np.mean(quotes))


if __name__ == "__main__":
    main()
