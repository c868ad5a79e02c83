from __future__ import annotations

import pytest

from assistant import EventKind, Settings
from tests.assistant.samples import Scripted, Unwilling, assistant_on, corpus_folder

SOLD = "Does Introplex sell my email address?"


def test_stream_brings_evidence_then_sentences_then_the_answer() -> None:
    sentence = (
        "Your personal information, your email address included, will never be sold to any third "
        "party, whether for sending you marketing emails or for any other use."
    )
    written = f"Introplex: No, y{sentence[1:]}"
    model = Scripted(sentence, "It sells everything.")
    assistant = assistant_on(corpus_folder(), model, Settings(max_quotes=2))
    question = "Do you sell my email address?"
    events = list(assistant.stream(question, policies=["introplex", "intraworks"]))
    kinds = [event.kind for event in events]
    assert kinds == [EventKind.EVIDENCE, EventKind.SENTENCE, EventKind.ANSWER]
    answer = events[-1].answer
    assert answer is not None
    assert events[0].quotes == answer.quotes
    assert (events[1].sentence,) == answer.sentences
    assert answer.sentences[0].text == written
    assert answer.sentences[0].citations == (answer.quotes[0].citation_id,)
    assert answer.text == f"{written} [1]"
    assert answer.rejected[0].text == "It sells everything."
    assert all(rejected.reasons for rejected in answer.rejected)
    assert answer.receipt.generator == "scripted@1"
    assert answer.receipt.prompt is not None
    assert answer.receipt.prompt.startswith("one_sentence@")
    assert len(model.prompts) == len(answer.quotes)
    assert assistant.verify(answer) == []


def test_evidence_comes_before_the_model_is_used() -> None:
    events = assistant_on(corpus_folder(), Unwilling()).stream(SOLD)
    assert next(events).kind is EventKind.EVIDENCE
    with pytest.raises(AssertionError, match="the language model was used"):
        next(events)


def test_where_no_sentence_passes_the_quotes_stand_alone() -> None:
    model = Scripted(*["It bakes bread."] * 4)
    answer = assistant_on(corpus_folder(), model).ask(SOLD)
    assert answer.sentences == ()
    assert len(answer.rejected) == len(answer.quotes) > 0
    assert answer.text.startswith("In the words of Introplex: [1]")
