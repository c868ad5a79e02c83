"""Fits what tells policy questions from all others, and writes assistant/weights/scope.json.

    python -m benchmarks.training.scope

Fitted on scope_questions.jsonl beside this file and, where they are on disk, on the questions of
questions_train and PrivacyQA, all in scope. Regularisation and threshold come from a
cross-validation in which the questions about one service stay together. To be run again whenever
the packaged embedding changes.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedGroupKFold

from assistant.question.scope import has_outside_form, out_of_scope, scope_model, words_of
from benchmarks.data import FIRST_USERS, LABELLED, ROOT, SHARED, TRAIN_QUESTIONS
from index.models.embedder import Embedder, SentenceTransformerEmbedder, Vectors
from ui.cli.progress import bars

OWN_QUESTIONS = Path(__file__).with_name("scope_questions.jsonl")
HELD_OUT = ROOT / "tests" / "data" / "scope_questions.jsonl"
PRIVACYQA = SHARED / "data" / "privacyqa_train_questions.jsonl"
WEIGHTS = ROOT / "assistant" / "weights" / "scope.json"

_OWN = "our own"
_STRENGTHS = (0.5, 1.0, 2.0, 4.0, 8.0)  # inverse regularisation
_FOLDS = 5
_LEAST_SEEN = 3  # of our own questions hold a word that counts
_FALSE_ALARMS = (0.005, 0.01, 0.02)  # of the questions in scope; the first sets the threshold
_DIGITS = 4

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScopeQuestion:
    """`source` is the name of a data set; `group` is what cross-validation keeps together."""

    text: str
    outside: bool
    source: str
    group: str

    @property
    def own(self) -> bool:
        """Whether it was written for this."""
        return self.source == _OWN


@dataclass(frozen=True, slots=True)
class Encoded:
    """Questions as the model reads them: vectors beside words, row by row."""

    questions: Sequence[ScopeQuestion]
    rows: Vectors

    @property
    def outside(self) -> Flags:
        return np.array([each.outside for each in self.questions])


def main() -> None:
    embedder = SentenceTransformerEmbedder()
    questions = training_questions()
    vectors = _vectors([each.text for each in questions], embedder)
    words = rarities([each.text for each in questions if each.own])
    data = Encoded(questions, rows_of([each.text for each in questions], vectors, words))
    inside = ~data.outside

    folded = {strength: _out_of_fold(data, strength) for strength in _STRENGTHS}
    losses = {strength: _loss(data, probabilities) for strength, probabilities in folded.items()}
    strength = min(_STRENGTHS, key=losses.__getitem__)
    probabilities = np.array(
        [
            1.0 if has_outside_form(each.text) else sure
            for each, sure in zip(questions, folded[strength], strict=True)
        ]
    )
    thresholds = [threshold_for(probabilities[inside], share) for share in _FALSE_ALARMS]
    model = _regression(strength).fit(data.rows, data.outside, sample_weight=balance(questions))
    _write(embedder, model, words, thresholds[0])

    print(f"{len(words)} words, C = {strength}; called out of scope above {thresholds}:")
    print("cross-validated:")
    for source, outside in sorted({(each.source, each.outside) for each in questions}):
        picked = [(each.source, each.outside) == (source, outside) for each in questions]
        _print_shares(source, outside, probabilities[picked], thresholds)
    print("as written, on questions that it was not fitted on:")
    held_out = _lines(HELD_OUT)
    for outside in (False, True):
        texts = [each["question"] for each in held_out if each["in_scope"] != outside]
        _print_shares("held out", outside, _probabilities(texts, embedder), thresholds)
    for name, file in {
        "policyqa_dev": LABELLED[0] / "questions.jsonl",
        "users": FIRST_USERS,
    }.items():
        _print_shares(name, False, _probabilities(_texts(file), embedder), thresholds)


def training_questions() -> list[ScopeQuestion]:
    """All that is fitted on, each text once; the first source that has it counts."""
    found = [
        ScopeQuestion(item["question"], not item["in_scope"], _OWN, item["question"])
        for item in _lines(OWN_QUESTIONS)
    ]
    found += [
        ScopeQuestion(item["question"], False, "questions_train", Path(item["doc"]).parent.name)
        for item in _lines(TRAIN_QUESTIONS)
    ]
    found += [
        ScopeQuestion(item["question"], False, "PrivacyQA", item["policy_name"])
        for item in _lines(PRIVACYQA)
        if item["opp115"]  # those about no practice at all are partly off the point
    ]
    first: dict[str, ScopeQuestion] = {}
    for each in found:
        first.setdefault(each.text, each)
    return list(first.values())


def rarities(texts: Sequence[str]) -> dict[str, float]:
    """The words that some of the texts share, with their inverse document frequency."""
    counts = Counter(word for text in texts for word in words_of(text))
    return {
        word: round(math.log(len(texts) / count), _DIGITS)
        for word, count in sorted(counts.items())
        if count >= _LEAST_SEEN
    }


def rows_of(
    texts: Sequence[str], vectors: Mapping[str, Vectors], words: Mapping[str, float]
) -> Vectors:
    """Each text's vector and its words, both of unit length, side by side."""
    column = {word: at for at, word in enumerate(words)}
    counted = np.zeros((len(texts), len(words)), dtype=np.float32)
    for row, text in zip(counted, texts, strict=True):
        for word in words_of(text) & words.keys():
            row[column[word]] = words[word]
        row /= np.linalg.norm(row) or 1.0
    return np.hstack([np.stack([vectors[text] for text in texts]), counted])


def balance(questions: Sequence[ScopeQuestion]) -> Numbers:
    """Weights: out of scope and in scope count the same, and so do our own of these and others."""
    sizes = Counter((each.outside, each.own) for each in questions)
    parts = Counter(outside for outside, _ in sizes)
    weights = np.array(
        [1 / parts[each.outside] / sizes[each.outside, each.own] for each in questions]
    )
    scaled: Numbers = weights / weights.mean()
    return scaled


def threshold_for(inside: Numbers, false_alarms: float) -> float:
    """The lowest threshold that at most that share of the in-scope probabilities are above."""
    most = int(false_alarms * len(inside))
    highest_left = float(np.sort(inside)[-most - 1])
    return float(math.ceil(highest_left * 10**_DIGITS) / 10**_DIGITS)


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=1000)


def _out_of_fold(data: Encoded, strength: float) -> Numbers:
    """Each question's probability by a model that has seen none of its group."""
    weights, outside = balance(data.questions), data.outside
    groups = [each.group for each in data.questions]
    probabilities: Numbers = np.zeros(len(groups))
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    for kept, left in folds.split(data.rows, outside, groups):
        model = _regression(strength)
        model.fit(data.rows[kept], outside[kept], sample_weight=weights[kept])
        probabilities[left] = model.predict_proba(data.rows[left])[:, 1]
    return probabilities


def _loss(data: Encoded, probabilities: Numbers) -> float:
    return float(log_loss(data.outside, probabilities, sample_weight=balance(data.questions)))


def _write(
    embedder: Embedder, model: LogisticRegression, words: Mapping[str, float], threshold: float
) -> None:
    coefficients = [round(float(each), _DIGITS) for each in model.coef_[0]]
    weights = coefficients[: embedder.dimension]
    of_words = coefficients[embedder.dimension :]
    kept = {
        "embedding": embedder.identity,
        "intercept": round(float(model.intercept_[0]), _DIGITS),
        "threshold": threshold,
        "weights": weights,
        "words": {word: pair for word, *pair in zip(words, words.values(), of_words, strict=True)},
    }
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
    scope_model.cache_clear()


def _probabilities(texts: Sequence[str], embedder: Embedder) -> Numbers:
    vectors = _vectors(texts, embedder)
    return np.array([out_of_scope(text, vectors[text], embedder.identity) for text in texts])


def _vectors(texts: Sequence[str], embedder: Embedder) -> dict[str, Vectors]:
    vectors = {}
    with bars("embedding", len(texts), "question") as bar:
        for text in texts:
            vectors[text] = embedder.encode_query(text)
            bar.update(1)
    return vectors


def _lines(file: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; none if it is not on disk."""
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _texts(file: Path) -> list[str]:
    return list(dict.fromkeys(item["question"] for item in _lines(file)))


def _print_shares(
    source: str, outside: bool, probabilities: Numbers, thresholds: Sequence[float]
) -> None:
    shares = ", ".join(
        f"{(probabilities > threshold).sum()}/{len(probabilities)}" for threshold in thresholds
    )
    print(f"  {source}, {'out of' if outside else 'in'} scope: {shares}")


if __name__ == "__main__":
    main()
