"""Question and clause read together: how likely is it that each unit answers?"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.embedder import EmbeddingText, Vectors
from index.trained import RERANKER, TrainedWeights

if TYPE_CHECKING:
    from index.layers import JointScorer, LowerLayers, States

_LONGEST_QUESTION = 64  # tokens
_KEPT = 256  # clauses whose lower states stay in memory, some 100 KB each
_TOGETHER = 4  # clauses of about one length that are read at once
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
    are kept. Computes in bfloat16 where the processor has instructions for it, elsewhere in
    float32. Raises ModelError.
    """

    def __init__(self, weights: TrainedWeights = RERANKER) -> None:
        self._weights = weights
        self._lock = threading.Lock()
        self._kept: OrderedDict[EmbeddingText, States] = OrderedDict()

    @property
    def identity(self) -> str:
        return self._weights.identity

    def score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        if not texts:
            return []
        with self._lock:
            return self._score(question, texts)

    def _score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        import torch  # seconds, which most commands need not spend

        lower, scorer = self._network
        logits = [np.full(len(text.units), _NOTHING, dtype=np.float32) for text in texts]
        with torch.inference_mode():
            asked = lower.read([EmbeddingText("", (question,))], _LONGEST_QUESTION)[0]
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
            self._kept[text] = states
            self._kept.move_to_end(text)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return [known[text] for text in texts]

    @cached_property
    def _network(self) -> tuple[LowerLayers, JointScorer]:
        from index.layers import JointScorer, LowerLayers, fast_dtype

        dtype = fast_dtype()
        lower = LowerLayers(dtype)
        scorer = JointScorer(lower.upper)
        scorer.load_state_dict(self._weights.read())
        return lower, scorer.to(dtype).eval()
