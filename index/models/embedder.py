"""Texts -> vectors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.models.sentence_transformer import (
    PACKAGED_MODEL,
    PACKAGED_SHA256,
    load_model,
    load_packaged,
    packaged_folder,
    sha256_of_model,
)
from index.models.weights_file import ENCODER, TrainedWeights
from index.models.windows import Window, windows_of
from index.paths import at_home
from index.types import EmbeddingText

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

_METHOD = "late1"  # how the vectors of units are computed: part of the identity
_BATCH = 32


@dataclass(frozen=True, slots=True)
class ClauseVectors:
    """Unit-length float32 vectors: `clause` of shape (dimension,), `units` (units, dimension)."""

    clause: Vectors
    units: Vectors


class Embedder(Protocol):
    """What the index needs of an embedding model. Constructing one loads nothing."""

    @property
    def identity(self) -> str:
        """Names the weights and the method; vectors of two identities cannot be compared."""

    @property
    def dimension(self) -> int:
        """The length of every vector."""

    @property
    def budget(self) -> int:
        """How many tokens of a text are read, special ones not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's tokens in each text, special ones not counted."""

    def encode_query(self, question: str) -> Vectors:
        """The unit-length vector of a question, shape (dimension,)."""

    def encode_clauses(
        self, texts: Sequence[EmbeddingText]
    ) -> Iterator[list[tuple[int, ClauseVectors]]]:
        """Batches of (position in `texts`, vectors), longest texts first; each position once."""


class SentenceTransformerEmbedder:
    """A model that sentence-transformers loads: the packaged one, a folder, or a hub name.

    One forward pass gives a clause's vector and those of its units: a unit's vector is the mean
    of the vectors of its tokens, so that it reflects the clause around it ("late chunking",
    Günther et al. 2024, arXiv:2409.04701). Models that do not pool by mean embed the units one by
    one. The packaged model gets upper layers that were trained to find evidence
    (index/weights/README.md). Safe to share between threads. Raises ModelError.
    """

    def __init__(self, model: str = PACKAGED_MODEL, weights: TrainedWeights = ENCODER) -> None:
        self._name = model
        self._weights = weights
        self._lock = threading.Lock()

    @cached_property
    def folder(self) -> Path | None:
        """Where the model lies on disk; None for a hub name."""
        if self._name == PACKAGED_MODEL:
            return packaged_folder()
        path = at_home(Path(self._name))
        return path if path.is_dir() else None

    @cached_property
    def identity(self) -> str:
        if self._name == PACKAGED_MODEL:
            return f"{PACKAGED_MODEL}@{PACKAGED_SHA256[:12]}+{self._weights.identity}+{_METHOD}"
        if self.folder is None:
            return f"{self._name}+{_METHOD}"
        return f"{self.folder.name}@{sha256_of_model(self.folder)[:12]}+{_METHOD}"

    @property
    def dimension(self) -> int:
        if self._name == PACKAGED_MODEL:
            return 384
        size = self._model.get_embedding_dimension()
        if size is None:
            raise ModelError(f"the model {self._name!r} does not say how long its vectors are")
        return int(size)

    @property
    def budget(self) -> int:
        if self._name == PACKAGED_MODEL:
            return 254  # 256, less [CLS] and [SEP]
        return int(self._model.max_seq_length or 512) - 2

    @property
    def loaded(self) -> bool:
        """Whether the model's weights are in memory."""
        return "_model" in self.__dict__

    @cached_property
    def _counter(self) -> Callable[[Sequence[str]], list[int]]:
        file = self.folder / "tokenizer.json" if self.folder else None
        if file is not None and file.is_file():
            from tokenizers import Tokenizer  # counts without loading torch

            tokenizer = Tokenizer.from_file(str(file))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            return lambda texts: [
                len(encoding.ids)
                for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False)
            ]
        slow: Any = self._model.tokenizer
        return lambda texts: [len(slow.tokenize(text)) for text in texts]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._counter(texts)

    @cached_property
    def _model(self) -> SentenceTransformer:
        if self._name != PACKAGED_MODEL:
            return load_model(self._name, str(self.folder or self._name))
        model: Any = load_packaged()
        state = model[0].auto_model.state_dict()
        for name, weights in self._weights.read().items():
            state[f"encoder.layer.{name}"] = weights
        model[0].auto_model.load_state_dict(state)
        return cast("SentenceTransformer", model)

    def encode_query(self, question: str) -> Vectors:
        with self._lock:
            vector = self._model.encode_query(
                question, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vector, dtype=np.float32)

    def encode_clauses(
        self, texts: Sequence[EmbeddingText]
    ) -> Iterator[list[tuple[int, ClauseVectors]]]:
        wholes = [Window.whole(text) for text in texts]
        tokens = self.count_tokens([whole.text for whole in wholes])
        windows = [
            [whole] if count <= self.budget else windows_of(text, self.budget, self.count_tokens)
            for text, whole, count in zip(texts, wholes, tokens, strict=True)
        ]
        order = sorted(range(len(texts)), key=lambda index: -min(tokens[index], self.budget))
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            with self._lock:
                vectors = self._encode_batch(batch, texts, windows)
            yield vectors  # outside the lock: questions take their turn while these are stored

    def _encode_batch(
        self, batch: list[int], texts: Sequence[EmbeddingText], windows: list[list[Window]]
    ) -> list[tuple[int, ClauseVectors]]:
        read = self._read([window for index in batch for window in windows[index]])
        result = []
        for index in batch:
            unit_sums = np.zeros((len(texts[index].units), self.dimension), dtype=np.float32)
            clause_sum = np.zeros(self.dimension, dtype=np.float32)
            for window in windows[index]:
                vector, unit_vectors = next(read)
                clause_sum += vector * len(window.text)
                for (unit, start, end), unit_vector in zip(window.spans, unit_vectors, strict=True):
                    unit_sums[unit] += unit_vector * (end - start)
            unit_sums[~unit_sums.any(axis=1)] = clause_sum  # units past the last window
            vectors = ClauseVectors(_unit_length(clause_sum), _unit_length(unit_sums))
            result.append((index, vectors))
        return result

    def _read(self, windows: list[Window]) -> Iterator[tuple[Vectors, list[Vectors]]]:
        """The vector of each window and those of its spans, not scaled to unit length."""
        texts = [window.text for window in windows]
        prompt = self._document_prompt
        outputs: Any = self._model.encode_document(
            texts, output_value=None, batch_size=_BATCH, show_progress_bar=False
        )
        if not self._pools_by_mean:
            yield from self._read_one_by_one(windows, outputs)
            return
        tokenizer: Any = self._model.tokenizer
        offsets = tokenizer(
            [prompt + text for text in texts],
            return_offsets_mapping=True,
            truncation=True,
            max_length=self.budget + 2,
        )["offset_mapping"]
        for window, output, pairs in zip(windows, outputs, offsets, strict=True):
            tokens = output["token_embeddings"].numpy()[: len(pairs)]
            yield (
                output["sentence_embedding"].numpy(),
                _span_means(tokens, np.asarray(pairs) - len(prompt), window.spans),
            )

    def _read_one_by_one(
        self, windows: list[Window], outputs: Any
    ) -> Iterator[tuple[Vectors, list[Vectors]]]:
        for window, output in zip(windows, outputs, strict=True):
            parts = [window.text[start:end] for _, start, end in window.spans]
            vectors = self._model.encode_document(parts, show_progress_bar=False)
            yield output["sentence_embedding"].numpy(), list(vectors)

    @cached_property
    def _pools_by_mean(self) -> bool:
        modules: list[Any] = list(self._model)
        names = [type(module).__name__ for module in modules]
        known = names in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        return known and modules[1].pooling_mode == "mean" and modules[1].include_prompt

    @cached_property
    def _document_prompt(self) -> str:
        prompts = self._model.prompts
        known = [prompts[name] for name in ("document", "passage", "corpus") if name in prompts]
        return (known[0] or "") if known else ""


def _span_means(
    tokens: Vectors, offsets: npt.NDArray[np.int64], spans: Sequence[tuple[int, int, int]]
) -> list[Vectors]:
    starts, ends = offsets[:, 0], offsets[:, 1]
    means = []
    for _, start, end in spans:
        inside = (starts >= start) & (ends <= end) & (ends > starts)
        means.append(tokens[inside].mean(axis=0) if inside.any() else tokens.mean(axis=0))
    return means


def _unit_length(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return scaled
