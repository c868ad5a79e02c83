from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant import Quote, Rejected, Sentence, Settings
from assistant.evidence.select import Evidence
from assistant.writing.joint_writer import JointWriter
from index.search.retriever import Passage
from index.store.clause_rows import StoredClause
from index.types import Clause, Policy, version_of
from prompts.fences import render_joint
from tests.assistant.evidence.test_select import POLICY, passage

KEEP = Evidence(Quote.of(POLICY, "acme#1", 0, 13), passage({"keep": 0.9}))
SELL = Evidence(Quote.of(POLICY, "acme#1", 14, 30), passage({"sell": 0.9}))
FIRST, SECOND = KEEP.quote.citation_id, SELL.quote.citation_id


class Fluent:
    """Writes its reply word by word, and notes the prompt and how many words it was asked for."""

    identity = "fluent@1"

    def __init__(self, reply: str) -> None:
        self.reply = reply
        self.prompts: list[str] = []
        self.words = 0

    def load(self) -> None:
        pass

    def stream(self, prompt: str, max_tokens: int, stopped: Callable[[], bool]) -> Iterator[str]:
        self.prompts.append(prompt)
        for word in self.reply.split(" "):
            if stopped():
                return
            self.words += 1
            yield f"{word} "


def write(
    reply: str, stopped: Callable[[], bool] = lambda: False
) -> tuple[list[Sentence | Rejected], Fluent]:
    model = Fluent(reply)
    writer = JointWriter(model, Settings().support_threshold)
    written = writer.write("Are logs kept and sold?", [KEEP, SELL], {"acme": "Acme"}, stopped)
    return list(written), model


def test_every_sentence_is_checked_against_the_quotes_that_it_names() -> None:
    written, model = write(
        "They keep logs. [1] They keep logs. [2] They sell everything. [1][2] And so on."
    )
    assert written[0] == Sentence("They keep logs.", (FIRST,))
    assert [type(item) for item in written[1:]] == [Rejected] * 3
    assert written[1].citations == (SECOND,)
    assert written[2].citations == (FIRST, SECOND)
    assert written[3] == Rejected("And so on.", (), ("it cites no quote",))
    quotes = [("Acme", KEEP.quote.exact), ("Acme", SELL.quote.exact)]
    assert model.prompts == [render_joint("Are logs kept and sold?", quotes)]


def test_a_quote_that_is_not_there() -> None:
    assert write("They keep logs. [7]")[0] == [
        Rejected("They keep logs. [7]", (), ("there is no quote [7]",))
    ]


def test_a_model_that_declines() -> None:
    assert write("Not stated.")[0] == []


def test_it_stops() -> None:
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 2

    written, model = write("They keep logs. [1] They keep logs. [1]", stopped)
    assert written == []
    assert model.words == 2


@pytest.mark.slow
def test_a_sentence_of_two_companies() -> None:
    writer = JointWriter(Fluent("They keep logs. [1][2]"), 0.5)
    other = Policy(
        "beta", "Beta", "b.txt", "text/plain", "We keep logs.", version_of("We keep logs.")
    )
    clause = Clause("beta#1", "beta", other.version, None, (), 0, 13)
    quoted = Passage(StoredClause(1, clause, "", ((0, 13),)), other, 0.9, ())
    evidence = [KEEP, Evidence(Quote.of(other, "beta#1", 0, 13), quoted)]
    (withheld,) = writer.write("Who?", evidence, {"acme": "Acme", "beta": "Beta"}, lambda: False)
    assert isinstance(withheld, Rejected)
    assert withheld.reasons == ("it speaks of several companies at once",)


def test_an_endless_reply_is_cut_off() -> None:
    model = Fluent("They keep 7 logs. [1] " * 5000)  # rules alone refuse each sentence
    writer = JointWriter(model, Settings().support_threshold)
    list(writer.write("Who?", [KEEP], {"acme": "Acme"}, lambda: False))
    assert model.words < 3000
