"""Language models that can be reckoned by hand, and an assistant over the sample corpus."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from assistant import Assistant, Settings
from assistant.models.adapted_model import AdaptedModel, SentenceModel
from assistant.writing.quote_writer import QuoteWriter
from assistant.writing.writer import writer_of
from index.models.embedder import SentenceTransformerEmbedder
from index.models.reranker import EvidenceReranker

ROOT = Path(__file__).parents[2]
CORPUS = sorted(path for path in (ROOT / "corpus").glob("*.md") if path.stem != "README")
SHARED = ROOT.parent / "shared"


class Scripted:
    """Gives its replies to the prompts in turn, `others` where one does not pass."""

    identity = "scripted@1"

    def __init__(self, *replies: str, others: Sequence[str] = ()) -> None:
        self.replies = list(replies)
        self.others = list(others)
        self.prompts: list[str] = []

    def load(self) -> None:
        pass

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        self.prompts += prompts
        for at, _ in enumerate(prompts):
            if stopped():
                return
            yield at, self.replies.pop(0)
        for at, _ in enumerate(prompts):
            if wanted(at):
                yield from ((at, other) for other in self.others)


class Unwilling:
    """Must not be used."""

    identity = "unwilling@1"

    def load(self) -> None:
        raise AssertionError("the language model was used")

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        raise AssertionError("the language model was used")


@cache
def real_embedder() -> SentenceTransformerEmbedder:
    """The packaged model, loaded once for all tests."""
    return SentenceTransformerEmbedder()


@cache
def real_reranker() -> EvidenceReranker:
    """The trained reranker, loaded once for all tests."""
    return EvidenceReranker()


def real_model() -> AdaptedModel:
    """The packaged language model, which all assistants in a process share."""
    writer = writer_of(Settings())
    assert isinstance(writer, QuoteWriter)
    assert isinstance(writer.model, AdaptedModel)
    return writer.model


def assistant_on(
    folder: Path, model: SentenceModel | None = None, settings: Settings | None = None
) -> Assistant:
    """The packaged models, and by default no language model."""
    chosen = settings or Settings()
    writer = QuoteWriter(model or Unwilling(), chosen.support_threshold)
    return Assistant(folder, chosen, real_embedder(), writer, real_reranker())


@cache
def corpus_folder() -> Path:
    """An index of the sample corpus, made once; not to be written to."""
    folder = Path(tempfile.mkdtemp(prefix="corpus-index-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assistant_on(folder).add(CORPUS)
    return folder


OLD = (
    "# Acme privacy policy\n\nLast updated on 2020-01-01.\n\n## Logs\n\n"
    "We keep server logs for 30 days.\n\n## Selling\n\nWe do not sell your email address.\n"
)
NEW = (
    OLD.replace("2020-01-01", "2022-01-01").replace("30 days", "90 days")
    + "\n## Refunds\n\nWe refund the price of a plan within 14 days.\n"
)


def acme_in_two_versions(folder: Path) -> Assistant:
    """One policy as it was in 2020, and as it is since 2022; read by the packaged models."""
    assistant = assistant_on(folder / "index")
    for text in (OLD, NEW):
        (folder / "acme.md").write_text(text, encoding="utf-8")
        assistant.add([folder / "acme.md"])
    return assistant
