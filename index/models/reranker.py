"""Question and clause read together: how likely is it that each unit answers?"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from index.models.embedder import Vectors
from index.models.weights_file import RERANKER, TrainedWeights
from index.types import EmbeddingText

if TYPE_CHECKING:
    from index.models.minilm import JointScorer, LowerLayers, States

_K = TypeVar("_K")
_V = TypeVar("_V")
_LONGEST_QUESTION = 128  # tokens
_QUESTION_END = 400  # characters that are read of a longer question: what it asks is at its end
_STATES_KEPT = 256  # clauses whose lower states stay in memory, some 100 KB each
_LOGITS_KEPT = 128  # pairs of question and clause: for a question that is searched again
_BATCH = 4  # clauses of about the same length that are read at once
_UNREAD = -10.0  # the logit of a unit past what is read


class Reranker(Protocol):
    """What the retriever needs of a reranker. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights."""

    def score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        """The logits of the units of each text, shape (units,).

        Above 0, the unit is more likely to answer than it is that none does.
        """


class EvidenceReranker:
    """The trained reranker (index/weights/README.md). Safe to share between threads.

    The lower states of a clause do not depend on the question: those of the last 256 clauses are
    kept, and the logits of the last 128 pairs. Computes in bfloat16 where the processor has
    instructions for it, elsewhere in float32. Raises ModelError.
    """

    def __init__(self, weights: TrainedWeights = RERANKER) -> None:
        self._weights = weights
        self._lock = threading.Lock()
        self._states: OrderedDict[EmbeddingText, States] = OrderedDict()
        self._logits: OrderedDict[tuple[str, EmbeddingText], Vectors] = OrderedDict()

    @property
    def identity(self) -> str:
        return self._weights.identity

    def score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        with self._lock:
            pairs = [(question, text) for text in texts]
            known = {pair: self._logits[pair] for pair in pairs if pair in self._logits}
            missing = [pair for pair in dict.fromkeys(pairs) if pair not in known]
            computed = self._score(question, [text for _, text in missing])
            known.update(zip(missing, computed, strict=True))
            for pair, logits in known.items():
                _keep(self._logits, pair, logits, _LOGITS_KEPT)
            return [known[pair].copy() for pair in pairs]

    def _score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        if not texts:
            return []
        import torch  # seconds, which most commands need not spend

        lower, scorer = self._network
        logits = [np.full(len(text.units), _UNREAD, dtype=np.float32) for text in texts]
        with torch.inference_mode():
            asked = lower.read([EmbeddingText("", (_end(question),))], _LONGEST_QUESTION)[0]
            states = self._states_of(texts)
            order = sorted(range(len(texts)), key=lambda index: len(states[index].units))
            for first in range(0, len(order), _BATCH):
                batch = order[first : first + _BATCH]
                scored = scorer([asked] * len(batch), [states[index] for index in batch])
                for logit, row, unit in zip(*(part.tolist() for part in scored), strict=True):
                    logits[batch[row]][unit] = logit
        return logits

    def _states_of(self, texts: Sequence[EmbeddingText]) -> list[States]:
        missing = [text for text in dict.fromkeys(texts) if text not in self._states]
        known = {text: self._states[text] for text in texts if text in self._states}
        known.update(zip(missing, self._network[0].read(missing), strict=True))
        for text, states in known.items():
            _keep(self._states, text, states, _STATES_KEPT)
        return [known[text] for text in texts]

    @cached_property
    def _network(self) -> tuple[LowerLayers, JointScorer]:
        from index.models.minilm import JointScorer, LowerLayers, fast_dtype

        dtype = fast_dtype()
        lower = LowerLayers(dtype)
        scorer = JointScorer(lower.upper)
        scorer.load_state_dict(self._weights.read())
        return lower, scorer.to(dtype).eval()


def _end(question: str) -> str:
    if len(question) <= _QUESTION_END:
        return question
    return question[-_QUESTION_END:].split(" ", 1)[-1]


def _keep(kept: OrderedDict[_K, _V], key: _K, value: _V, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
