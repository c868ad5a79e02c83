"""Whatever one call returns comes from one state of the index, whoever writes meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant import Answer, Assistant, QuestionChange, Quote, Settings, Topic
from index.models.embedder import Vectors
from index.store.database import Store
from index.types import EmbeddingText
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeEmbedder, FakeReranker

LOGS = "How long are server logs kept?"
TOPICS = [Topic("logs", (LOGS, "Are logs kept?")), Topic("selling", ("Are logs sold?",))]


class NotingEmbedder(FakeEmbedder):
    """Notes the questions that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[str] = []

    def encode_query(self, question: str) -> Vectors:
        self.questions.append(question)
        return super().encode_query(question)


class Interrupted(FakeReranker):
    """Lets `write` happen once, when it has read the passages of the first cell."""

    def __init__(self) -> None:
        super().__init__()
        self.write: Callable[[], object] | None = None

    def score(self, question: str, texts: Sequence[EmbeddingText]) -> list[Vectors]:
        scores = super().score(question, texts)
        write, self.write = self.write, None
        if write is not None:
            write()
        return scores


class World:
    """An index with an assistant that reads it, and another that writes to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.embedder, self.reranker = NotingEmbedder(), Interrupted()
        settings, index = Settings(answer_threshold=0), folder / "index"
        self.reader = Assistant(index, settings, self.embedder, NO_MODEL, self.reranker)
        self._writer = Assistant(index, settings, FakeEmbedder(), NO_MODEL, FakeReranker())

    def add(self, policy_id: str, days: int, year: int = 2020) -> str:
        """Adds a version of a policy and returns it."""
        path = self._folder / f"{policy_id}.txt"
        path.write_text(
            f"{policy_id.title()} Policy\n\nLast updated: 1 May {year}\n\n"
            f"Server logs are kept for {days} days.\n",
            encoding="utf-8",
        )
        (result,) = self._writer.add([path])
        assert result.version is not None
        return result.version

    def remove(self, policy_id: str) -> None:
        self._writer.remove(policy_id)

    def after_the_first_cell(self, write: Callable[[], object]) -> None:
        self.reranker.write = write


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def exact(quote: Quote | None) -> str | None:
    return quote.exact if quote else None


def kept_for(days: int) -> str:
    return f"Server logs are kept for {days} days."


def test_a_writer_between_two_cells_of_compare(world: World) -> None:
    acme, zeta = world.add("acme", 10), world.add("zeta", 20)
    before = world.reader.compare(LOGS)
    assert [(row.version, exact(row.quote)) for row in before] == [
        (acme, kept_for(10)),
        (zeta, kept_for(20)),
    ]
    world.after_the_first_cell(lambda: world.add("zeta", 30))
    assert world.reader.compare(LOGS) == before
    newest = world.reader.policy("zeta").version
    assert newest != zeta
    after = world.reader.compare(LOGS)
    assert after[0] == before[0]
    assert (after[1].version, exact(after[1].quote)) == (newest, kept_for(30))


def test_a_writer_between_two_cells_of_coverage(world: World) -> None:
    acme, zeta = world.add("acme", 10), world.add("zeta", 20)
    before = world.reader.coverage(TOPICS)
    assert [entry.version for entry in before.policies] == [acme, zeta]
    assert [[exact(cell.quote) for cell in cells] for cells in before.cells] == [
        [kept_for(10)] * 2,
        [kept_for(20)] * 2,
    ]
    world.after_the_first_cell(lambda: world.add("zeta", 30))
    assert world.reader.coverage(TOPICS) == before
    after = world.reader.coverage(TOPICS)
    assert [entry.version for entry in after.policies] == [
        acme,
        world.reader.policy("zeta").version,
    ]
    assert [[exact(cell.quote) for cell in cells] for cells in after.cells] == [
        [kept_for(10)] * 2,
        [kept_for(30)] * 2,
    ]


def test_a_policy_that_is_removed_between_two_cells(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "checkpoint", lambda self: None)  # waits ten seconds for readers
    world.add("acme", 10)
    world.add("zeta", 20)
    rows, grid = world.reader.compare(LOGS), world.reader.coverage(TOPICS)
    world.after_the_first_cell(lambda: world.remove("zeta"))
    assert world.reader.compare(LOGS) == rows
    assert [row.policy_id for row in world.reader.compare(LOGS)] == ["acme"]
    world.add("zeta", 20)
    world.after_the_first_cell(lambda: world.remove("zeta"))
    assert world.reader.coverage(TOPICS) == grid
    assert [entry.id for entry in world.reader.coverage(TOPICS).policies] == ["acme"]


def test_a_writer_between_then_and_now_of_changes(world: World) -> None:
    versions = [world.add("acme", 10, 2020), world.add("acme", 20, 2022)]

    def change() -> QuestionChange:
        (only,) = world.reader.changes(LOGS, "2021-01-01")
        return only

    def best(answer: Answer) -> tuple[str, str]:
        return answer.quotes[0].version, answer.quotes[0].exact

    world.after_the_first_cell(lambda: world.add("acme", 30, 2023))
    during = change()
    assert best(during.old) == (versions[0], kept_for(10))
    assert best(during.new) == (versions[1], kept_for(20))
    assert (during.now.version, during.now.newest) == (versions[1], True)
    assert {resolution.policy.version for resolution in during.resolutions} == {versions[1]}
    newest = world.reader.policy("acme").version
    assert newest not in versions
    after = change()
    assert best(after.new) == (newest, kept_for(30))
    assert {resolution.policy.version for resolution in after.resolutions} == {newest}


def test_a_question_to_many_policies_is_embedded_once(world: World) -> None:
    for days, policy_id in enumerate(("acme", "brill", "crane", "zeta"), start=10):
        world.add(policy_id, days)
    world.add("acme", 50, 2022)
    assert len(world.reader.compare(LOGS)) == 4
    assert world.embedder.questions == [LOGS]
    world.embedder.questions.clear()
    world.reader.coverage(TOPICS)
    assert world.embedder.questions == [LOGS, "Are logs kept?", "Are logs sold?"]
    world.embedder.questions.clear()
    assert len(world.reader.changes(LOGS, "2021-01-01")) == 1
    assert world.embedder.questions == [LOGS]


def test_nothing_to_set_side_by_side_where_there_is_no_index(tmp_path: Path) -> None:
    reader = World(tmp_path / "none").reader
    assert reader.compare(LOGS) == []
    assert reader.coverage(TOPICS).policies == ()
