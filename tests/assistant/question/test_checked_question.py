from __future__ import annotations

import pytest

from assistant import Assistant, QuestionError

SOLD = "Does Introplex sell my email address?"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "the question is empty"),
        (" \n\t", "the question is empty"),
        ("\x00", "the question is empty"),
        ("?!", "the question is empty"),
        ("a" * 4001, "the question has 4001 characters, at most 4000 are read"),
    ],
)
def test_what_cannot_be_asked(corpus: Assistant, question: str, message: str) -> None:
    for call in (corpus.ask, corpus.search):
        with pytest.raises(QuestionError, match=message):
            call(question)


@pytest.mark.parametrize(
    "question",
    [
        "sell\x00 my data?",
        "sell my data \udcff",
        '"AND" OR NOT ( NEAR * : ^',
        "'; DROP TABLE policies; --",
        "a" * 4000,
        "¿Venden mis datos? 😀 漢字",
    ],
)
def test_odd_questions_are_searched(corpus: Assistant, question: str) -> None:
    assert len(corpus.search(question, k=3)) == 3
    assert corpus.verify(corpus.ask(question, generate=False)) == []
