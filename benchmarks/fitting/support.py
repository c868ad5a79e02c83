"""Fits how the support check joins its two learnt scores, and the threshold.

    python -m benchmarks.fitting.support

Fitted on support_cases_dev, on those cases to which no rule objects. Curve and threshold are
cross-validated: each fifth of the cases is judged by those fitted on the rest. The rules are not:
they were written while looking at all of the cases.
Prints the constants to be written into assistant/support/check.py and assistant/settings.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from assistant.english.normal_form import NormalForm
from assistant.english.numbers import in_figures
from assistant.english.yes_no import split_answer
from assistant.support.check import UNSAID, logit, unsaid
from assistant.support.entailment import EntailmentModel, shipped
from assistant.support.rules import objections
from benchmarks.data import SUPPORT_CASES

FOLDS = 5
MOST_ACCEPTED = 0.03  # of the unsupported sentences
_WEAK = 0.3  # regularization: there are few cases


@dataclass(frozen=True, slots=True)
class Judged:
    """Cases: the two logits of each (cases, 2), the share of its words that its quotes do not say,
    whether it is supported, whether a rule objects."""

    logits: npt.NDArray[np.float64]
    unsaid: npt.NDArray[np.float64]
    supported: npt.NDArray[np.bool_]
    objected: npt.NDArray[np.bool_]
    kinds: list[str]


@dataclass(frozen=True, slots=True)
class Curve:
    whole: float
    weakest: float
    offset: float
    threshold: float

    @classmethod
    def fitted(cls, judged: Judged, rows: npt.NDArray[np.bool_]) -> Curve:
        """The threshold is the lowest that lets through few enough of the unsupported."""
        seen = rows & ~judged.objected
        model = LogisticRegression(C=_WEAK).fit(judged.logits[seen], judged.supported[seen])
        whole, weakest = (float(each) for each in model.coef_[0])
        curve = cls(whole, weakest, float(model.intercept_[0]), 0.0)
        scores = curve.scores(judged)
        wrong = rows & ~judged.supported
        for threshold in np.arange(0.3, 0.96, 0.01):
            accepted = ~judged.objected & (scores >= threshold)
            if accepted[wrong].mean() <= MOST_ACCEPTED:
                break
        return cls(curve.whole, curve.weakest, curve.offset, round(float(threshold), 2))

    def scores(self, judged: Judged) -> npt.NDArray[np.float64]:
        joined = judged.logits @ np.array([self.whole, self.weakest]) + self.offset
        joined -= UNSAID * judged.unsaid
        return np.asarray(1 / (1 + np.exp(-joined)))


def judge(cases: list[dict[str, object]], model: EntailmentModel) -> Judged:
    logits, missing, objected = [], [], []
    for case in cases:
        quotes = [str(each) for each in case["evidence"]]  # type: ignore[attr-defined]
        word, body = split_answer(str(case["sentence"]).strip())
        reasons = objections(
            NormalForm.of(body), NormalForm.of("\n\n".join(quotes)), word.lower(), company=""
        )
        scored = model.score(in_figures(body), [in_figures(quote) for quote in quotes])
        logits.append((logit(scored.whole), logit(scored.weakest)))
        missing.append(unsaid(body, quotes))
        objected.append(bool(reasons))
    return Judged(
        np.array(logits),
        np.array(missing),
        np.array([bool(case["supported"]) for case in cases]),
        np.array(objected),
        [str(case["kind"]) for case in cases],
    )


def main() -> None:
    cases = [json.loads(line) for line in SUPPORT_CASES.read_text("utf-8").splitlines()]
    judged = judge(cases, shipped())
    first_quotes = list(dict.fromkeys(case["evidence"][0] for case in cases))
    # Cases on one quote are judged together.
    fold = np.array([first_quotes.index(case["evidence"][0]) % FOLDS for case in cases])
    accepted = np.zeros(len(cases), dtype=bool)
    for held_out in range(FOLDS):
        curve = Curve.fitted(judged, fold != held_out)
        at = fold == held_out
        accepted[at] = ~judged.objected[at] & (curve.scores(judged)[at] >= curve.threshold)
    for label in (True, False):
        own = judged.supported == label
        rules = (~judged.objected)[own].sum()
        print(
            f"{'supported' if label else 'unsupported'}: {accepted[own].sum()} of {own.sum()} "
            f"accepted, {rules} by the rules alone"
        )
    for at in np.flatnonzero(accepted & ~judged.supported):
        print(f"  unsupported and accepted: {judged.kinds[at]}: {cases[at]['sentence']}")
    print(Curve.fitted(judged, np.ones(len(cases), dtype=bool)))


if __name__ == "__main__":
    main()
