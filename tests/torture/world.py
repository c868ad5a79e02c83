"""A small index with conversations, what is done to it, and what can be seen of it."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from assistant import Answer, Assistant, PolicyAssistantError, Settings
from assistant.writing.quote_writer import QuoteWriter
from index.models.embedder import ClauseVectors, Vectors
from index.store import database as store
from index.types import EmbeddingText
from tests.assistant.samples import Unwilling
from tests.conftest import FakeEmbedder, FakeReranker, letter_vector
from ui.history import chat_file
from ui.history.conversations import History
from ui.history.feedback import KeptFeedback
from ui.history.kept import Feedback, Judgement

REPEATED = 16
QUESTIONS = ("Are the logs of part 3 kept?", "Who reads cookies?", "What is sold in part 11?")
ME = "a browser"
ANSWER = "answer.json"


def _wide(vector: Vectors) -> Vectors:
    return np.tile(vector, REPEATED) / np.float32(np.sqrt(REPEATED))


def _wide_vectors(vectors: ClauseVectors) -> ClauseVectors:
    units = np.stack([_wide(vector) for vector in vectors.units])
    return ClauseVectors(_wide(vectors.clause), units)


class WideEmbedder(FakeEmbedder):
    """The fake embedder with longer vectors, so that damage hits them too."""

    identity = "wide@1"
    dimension = FakeEmbedder.dimension * REPEATED

    def encode_query(self, question: str) -> Vectors:
        return _wide(letter_vector(question))

    def encode_clauses(
        self, texts: Sequence[EmbeddingText]
    ) -> Iterator[list[tuple[int, ClauseVectors]]]:
        for batch in super().encode_clauses(texts):
            yield [(index, _wide_vectors(vectors)) for index, vectors in batch]


def assistant_in(folder: Path) -> Assistant:
    """An assistant for the fake embedder, as a new process would have it."""
    store._SOUND.clear()
    chat_file._SOUND.clear()
    writer = QuoteWriter(Unwilling(), Settings().support_threshold)
    return Assistant(folder, Settings(), WideEmbedder(), writer, FakeReranker())


@dataclass(frozen=True, slots=True)
class State:
    """Everything that a user can see of an index folder, except times and random ids."""

    policies: tuple[object, ...] = ()
    found: tuple[tuple[tuple[str, ...], object], ...] = ()
    history: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of looking: a state, a refusal or a crash."""

    state: State | None = None
    refusal: str = ""
    crash: str = ""

    def reports_what_is_missing_from(self, before: State) -> bool:
        """Whether everything is there, except for clauses that every answer reports as unread."""
        return (
            self.state is not None
            and replace(self.state, found=()) == replace(before, found=())
            and all(unread for unread, _ in self.state.found)
        )


def policies_in(assistant: Assistant) -> tuple[object, ...]:
    """Every policy with all versions, their texts and clauses."""
    return tuple(
        (
            entry,
            [
                (version.version, version.date, version.dated_by, version.title, version.newest)
                for version in assistant.versions(entry.id)
            ],
            [assistant.policy(entry.id, version).text for version in entry.versions],
            [assistant.clauses(entry.id, version) for version in entry.versions],
        )
        for entry in assistant.policies()
    )


def found_in(assistant: Assistant) -> tuple[tuple[tuple[str, ...], object], ...]:
    """For some questions, what is left out and what is found; nothing for an empty index."""
    if not assistant.policies():
        return ()
    answers = [assistant.ask(question, generate=False) for question in QUESTIONS]
    return tuple(
        (answer.receipt.unread, [(hit.clause, round(hit.score, 5)) for hit in answer.hits])
        for answer in answers
    )


def history_in(folder: Path) -> tuple[object, ...]:
    """Conversations with answers and feedback."""
    kept = History(folder)
    return tuple(
        (conversation.title, asked.question, asked.answer, asked.names, asked.feedback)
        for conversation in kept.conversations(ME)
        for asked in kept.questions(ME, conversation.id)
    )


def state_of(folder: Path) -> State:
    assistant = assistant_in(folder)
    return State(policies_in(assistant), found_in(assistant), history_in(folder))


def look(folder: Path) -> Seen:
    """Opens the folder as a new process would. A refusal must be one line with a remedy."""
    try:
        return Seen(state_of(folder))
    except PolicyAssistantError as error:
        text = str(error)
        if "\n" in text or ": " not in text:
            return Seen(crash=f"no single line with a remedy: {text!r}")
        return Seen(refusal=text)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return Seen(crash=f"{type(error).__name__}: {error}")


def _document(name: str, parts: int, verb: str) -> str:
    sections = (
        f"## Part {part}\n\nWe {verb} the logs of part {part} in room {name}. "
        f"{'Cookies are read by nobody.' if part % 3 else 'Nothing is sold, ever.'}\n"
        for part in range(parts)
    )
    return f"# {name.title()} Privacy Policy\n\n" + "\n".join(sections)


class World:
    """An index folder, `folder`/live/index, that can be reset, and the documents for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.live = folder / "live"
        self.index = self.live / "index"
        self._template = folder / "template"
        self.documents = folder / "documents"
        self.documents.mkdir(parents=True)
        for name in ("anna", "bert", "carl", "dora"):
            self.write(name, "keep")
        self.live.mkdir()
        assistant = assistant_in(self.index)
        for verb in ("burn", "keep"):
            self.write("anna", verb)
            assistant.add([self.file("anna"), self.file("bert")])
        answer = assistant.ask("Are the logs kept?", generate=False)
        for _ in converse(self.index, "First?", answer):
            pass
        (self.documents / ANSWER).write_text(json.dumps(answer.to_dict()), encoding="utf-8")
        shutil.copytree(self.index, self._template)
        self.before = state_of(self.index)

    def file(self, name: str) -> Path:
        return self.documents / f"{name}.md"

    def write(self, name: str, verb: str) -> None:
        self.file(name).write_text(_document(name, 24, verb), encoding="utf-8")

    def reset(self) -> None:
        """Restores everything to its first state."""
        self.write("anna", "keep")
        for path in self.live.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self._template, self.index)

    @cache  # noqa: B019 - a handful of worlds
    def states(self, operation: str) -> tuple[State, ...]:
        """The state before an operation, and that after each of its steps."""
        self.reset()
        self.prepare(operation)
        steps = OPERATIONS[operation](self.index, self.documents)
        states = (self.before, *(state_of(self.index) for _ in steps))
        assert all(before != after for before, after in itertools.pairwise(states))
        return states

    def prepare(self, operation: str) -> None:
        if operation == "re-add":
            self.write("anna", "sell")


def converse(folder: Path, question: str, answer: Answer) -> Iterator[None]:
    """Stores a question, its answer and a judgement: three steps."""
    kept = History(folder)
    asked = kept.begin(ME, question, question)
    yield
    kept.complete(asked, answer, {"anna": "Anna"})
    yield
    KeptFeedback(folder).give(ME, asked, Feedback(Judgement.WRONG, "A note on it"))
    yield


def add(folder: Path, documents: Path) -> Iterator[None]:
    results = assistant_in(folder).add([documents / "carl.md", documents / "dora.md"])
    assert all(not result.reason for result in results)
    yield


def re_add(folder: Path, documents: Path) -> Iterator[None]:
    assistant_in(folder).add([documents / "anna.md"])
    yield


def remove(folder: Path, _documents: Path) -> Iterator[None]:
    assistant_in(folder).remove("bert")
    yield


def feedback(folder: Path, documents: Path) -> Iterator[None]:
    data = json.loads((documents / ANSWER).read_text(encoding="utf-8"))
    yield from converse(folder, "Second?", Answer.from_dict(data))


Operation = Callable[[Path, Path], Iterator[None]]
"""Changes an index folder, given the folder of documents; yields after each step that is done."""
OPERATIONS: dict[str, Operation] = {
    "add": add,
    "re-add": re_add,
    "remove": remove,
    "feedback": feedback,
}


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
