"""The main job on real policies: first users' questions, with quotes that hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from assistant import Answer, Assistant, Status, Verdict
from tests.assistant.samples import CORPUS, ROOT, SHARED, assistant_on, corpus_folder

ORIGINALS = [SHARED / "policies" / f"{path.stem}.txt" for path in CORPUS]
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "first_user_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
# As measured, with bfloat16 and without: a lower figure is a loss, a higher one belongs here.
# Of 45 answerable questions, how many have the words asked for in one of the first three quotes.
HITS = {"corpus": 33, "original": 31}
# Of 10 questions that no policy answers, how many are called "not stated".
WITHHELD = {"corpus": 7, "original": 7}

pytestmark = pytest.mark.slow
Asked = tuple[Assistant, dict[str, Answer]]


def ask_all(assistant: Assistant) -> dict[str, Answer]:
    return {
        question["id"]: assistant.ask(question["question"], generate=False)
        for question in QUESTIONS
    }


@pytest.fixture(scope="session", params=["corpus", "original"])
def wording(request: pytest.FixtureRequest) -> str:
    if request.param == "original" and not all(path.exists() for path in ORIGINALS):
        pytest.skip("the original wordings are not on this machine")
    return str(request.param)


@pytest.fixture(scope="session")
def asked(wording: str, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """The answers, quotes alone, to all questions."""
    assistant = assistant_on(
        corpus_folder() if wording == "corpus" else tmp_path_factory.mktemp("originals")
    )
    if wording == "original":
        assistant.add(ORIGINALS)
    return assistant, ask_all(assistant)


def hit(answer: Answer, policy: str, gold: Sequence[str]) -> bool:
    return any(
        phrase in quote.exact
        for quote in answer.quotes[:3]
        if quote.policy_id == policy
        for phrase in gold
    )


def test_every_file_is_a_policy(asked: Asked) -> None:
    assert [entry.id for entry in asked[0].policies()] == [path.stem for path in CORPUS]


def test_every_quote_is_exact(asked: Asked, wording: str) -> None:
    assistant, answers = asked
    quotes = [quote for answer in answers.values() for quote in answer.quotes]
    assert len(quotes) >= HITS[wording]
    for quote in quotes:
        policy = assistant.policy(quote.policy_id, quote.version)
        assert policy.text[quote.start : quote.end] == quote.exact
    assert [fault for answer in answers.values() for fault in assistant.verify(answer)] == []


def test_every_citation_resolves(asked: Asked) -> None:
    assistant, answers = asked
    for quote in {quote for answer in answers.values() for quote in answer.quotes}:
        resolution = assistant.lookup(quote.citation_id)
        assert (resolution.status, resolution.quote) == (Status.INTACT, quote)


def test_quotes_and_verdict_agree(asked: Asked) -> None:
    for answer in asked[1].values():
        assert bool(answer.quotes) == (answer.verdict is Verdict.ANSWERED)
        assert answer.hits


def test_questions_go_to_the_policy_they_name(asked: Asked) -> None:
    routed = {name: answer.receipt.routed for name, answer in asked[1].items()}
    wrong = [
        (question["id"], routed[question["id"]])
        for question in ANSWERABLE
        if routed[question["id"]] != ((question["policy"],) if question["names_policy"] else ())
    ]
    assert wrong == []
    assert routed["none-04"] == ("imgwg",)
    assert routed["none-08"] == ("intraworks",)
    assert routed["none-09"] == ("cpw",)


def test_the_words_asked_for_are_quoted(asked: Asked, wording: str) -> None:
    answers = asked[1]
    missed = [
        question["id"]
        for question in ANSWERABLE
        if not hit(answers[question["id"]], question["policy"], question[wording])
    ]
    assert len(ANSWERABLE) - len(missed) == HITS[wording], missed


def test_what_no_policy_says_is_withheld(asked: Asked, wording: str) -> None:
    unanswerable = [question["id"] for question in QUESTIONS if not question["answerable"]]
    shown = [name for name in unanswerable if asked[1][name].verdict is not Verdict.NOT_STATED]
    assert len(unanswerable) - len(shown) == WITHHELD[wording], shown
