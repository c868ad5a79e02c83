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
_QUESTION_END = 400  # characters of a longer question: what is asked stands at its end
_KEPT = 256  # clauses whose lower states stay in memory, some 100 KB each
_TOGETHER = 4  # clauses of about one length that are read at once
_SCORED = 128  # pairs of question and clause whose logits stay: asked again, searched again
_NOTHING = -10.0  # the logit of a unit past what is read


class Reranker(Protocol):
    """What the retriever needs of a reranker. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights."""

    def score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        """Logits of each text's units, shape (units,): above 0, "rather this than nothing"."""


class EvidenceReranker:
    """The trained reranker (index/weights/README.md). Safe to share between threads.

    A clause's lower states do not depend on the question, so that those of the last 256 clauses
    are kept; so are the logits of the last 128 pairs. Computes in bfloat16 where the processor has
    instructions for it, elsewhere in float32. Raises ModelError.
    """

    def __init__(self, weights: TrainedWeights = RERANKER) -> None:
        self._weights = weights
        self._lock = threading.Lock()
        self._kept: OrderedDict[EmbeddingText, States] = OrderedDict()
        self._scored: OrderedDict[tuple[str, EmbeddingText], Vectors] = OrderedDict()

    @property
    def identity(self) -> str:
        return self._weights.identity

    def score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        with self._lock:
            pairs = [(question, text) for text in texts]
            known = {pair: self._scored[pair] for pair in pairs if pair in self._scored}
            missing = [pair for pair in dict.fromkeys(pairs) if pair not in known]
            made = self._score(question, [text for _, text in missing])
            known.update(zip(missing, made, strict=True))
            for pair, logits in known.items():
                _keep(self._scored, pair, logits, _SCORED)
            return [known[pair].copy() for pair in pairs]

    def _score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        if not texts:
            return []
        import torch  # seconds, which most commands need not spend

        lower, scorer = self._network
        logits = [np.full(len(text.units), _NOTHING, dtype=np.float32) for text in texts]
        with torch.inference_mode():
            asked = lower.read([EmbeddingText("", (_end(question),))], _LONGEST_QUESTION)[0]
            states = self._states(texts)
            order = sorted(range(len(texts)), key=lambda at: len(states[at].units))
            for first in range(0, len(order), _TOGETHER):
                batch = order[first : first + _TOGETHER]
                found, rows, units = scorer([asked] * len(batch), [states[at] for at in batch])
                for logit, row, unit in zip(
                    found.tolist(), rows.tolist(), units.tolist(), strict=True
                ):
                    logits[batch[row]][unit] = logit
        return logits

    def _states(self, texts: Sequence[EmbeddingText]) -> list[States]:
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        known = {text: self._kept[text] for text in texts if text in self._kept}
        known.update(zip(missing, self._network[0].read(missing), strict=True))
        for text, states in known.items():
            _keep(self._kept, text, states, _KEPT)
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
