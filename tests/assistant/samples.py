"""Language models that can be reckoned by hand, and an assistant over the sample corpus."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from assistant import Assistant, Settings
from assistant.generator import Generator
from index.embedder import SentenceTransformerEmbedder
from index.reranker import EvidenceReranker

ROOT = Path(__file__).parents[2]
CORPUS = sorted(path for path in (ROOT / "corpus").glob("*.md") if path.stem != "README")
SHARED = ROOT.parent / "shared"


class Scripted:
    """Gives its replies one after the other, and keeps the prompts."""

    identity = "scripted@1"

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies)
        self.prompts: list[str] = []

    def write(self, prompt: str, max_tokens: int) -> str:
        self.prompts.append(prompt)
        return self.replies.pop(0)


class Unwilling:
    """Must not be used."""

    identity = "unwilling@1"

    def write(self, prompt: str, max_tokens: int) -> str:
        raise AssertionError("the language model was used")


@cache
def real_embedder() -> SentenceTransformerEmbedder:
    """The packaged model, loaded once for all tests."""
    return SentenceTransformerEmbedder()


@cache
def real_reranker() -> EvidenceReranker:
    """The trained reranker, loaded once for all tests."""
    return EvidenceReranker()


def assistant_on(
    folder: Path, generator: Generator | None = None, settings: Settings | None = None
) -> Assistant:
    """The packaged models, and by default no language model."""
    return Assistant(
        folder, settings or Settings(), real_embedder(), generator or Unwilling(), real_reranker()
    )


@cache
def corpus_folder() -> Path:
    """An index of the sample corpus, made once; not to be written to."""
    folder = Path(tempfile.mkdtemp(prefix="corpus-index-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assistant_on(folder).add(CORPUS)
    return folder
