from __future__ import annotations

import pytest

from assistant import Quote, Sentence
from assistant.evidence.select import Evidence
from assistant.settings import Settings
from assistant.writing.sentence_check import PlainQuote, SaidSoFar, checked
from tests.assistant.evidence.test_select import POLICY, passage

KEEP = Evidence(Quote.of(POLICY, "acme#1", 0, 13), passage({"keep": 0.9}))


def test_a_sentence_that_only_sounds_like_another() -> None:
    selling = Evidence(Quote.of(POLICY, "acme#1", 14, 30), passage({"sell": 0.9}))
    said = SaidSoFar.of((KEEP, selling), {"acme": "Acme"})
    first, second = (
        said.add(Sentence(text, (evidence.quote.citation_id,)))
        for text, evidence in (
            ("They may keep logs of you for 30 days.", KEEP),
            ("They may keep logs of you for 90 days.", selling),
        )
    )
    assert isinstance(first, Sentence)
    assert isinstance(second, Sentence)
    denied = said.add(Sentence("They may not keep logs of you for 30 days.", second.citations))
    assert isinstance(denied, Sentence)


@pytest.mark.parametrize(
    ("reply", "question", "expected"),
    [
        ("They never sell data.", "Do they sell data?", "No, they never sell data."),
        ("They never sell data.", "What do they sell?", "They never sell data."),
        ("They keep logs.", "Do they keep logs?", "They keep logs."),  # a Yes is not added
    ],
)
def test_a_no_that_is_settled_is_added(reply: str, question: str, expected: str) -> None:
    cited = PlainQuote("We keep logs. We never sell data.", "Acme", "acme@0:0-9")
    written = checked(question, reply, [cited], Settings().support_threshold)
    assert written == Sentence(expected, ("acme@0:0-9",))


def test_each_policy_has_a_yes_or_no_of_its_own() -> None:
    whose = {"acme@0:0-9": "Acme", "east@0:0-9": "East", "acme@0:10-19": "Acme"}
    said = SaidSoFar(whose)
    texts = ["No, they never sell data.", "No, they sell no mail.", "No, they keep no logs."]
    written = [
        said.add(Sentence(text, (citation_id,)))
        for text, citation_id in zip(texts, whose, strict=True)
    ]
    assert [sentence.text for sentence in written] == [
        "Acme: No, they never sell data.",
        "East: No, they sell no mail.",
        "Acme: They keep no logs.",
    ]
