from __future__ import annotations

import pytest

from assistant import Assistant, Status
from assistant.citations.alignment import Nearest, Passages, stems
from assistant.citations.segments import Segment
from index.types import Clause, Policy, version_of
from tests.assistant.citations.samples import FIRST, LOGS, PARROTS, cite
from tests.assistant.conftest import AddText

SENTENCES = ["Logs are kept.", "Dogs bark.", "Cats sleep at noon.", "Dogs eat."]


@pytest.fixture(scope="module")
def passages() -> Passages:
    text = " ".join(SENTENCES)
    policy = Policy("acme", "Acme", "", "text/plain", text, version_of(text))
    clause = Clause("acme#1", policy.id, policy.version, None, (), 0, len(text))
    starts = [text.index(sentence) for sentence in SENTENCES]
    segments = [
        Segment(start, start + len(sentence), clause)
        for start, sentence in zip(starts, SENTENCES, strict=True)
    ]
    return Passages(policy, segments)


def test_the_score_is_between_nothing_in_common_and_the_same(passages: Passages) -> None:
    logs, cats = passages.words(0), passages.words(2)
    assert passages.score(logs, logs) == 1
    assert passages.score(logs, cats) == 0
    assert passages.score(logs, ()) == 0
    # All words, and in any order all but one in the same order: (1 + 2 * 2 / 6) / 2.
    assert passages.score(logs, (logs[1], logs[2], logs[0])) == pytest.approx(5 / 6)


def test_the_nearest_run(passages: Passages) -> None:
    assert passages.nearest(stems("cats sleep at noon", "text/plain"), 1) == Nearest(2, 2, 1.0)
    both = stems("Logs are kept, dogs bark.", "text/plain")
    assert passages.nearest(both, 1) == Nearest(0, 1, 1.0)
    assert passages.nearest((), 1) is None


def test_those_that_share_most(passages: Passages) -> None:
    words = stems("Dogs bark at noon.", "text/plain")
    assert passages.alike(words, {0, 1, 2, 3}, 3) == [2, 1, 3]
    assert passages.alike(words, {0, 1, 3}, 1) == [1]


def test_scores(small: Assistant, add_acme: AddText) -> None:
    add_acme(FIRST)
    citations = [cite(small, words) for words in (LOGS, PARROTS)]
    assert small.lookup(citations[0]).score == 1
    add_acme(FIRST.split("3. Parrots")[0].replace("thirty", "ninety"))
    changed, gone = map(small.lookup, citations)
    assert 0.32 <= changed.score < 1
    assert 0 <= gone.score < 0.32
    assert changed.nearest is not None
    assert changed.nearest.exact == LOGS.replace("thirty", "ninety")
    assert (gone.nearest, gone.differences, gone.held) == (None, (), True)


def test_sentences_that_became_one_are_changed(small: Assistant, add_acme: AddText) -> None:
    said = "We keep server logs. We share logs with nobody. We encrypt every disk. We delete mail."
    add_acme(f"Rules\n\n{said}\n")
    citation = cite(small, said)
    joined = (
        "We keep server logs, we share logs with nobody, we encrypt every disk and delete mail."
    )
    add_acme(f"Rules\n\n{joined}\n")
    resolution = small.lookup(citation)
    assert resolution.status is Status.CHANGED
    assert resolution.nearest is not None
    assert resolution.nearest.exact == joined
