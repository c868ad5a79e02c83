from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.writing.quote_writer import QuoteWriter
from index.models.embedder import Embedder
from tests.assistant.samples import Unwilling, assistant_on, corpus_folder
from tests.conftest import FakeReranker

NO_MODEL = QuoteWriter(Unwilling(), Settings().support_threshold)
AddText = Callable[[str], None]


@pytest.fixture(scope="session")
def corpus() -> Assistant:
    """Reads the sample corpus with the packaged embedding model; no language model."""
    return assistant_on(corpus_folder())


@pytest.fixture
def small(tmp_path: Path, embedder: Embedder) -> Assistant:
    """An index of nothing yet, for the fake embedder; no language model."""
    return Assistant(tmp_path / "index", Settings(), embedder, NO_MODEL, FakeReranker())


@pytest.fixture
def add_acme(small: Assistant, tmp_path: Path) -> AddText:
    """Adds the given text as the newest version of the policy "acme"."""
    path = tmp_path / "acme.txt"

    def add(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        (result,) = small.add([path])
        assert result.reason == ""

    return add
