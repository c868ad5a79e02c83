from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant import (
    AddResult,
    AddStatus,
    Answer,
    Clause,
    Hit,
    LoadError,
    Policy,
    Quote,
    Receipt,
    Settings,
    Verdict,
)
from assistant.evaluation.asking import ask_all
from assistant.evaluation.labelled import LabelledSet
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.spans import PolicySpan
from index.progress import no_progress
from index.types import version_of
from tests.assistant.evaluation.samples import labelled_line, write_set

TEXT = "We keep logs. We sell none."
KEPT, SOLD = (0, 13), (14, 27)


class Scripted:
    """Says the same to every question, and notes what it was asked."""

    def __init__(self, max_quotes: int = 4) -> None:
        self.settings = Settings(max_quotes=max_quotes)
        self.asked: list[tuple[Any, ...]] = []
        self.reason = ""
        version = version_of(TEXT)
        self.held = Policy("acme-1", "Acme", "acme.txt", "text/plain", TEXT, version)
        self.quotes = [Quote.of(self.held, "c1", *SOLD), Quote.of(self.held, "c1", *KEPT)]

    def add(self, paths: Sequence[Path], *, progress: object) -> list[AddResult]:
        if self.reason:
            return [AddResult(str(paths[0]), AddStatus.REJECTED, reason=self.reason)]
        return [AddResult(str(path), AddStatus.ADDED, self.held.id, "v", 1) for path in paths]

    def policy(self, policy_id: str) -> Policy:
        assert policy_id == self.held.id
        return self.held

    def warm_up(self) -> None:
        self.asked.append(("warm_up",))

    def ask(self, question: str, *, policies: Sequence[str] | None, generate: bool) -> Answer:
        self.asked.append(("ask", question, policies, generate))
        timings = {"embed": 2.0}
        receipt = Receipt(1, {}, (), question, "fake@1", None, None, None, {}, timings)
        quotes = tuple(self.quotes)
        return Answer(question, Verdict.ANSWERED, 0.75, "", (), quotes, (), (), receipt)

    def search(self, question: str, *, policies: Sequence[str] | None, k: int) -> list[Hit]:
        self.asked.append(("search", question, policies, k))
        clause = Clause("c1", "acme-1", self.held.version, None, (), 0, 27)
        return [Hit(clause, 0.5, 1)]

    def search_sentences(
        self, question: str, *, policies: Sequence[str] | None, k: int
    ) -> list[Quote]:
        self.asked.append(("search_sentences", question, policies, k))
        return self.quotes[:1]


@pytest.fixture
def labelled(tmp_path: Path) -> LabelledSet:
    evidence = [{"policy": "acme", "start": 14, "end": 27, "quote": "We sell none."}]
    lines = [labelled_line("Sold?", policies=["acme"], evidence=evidence), labelled_line("Who?")]
    return LabelledSet.load(write_set(tmp_path / "set", {"acme.txt": TEXT}, lines))


def outcomes(labelled: LabelledSet, assistant: Any) -> list[Outcome]:
    return ask_all(labelled, assistant, no_progress)


def test_what_comes_back(labelled: LabelledSet) -> None:
    first, second = outcomes(labelled, Scripted())
    assert first.question.evidence == first.sentences == (PolicySpan("acme-1", *SOLD),)
    assert first.quotes == (PolicySpan("acme-1", *SOLD), PolicySpan("acme-1", *KEPT))
    assert first.passages == (PolicySpan("acme-1", 0, 27),)
    assert (first.exact, first.confidence, first.timings) == (2, 0.75, {"embed": 2.0})
    assert (second.question.text, second.question.answerable) == ("Who?", False)


@pytest.mark.parametrize(("max_quotes", "depth"), [(4, 10), (12, 12)])
def test_what_is_asked(labelled: LabelledSet, max_quotes: int, depth: int) -> None:
    assistant = Scripted(max_quotes)
    outcomes(labelled, assistant)
    assert assistant.asked == [
        ("warm_up",),
        ("ask", "Sold?", ("acme-1",), False),
        ("search", "Sold?", ("acme-1",), 64),
        ("search_sentences", "Sold?", ("acme-1",), depth),
        ("ask", "Who?", None, False),
        ("search", "Who?", None, 64),
        ("search_sentences", "Who?", None, depth),
    ]


def test_quotes_that_do_not_stand_there_are_not_exact(labelled: LabelledSet) -> None:
    assistant = Scripted()
    held = assistant.held
    other = Policy(held.id, "Acme", "acme.txt", "text/plain", TEXT + " ", version_of(TEXT + " "))
    forged = SimpleNamespace(
        policy_id=held.id, version=held.version, start=0, end=13, exact="We keep dogs."
    )
    assistant.quotes = [Quote.of(held, "c1", *KEPT), Quote.of(other, "c1", *KEPT), forged]  # type: ignore[list-item]
    assert outcomes(labelled, assistant)[0].exact == 1


def test_half_a_set_is_not_measured(labelled: LabelledSet) -> None:
    assistant = Scripted()
    assistant.reason = "'acme.txt' holds no text: there is nothing to ask about"
    with pytest.raises(LoadError) as raised:
        outcomes(labelled, assistant)
    assert str(raised.value) == (
        "the set 'set' cannot be measured without all its documents: "
        "'acme.txt' holds no text: there is nothing to ask about"
    )
