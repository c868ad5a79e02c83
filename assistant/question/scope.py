"""Whether a question is about policies at all: weather, code and small talk are not.

Rules recognise two unmistakable forms: a greeting and nothing else, and orders to the assistant
about its own instructions. The rest is learnt: a logistic regression on the question's vector and
its words, fitted by `python -m benchmarks.training.scope`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.log_odds import probability
from index.models.embedder import Vectors
from index.text.query_words import STOP_WORDS, words

_GREETING = re.compile(
    r"""(?:\W*\b(?:hi|hiya|hello|hey|greetings|good\ (?:morning|afternoon|evening|day|night)
    |thanks?|thank\ you|thx|bye|goodbye)\b(?:\ (?:there|all|again|everyone|assistant
    |(?:so|very)\ much|a\ lot))?)+\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_ORDER = re.compile(
    r"""\W*(?:(?:please|now|ok|okay|and|then)\b\W*)*(?:
    (?:ignore|disregard|forget|override|bypass)\ (?:(?:all|any|of|the|my|these)\ )*
        (?:(?:your|previous|prior|above|earlier)\ )+
        (?:instructions?|prompts?|rules|guidelines|directions|restrictions)\b
    |(?:ignore|disregard|forget)\ (?:everything|all|what)\ (?:you\ were\ told|i\ said|above)\b
    |(?:print|show|reveal|repeat|output|display|tell|give|what\ is|what's|what\ are)\ .{0,20}
        \byour\ (?:system|hidden|secret|initial|original)\ (?:prompts?|instructions?)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAST_WORDS = 3
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\?")


class WordWeight(NamedTuple):
    """How rare a word is among the training questions, and what it says about the scope."""

    rarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class ScopeModel:
    """A logistic regression on a question's unit vector and the unit vector of its words.

    `embedding` is the identity of the model that the vectors come from; `weights` has its
    dimension. `words` are those of `words_of` that count. A question whose probability is above
    `threshold` is taken to be out of scope.
    """

    embedding: str
    weights: Vectors
    words: Mapping[str, WordWeight]
    intercept: float
    threshold: float

    @staticmethod
    def from_json(text: str) -> ScopeModel:
        data = json.loads(text)
        return ScopeModel(
            embedding=data["embedding"],
            weights=np.array(data["weights"], dtype=np.float32),
            words={word: WordWeight(*pair) for word, pair in data["words"].items()},
            intercept=data["intercept"],
            threshold=data["threshold"],
        )

    def probability(self, question: str, vector: Vectors) -> float:
        """The probability, in (0, 1), that the question is out of scope, at even prior odds."""
        known = [self.words[word] for word in sorted(words_of(question)) if word in self.words]
        length = math.hypot(*(word.rarity for word in known)) or 1.0
        by_words = sum(word.rarity * word.weight for word in known) / length
        return probability(float(self.weights @ vector) + by_words + self.intercept)


def out_of_scope(question: str, vector: Vectors, embedding: str) -> float:
    """The probability, in [0, 1], that the question is not about policies, at even prior odds.

    `vector` is the question's, of unit length, and `embedding` the identity of the model it comes
    from. What was learnt holds for one model: with vectors of another, what the rules recognise is
    out of scope (1.0) and everything else is not (0.0).
    """
    if has_outside_form(question):
        return 1.0
    model = scope_model()
    return model.probability(question, vector) if embedding == model.embedding else 0.0


def is_out_of_scope(question: str, vector: Vectors, embedding: str) -> bool:
    """Whether `out_of_scope` is sure enough: it is wrong about 1 in 200 policy questions."""
    return out_of_scope(question, vector, embedding) > scope_model().threshold


def asks_nothing(question: str) -> bool:
    """Whether it is just a word or two that mean nothing by themselves: "why?", "a"."""
    said = words(question)
    return len(said) < _LEAST_WORDS and STOP_WORDS.issuperset(said)


def has_outside_form(question: str) -> bool:
    """Whether it is just a greeting, or orders about the assistant's instructions."""
    line = " ".join(question.replace("’", "'").split())
    return bool(_GREETING.fullmatch(line) or _ORDER.match(line))


def words_of(question: str) -> frozenset[str]:
    """Words and question marks in lower case, and pairs of neighbours; ^ and $ are the ends."""
    words = _WORD.findall(question.lower().replace("’", "'"))
    return frozenset(words) | {" ".join(pair) for pair in pairwise(["^", *words, "$"])}


@cache
def scope_model() -> ScopeModel:
    """The shipped model, read once."""
    file = resources.files("assistant") / "weights" / "scope.json"
    return ScopeModel.from_json(file.read_text(encoding="utf-8"))
