from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import labelled
from tests.assistant.evaluation.samples import a, b, labelled_line, write_set
from tests.conftest import letter_vector


class Letters:
    """Letter counts for vectors."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def encode(self, texts: list[str], *, normalize_embeddings: bool) -> Any:
        assert normalize_embeddings
        return np.stack([letter_vector(text) for text in texts])


def test_plain_retrieval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelled, "SentenceTransformer", Letters)
    documents = {"a.txt": "Ooo oo. Oo o. \n\naaa.", "b.txt": "eee aa."}
    lines = [labelled_line("aaa"), labelled_line("aaa", policies=["b"])]
    found = labelled.plain(write_set(tmp_path / "set", documents, lines))
    assert list(found) == ["paragraphs", "500 characters"]
    everywhere, only_b = found["paragraphs"]
    assert everywhere.passages == (a(16, 20), b(0, 7), a(0, 14))
    assert everywhere.sentences == (a(16, 20), b(0, 7), a(8, 13), a(0, 7))
    assert everywhere.confidence == pytest.approx(1)
    assert only_b.passages == only_b.sentences == (b(0, 7),)
    assert only_b.confidence == pytest.approx((2 * 3 + 1) / (10 * 14) ** 0.5)
    assert found["500 characters"][0].passages == (b(0, 7), a(0, 20))


def test_stretches() -> None:
    assert labelled.stretches(1001 * "x") == [(0, 500), (500, 1000), (1000, 1001)]
