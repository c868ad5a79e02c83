"""Fakes that a reader can compute by hand, and the order of the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import hypothesis
import numpy as np
import pytest

from index.models.embedder import ClauseVectors, Vectors
from index.store.database import Store
from index.types import EmbeddingText

LETTERS = "aeo"

# Other processes may take the processor for longer than an example may take by default; what must
# not be slow has tests of its own.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that no worker is left with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def letter_vector(text: str) -> Vectors:
    """How many a, e and o, and 1; scaled to length 1."""
    counts = [text.lower().count(letter) for letter in LETTERS]
    vector = np.array([*counts, 1], dtype=np.float32)
    return vector / np.float32(np.linalg.norm(vector))


class FakeEmbedder:
    """Letter counts for vectors, words for tokens. Notes what it embeds, in batches of two.

    After `interrupt_after` texts it raises KeyboardInterrupt, as Ctrl-C does.
    """

    identity = "fake@1"
    dimension = len(LETTERS) + 1
    budget = 40

    def __init__(self, interrupt_after: int | None = None) -> None:
        self.interrupt_after = interrupt_after
        self.embedded: list[EmbeddingText] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_query(self, question: str) -> Vectors:
        return letter_vector(question)

    def encode_clauses(
        self, texts: Sequence[EmbeddingText]
    ) -> Iterator[list[tuple[int, ClauseVectors]]]:
        for first in range(0, len(texts), 2):
            batch = []
            for index, text in enumerate(texts[first : first + 2], start=first):
                if len(self.embedded) == self.interrupt_after:
                    raise KeyboardInterrupt
                self.embedded.append(text)
                whole = letter_vector(" ".join((text.context, *text.units)))
                units = np.stack([letter_vector(unit) for unit in text.units])
                batch.append((index, ClauseVectors(whole, units)))
            yield batch


class FakeReranker:
    """A logit of 2 for each word that a unit shares with the question, less 1."""

    identity = "fake-reranker@1"

    def __init__(self) -> None:
        self.read: list[tuple[str, list[EmbeddingText]]] = []

    def score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        self.read.append((question, list(texts)))
        asked = _words(question)
        return [
            np.array([2 * len(asked & _words(unit)) - 1 for unit in text.units], dtype=np.float32)
            for text in texts
        ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty index for the fake embedder."""
    return Store.open_or_create(tmp_path / "index", FakeEmbedder.identity, FakeEmbedder.dimension)
