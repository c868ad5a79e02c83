"""An embedder for benchmarks in which the vectors of clauses do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.models.embedder import ClauseVectors, SentenceTransformerEmbedder, Vectors
from index.types import EmbeddingText


class RandomClauses(SentenceTransformerEmbedder):
    """Embeds questions as usual, and gives clauses random vectors of length 1."""

    def encode_clauses(
        self, texts: Sequence[EmbeddingText]
    ) -> Iterator[list[tuple[int, ClauseVectors]]]:
        random = np.random.default_rng(1)
        for number, text in enumerate(texts):
            drawn = random.standard_normal((len(text.units) + 1, self.dimension), np.float32)
            vectors: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
            yield [(number, ClauseVectors(vectors[0], vectors[1:]))]
