from __future__ import annotations

import copy
import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import (
    Answer,
    AnswerFormatError,
    Clause,
    Hit,
    Policy,
    Quote,
    Receipt,
    Rejected,
    Sentence,
    Verdict,
)
from index.types import version_of

TEXT = "Ünïcode 😀 first. We keep logs for 30 days. 漢字 and more follow here, to the end."


def policy_of(text: str) -> Policy:
    return Policy("acme", "Acme", "acme.txt", "text/plain", text, version_of(text))


POLICY = policy_of(TEXT)
QUOTE = Quote.of(POLICY, "acme#2", 17, 42)


def answer(text: str = "We keep logs. 😀", confidence: float = 0.75) -> Answer:
    return Answer(
        question=text,
        verdict=Verdict.ANSWERED,
        confidence=confidence,
        text=text,
        sentences=(Sentence(text, (QUOTE.citation_id,)),),
        quotes=(QUOTE,),
        hits=(Hit(Clause("acme#2", "acme", "0" * 12, "1.2", ("A", text), 0, 9, 3), 0.1 + 0.2, 1),),
        rejected=(Rejected(text, (QUOTE.citation_id,), ("it denies", text)),),
        receipt=Receipt(
            generation=3,
            policies={"acme": POLICY.version},
            routed=("acme",),
            query=text,
            embedding="mini@1",
            reranker=None,
            generator="smol@1",
            prompt=None,
            thresholds={"answer": 0.42, "support": 0.75},
            timings={"search": 1.125},
            silent=("beta",),
            repeats={QUOTE.citation_id: ("acme@0:1-2", "beta@0:3-4")},
        ),
    )


def test_a_quote_is_cut_out() -> None:
    expected = Quote(
        citation_id=f"acme@{POLICY.version}:17-42",
        policy_id="acme",
        version=POLICY.version,
        clause_id="acme#2",
        start=17,
        end=42,
        exact="We keep logs for 30 days.",
        prefix="Ünïcode 😀 first. ",
        suffix=" 漢字 and more follow here, to the end.",
    )
    assert expected == QUOTE


@given(st.text(min_size=1, max_size=200), st.data())
def test_quotes_are_exact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote.of(policy_of(text), "c", start, end)
    assert quote.exact == text[start:end]
    assert quote.citation_id == f"acme@{version_of(text)}:{start}-{end}"
    assert text[:start].endswith(quote.prefix)
    assert len(quote.prefix) == min(start, 40)
    assert text[end:].startswith(quote.suffix)
    assert len(quote.suffix) == min(len(text) - end, 40)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, len(TEXT) + 1)])
def test_no_quote_of_nothing(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"no text at {start}-{end} in 'acme'"):
        Quote.of(POLICY, "c", start, end)


def test_a_policy_is_of_its_version() -> None:
    with pytest.raises(ValueError, match="version '000000000000' is not that of the text"):
        Policy("acme", "Acme", "acme.txt", "text/plain", TEXT, "0" * 12)


def test_quotes_carry_the_selectors_of_web_annotation() -> None:
    assert QUOTE.to_dict()["target"] == {
        "source": f"acme@{POLICY.version}",
        "selector": [
            {"type": "TextPositionSelector", "start": 17, "end": 42},
            {
                "type": "TextQuoteSelector",
                "exact": QUOTE.exact,
                "prefix": QUOTE.prefix,
                "suffix": QUOTE.suffix,
            },
        ],
    }


def test_a_sentence_cites() -> None:
    with pytest.raises(ValueError, match="cites at least one quote"):
        Sentence("We keep logs.", ())


@given(st.text(st.characters(exclude_categories=["Cs"])), st.floats(0, 1))
def test_answers_go_through_json_and_back(text: str, confidence: float) -> None:
    before = answer(text, confidence)
    written = json.dumps(before.to_dict())
    assert Answer.from_dict(json.loads(written)) == before
    assert json.dumps(Answer.from_dict(json.loads(written)).to_dict()) == written


def test_the_json_form_names_its_format_first() -> None:
    data = answer().to_dict()
    assert list(data) == ["format", *(field.name for field in dataclasses.fields(Answer))]
    assert data["format"] == "policy-assistant-answer/1"
    assert data["verdict"] == "answered"


@pytest.mark.parametrize("data", [None, [], "", 5, {}, {"format": "policy-assistant-answer/2"}])
def test_what_is_no_answer(data: Any) -> None:
    with pytest.raises(AnswerFormatError):
        Answer.from_dict(data)


def test_every_field_is_needed() -> None:
    for name in answer().to_dict():
        data = answer().to_dict()
        del data[name]
        with pytest.raises(AnswerFormatError, match=f"KeyError: '{name}'"):
            Answer.from_dict(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("question", 5),
        ("verdict", "perhaps"),
        ("confidence", "sure"),
        ("confidence", 1.5),
        ("confidence", float("nan")),
        ("text", None),
        ("sentences", [{"text": "a", "citations": []}]),
        ("sentences", [{"text": "a", "citations": "abc"}]),
        ("sentences", [{"text": 5, "citations": ["a"]}]),
        ("sentences", {"a": 1}),
        ("quotes", "abc"),
        ("quotes", [1]),
        ("quotes.0.start", "18"),
        ("quotes.0.end", True),
        ("quotes.0.exact", None),
        ("hits", [{"clause": None, "score": 1, "rank": 1}]),
        ("hits.0.clause.start", "0"),
        ("hits.0.clause.colour", "red"),
        ("hits.0.score", "high"),
        ("rejected", [5]),
        ("receipt", []),
        ("receipt", "x"),
        ("receipt.thresholds", []),
        ("receipt.colour", "red"),
    ],
)
def test_a_damaged_answer_is_refused(path: str, value: Any) -> None:
    data = copy.deepcopy(answer().to_dict())
    *way, last = path.split(".")
    inner: Any = data
    for step in way:
        inner = inner[int(step) if step.isdigit() else step]
    inner[last] = value
    with pytest.raises(AnswerFormatError, match="this is no answer as 'ask --json' prints it"):
        Answer.from_dict(data)
