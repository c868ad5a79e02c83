"""How likely it is that the quotes carry the sentence: a learnt score, beside the rules.

assistant/weights/README.md says what it was trained on, and how well it does.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ModelError
from index.log_odds import probability
from index.models.weights_file import TrainedWeights

if TYPE_CHECKING:
    from assistant.support.entailment_network import EntailmentNetwork

ENTAILMENT = TrainedWeights(
    "entailment",
    "2550bb513b0f43ac8de509dc28e20ad4697136655f1b360f3f2072fea88b60cf",
    Path(__file__).parents[1] / "weights",
)


@dataclass(frozen=True, slots=True)
class Entailment:
    """Probabilities, in [0, 1], that the quotes carry the whole sentence and its weakest word.

    `word` is that word.
    """

    whole: float
    weakest: float
    word: str


class EntailmentModel:
    """The trained network. Loads on first use; safe to share between threads."""

    def __init__(self, weights: TrainedWeights = ENTAILMENT) -> None:
        self._weights = weights
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        return self._weights.identity

    def load(self) -> None:
        """Loads the network ahead of the first sentence. Raises ModelError."""
        with self._lock:
            _ = self._loaded

    def score(self, sentence: str, quotes: Sequence[str]) -> Entailment:
        """How far the quotes carry the sentence.

        Sentence and quotes are read together, up to 256 tokens; what follows does not count. A
        sentence that cannot be read to its end is not carried. Raises ModelError.
        """
        import torch  # seconds, which most commands need not spend

        from assistant.support.entailment_network import encoded

        with self._lock, torch.inference_mode():
            network, tokenizer = self._loaded
            inputs = encoded(tokenizer, [(sentence, " ".join(quotes))])
            whole, tokens = network(inputs)
            said = inputs.said[0]
            logits = tokens[0].masked_fill(~said, torch.inf)
            weakest = int(logits.argmin())
            start, end = inputs.offsets[0, weakest].tolist()
            read = int(inputs.offsets[0, said, 1].max()) if said.any() else 0
        unread = next((i for i in range(read, len(sentence)) if sentence[i].isalnum()), None)
        if unread is not None:
            return Entailment(0.0, 0.0, _word_at(sentence, unread, unread + 1))
        return Entailment(
            probability(float(whole[0])),
            probability(float(logits[weakest])) if said.any() else 0.0,
            _word_at(sentence, start, end),
        )

    @cached_property
    def _loaded(self) -> tuple[EntailmentNetwork, Any]:
        from assistant.support.entailment_network import EntailmentNetwork
        from index.models.sentence_transformer import load_packaged

        model: Any = load_packaged()
        bert = model[0].auto_model
        bert.set_attn_implementation("eager")  # on short texts faster than fused kernels
        network = EntailmentNetwork(bert)
        try:
            network.load_state_dict(
                {name: tensor.float() for name, tensor in self._weights.read().items()},
                strict=False,
            )
        except RuntimeError as error:
            raise ModelError(
                f"{str(self._weights.file)!r} does not fit the embedding model ({error}): "
                "install policy-assistant again"
            ) from error
        return network.eval(), model.tokenizer


@cache
def shipped() -> EntailmentModel:
    """The network that the project ships; one per process."""
    return EntailmentModel()


def _word_at(text: str, start: int, end: int) -> str:
    """The whole word that a token is part of."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]
