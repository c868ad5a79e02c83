from __future__ import annotations

import copy
import dataclasses
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Answer, AnswerFormatError
from tests.assistant.values.samples import answer

NOT_AN_ANSWER = "this is not an answer as 'ask --json' prints it"
WRITTEN = answer().to_dict()
Steps = tuple[str | int, ...]


@settings(deadline=None)  # the first answer that is read imports pydantic
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


@pytest.mark.parametrize("data", [None, [], "", 5, {}, {"form": "policy-assistant-answer/1"}])
def test_what_is_not_an_answer(data: Any) -> None:
    with pytest.raises(AnswerFormatError, match=f"^{NOT_AN_ANSWER}: it has no 'format'$"):
        Answer.from_dict(data)


def test_another_format_is_named() -> None:
    with pytest.raises(
        AnswerFormatError, match="is an answer of format 'policy-assistant-answer/2', not"
    ):
        Answer.from_dict({"format": "policy-assistant-answer/2"})


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Answer)])
def test_every_field_is_needed(name: str) -> None:
    data = answer().to_dict()
    del data[name]
    with pytest.raises(AnswerFormatError, match=f"^{NOT_AN_ANSWER}: {name} is missing$"):
        Answer.from_dict(data)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("question", 5, "question should be a valid string, not 5"),
        ("verdict", "perhaps", "verdict should be 'answered', 'not_stated', 'conflicting' or"),
        ("confidence", "sure", "confidence should be a valid number, not 'sure'"),
        ("confidence", 1.5, "confidence is 1.5, not from 0 to 1"),
        ("confidence", float("nan"), "confidence should be a finite number, not nan"),
        ("text", None, "text should be a valid string, not None"),
        ("sentences.0.citations", [], "sentences[0]: a sentence cites at least one quote"),
        ("sentences.0.citations", "abc", "sentences[0].citations should be a valid array"),
        ("sentences.0.text", 5, "sentences[0].text should be a valid string, not 5"),
        ("sentences", {"a": 1}, "sentences should be a valid array, not {'a': 1}"),
        ("quotes", "abc", "quotes should be a valid array, not 'abc'"),
        ("quotes", [1], "quotes[0] should be an object, not 1"),
        ("quotes.0.start", "18", "quotes[0].start should be a valid integer, not '18'"),
        ("quotes.0.end", True, "quotes[0].end should be a valid integer, not True"),
        ("quotes.0.exact", None, "quotes[0].exact should be a valid string, not None"),
        ("hits.0.clause", None, "hits[0].clause should be an object, not None"),
        ("hits.0.clause.start", "0", "hits[0].clause.start should be a valid integer"),
        ("hits.0.clause.colour", "red", "hits[0].clause.colour is not a field that belongs here"),
        ("hits.0.score", "high", "hits[0].score should be a valid number, not 'high'"),
        ("rejected", [5], "rejected[0] should be an object, not 5"),
        ("receipt", [], "receipt should be an object, not []"),
        ("receipt", {}, "receipt.repeats is missing"),
        ("receipt.thresholds", [], "receipt.thresholds should be an object, not []"),
        ("receipt.colour", "red", "receipt.colour is not a field that belongs here"),
    ],
)
def test_a_damaged_answer_is_refused(path: str, value: Any, fault: str) -> None:
    steps = [int(step) if step.isdigit() else step for step in path.split(".")]
    with pytest.raises(AnswerFormatError, match=f"^{NOT_AN_ANSWER}: {re.escape(fault)}"):
        Answer.from_dict(changed(steps, value))


WRONG: list[Any] = [
    None,
    True,
    5,
    1.5,
    10**400,
    "",
    "x",
    "5",
    [],
    {},
    [1],
    ["a"],
    [[]],
    [{}],
    {"a": 1},
    {"a": []},
]


def test_no_changed_answer_is_read_as_another() -> None:
    """Each place of an answer, with each of many values: refused, or read as it stands."""
    refused = 0
    for steps in places(WRITTEN):
        for value in WRONG:
            data = changed(steps, value)
            try:
                read = Answer.from_dict(data)
            except AnswerFormatError:
                refused += 1
            else:
                assert read.to_dict() == data | {"quotes": read.to_dict()["quotes"]}
    assert refused > 900


def places(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    """Every place of the answer but the selectors, which repeat what stands beside them."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in items:
        if step == "target":
            continue
        yield (*steps, step)
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*steps, step))


def changed(steps: Sequence[str | int], value: Any) -> Any:
    data: Any = copy.deepcopy(WRITTEN)
    inner = data
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = value
    return data
