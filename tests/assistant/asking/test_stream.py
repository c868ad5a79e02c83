from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from assistant import Event, EventKind, Stream
from index.store.database import Store
from tests.assistant.samples import Scripted, assistant_on, corpus_folder

SOLD = "Does Introplex sell my email address?"


class Endless:
    """Writes the same word over and over until it is stopped, and says so."""

    identity = "endless@1"

    def __init__(self) -> None:
        self.writing = threading.Event()
        self.ended = threading.Event()

    def load(self) -> None:
        pass

    def candidates(
        self,
        prompts: Sequence[str],
        choices: Sequence[Sequence[str]],
        wanted: Callable[[int], bool],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[int, str]]:
        while not stopped():
            self.writing.set()
        self.ended.set()
        return
        yield


def test_closing_from_another_thread_stops_the_model() -> None:
    model = Endless()
    stream = assistant_on(corpus_folder(), model).stream(SOLD)
    got: list[Event] = []
    reader = threading.Thread(target=lambda: got.extend(stream))
    reader.start()
    assert model.writing.wait(30)
    stream.close()
    reader.join(30)
    assert not reader.is_alive()
    assert model.ended.is_set()
    assert [event.kind for event in got] == [EventKind.EVIDENCE]


def test_leaving_the_block_closes_it() -> None:
    with assistant_on(corpus_folder(), Endless()).stream(SOLD) as stream:
        assert next(stream).kind is EventKind.EVIDENCE
    assert list(stream) == []


def test_a_closed_stream_makes_nothing() -> None:
    made: list[bool] = []

    def make(stopped: Callable[[], bool]) -> Iterator[Event]:
        made.append(stopped())
        yield Event(EventKind.EVIDENCE)

    stream = Stream(make)
    stream.close()
    assert list(stream) == []
    assert made == []


def test_the_index_is_closed_while_the_model_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, opened = Store.reading, list[bool]()

    @contextmanager
    def noted(store: Store, checked: bool = True) -> Iterator[sqlite3.Connection]:
        opened.append(True)
        with reading(store, checked) as connection:
            yield connection
        opened.pop()

    class Noting(Scripted):
        def candidates(
            self,
            prompts: Sequence[str],
            choices: Sequence[Sequence[str]],
            wanted: Callable[[int], bool],
            stopped: Callable[[], bool],
        ) -> Iterator[tuple[int, str]]:
            while_writing.append(list(opened))
            return super().candidates(prompts, choices, wanted, stopped)

    while_writing: list[list[bool]] = []
    monkeypatch.setattr(Store, "reading", noted)
    answer = assistant_on(corpus_folder(), Noting(*["It bakes bread."] * 4)).ask(SOLD)
    assert answer.quotes
    assert while_writing == [[]]
