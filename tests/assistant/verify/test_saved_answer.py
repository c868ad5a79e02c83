from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant import Answer, Assistant, Quote, Receipt, Sentence, Verdict
from tests.assistant.conftest import AddText

TEXT = "Acme Privacy Policy\n\nServer logs are deleted after thirty days. Nobody reads them.\n"
LOGS = "Server logs are deleted after thirty days."
NOBODY = "Nobody reads them."

Tamper = Callable[[Answer], Answer]


@pytest.fixture
def saved(small: Assistant, add_acme: AddText) -> Answer:
    add_acme(TEXT)
    policy = small.policy("acme")
    (clause,) = small.clauses("acme")
    starts = [(TEXT.index(words), TEXT.index(words) + len(words)) for words in (LOGS, NOBODY)]
    quotes = tuple(Quote.of(policy, clause.id, *span) for span in starts)
    first, second = (quote.citation_id for quote in quotes)
    return Answer(
        question="How long are logs kept?",
        verdict=Verdict.ANSWERED,
        confidence=0.9,
        text="Acme deletes server logs after 30 days. [1] Nobody reads them. [2]",
        sentences=(
            Sentence("Acme deletes server logs after 30 days.", (first,)),
            Sentence(NOBODY, (second,)),
        ),
        quotes=quotes,
        hits=(),
        rejected=(),
        receipt=Receipt(
            1, {"acme": policy.version}, (), "q", "e", None, "g@1", "p@1", {"support": 0.75}, {}
        ),
    )


def quote_with(**changes: Any) -> Tamper:
    """The second quote changed, and no sentence that cites it."""
    return lambda answer: replace(
        answer,
        quotes=(answer.quotes[0], replace(answer.quotes[1], **changes)),
        sentences=answer.sentences[:1],
        text=f"{answer.sentences[0].text} [1]",
    )


def sentence_with(text: str) -> Tamper:
    return lambda answer: replace(
        answer, sentences=(replace(answer.sentences[0], text=text), answer.sentences[1])
    )


def test_an_answer_holds(small: Assistant, saved: Answer) -> None:
    assert small.verify(saved) == []
    assert small.verify(Answer.from_dict(saved.to_dict())) == []


def receipt_with(**changes: Any) -> Tamper:
    return lambda answer: replace(answer, receipt=replace(answer.receipt, **changes))


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (
            receipt_with(silent=("acme",)),
            "it quotes a policy of which it says that it does not state this",
        ),
        (receipt_with(silent=("gone",)), "the index no longer holds 'gone', which was searched"),
        (
            receipt_with(repeats={"acme@0:1-2": ()}),
            "it lists repetitions of what it does not quote",
        ),
        (
            lambda answer: receipt_with(
                repeats={answer.quotes[0].citation_id: (answer.quotes[1].citation_id,)}
            )(answer),
            "acme@{version}:64-82: this is not what acme@{version}:21-63 says",
        ),
        (
            lambda answer: receipt_with(repeats={answer.quotes[0].citation_id: ("acme",)})(answer),
            "said again: 'acme' is not a citation id, which has the form policy@version:start-end, "
            "such as intraworks@3f9a1c2b7d10:1204-1287",
        ),
    ],
    ids=["quoted and silent", "unknown", "repeats of nothing", "repeats another", "no citation"],
)
def test_a_receipt_that_contradicts_its_answer(
    small: Assistant, saved: Answer, tamper: Tamper, expected: str
) -> None:
    version = small.policy("acme").version
    assert small.verify(tamper(saved)) == [expected.replace("{version}", version)]


def test_it_holds_after_the_policy_has_changed(
    small: Assistant, saved: Answer, add_acme: AddText
) -> None:
    add_acme(TEXT.replace("thirty", "ninety"))
    assert small.verify(saved) == []


CITED = "acme@{version}:64-82: "


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (quote_with(exact="Somebody reads them."), CITED + "the words quoted do not stand there"),
        (quote_with(start=63), CITED + "the words quoted do not stand there"),
        (quote_with(start=64, end=83), CITED + "the words quoted do not stand there"),
        (quote_with(end=5000), CITED + "there are no such words"),
        (quote_with(start=-19), CITED + "there are no such words"),
        (quote_with(start=64, end=64, exact=""), CITED + "there are no such words"),
        (quote_with(prefix="x"), CITED + "its fields contradict one another"),
        (quote_with(suffix="x"), CITED + "its fields contradict one another"),
        (
            quote_with(citation_id="acme@000000000000:1-2"),
            "acme@000000000000:1-2: its fields contradict one another",
        ),
        (
            quote_with(version="0" * 12),
            CITED + "the index holds no policy 'acme' in version '000000000000': "
            "'policy-assistant list' shows those it holds",
        ),
        (
            quote_with(policy_id="acne"),
            CITED + "the index holds no policy 'acne' in version '{version}': "
            "'policy-assistant list' shows those it holds",
        ),
        (
            sentence_with("Acme deletes server logs after 90 days."),
            "the sentence 'Acme deletes server logs after 90 days.': the quote does not say 90 day",
        ),
        (
            sentence_with("Acme never deletes server logs after 30 days."),
            "the sentence 'Acme never deletes server logs after 30 days.': "
            "it denies what the quote does not deny",
        ),
        (
            lambda answer: replace(answer, sentences=(Sentence(LOGS, ("acme@x",)),)),
            f"the sentence {LOGS!r} cites what is not among the quotes: acme@x",
        ),
        (
            lambda answer: replace(answer, text="Acme sells them."),
            "the text is not that of its sentences and quotes",
        ),
        (
            lambda answer: replace(answer, verdict=Verdict.NOT_STATED),
            "the verdict is not_stated, the answer has 2 quotes",
        ),
        (
            lambda answer: replace(answer, quotes=(), sentences=(), text="Yes."),
            "the verdict is answered, the answer has 0 quotes",
        ),
    ],
)
def test_tampering_is_reported(
    small: Assistant, saved: Answer, tamper: Tamper, problem: str
) -> None:
    expected = problem.replace("{version}", saved.quotes[0].version)
    assert small.verify(tamper(saved)) == [expected]


def test_the_threshold_is_the_readers(small: Assistant, saved: Answer) -> None:
    lax = replace(saved.receipt, thresholds={"support": 0.0})
    invented = sentence_with("Acme bakes bread after thirty days.")(replace(saved, receipt=lax))
    (problem,) = small.verify(invented)
    assert "the quote does not mention most of it" in problem


def test_every_problem_is_reported(small: Assistant, saved: Answer) -> None:
    tampered = replace(saved, quotes=tuple(replace(quote, exact="x") for quote in saved.quotes))
    problems = small.verify(tampered)
    blamed = [problem.split(":")[0] for problem in problems]
    assert blamed[:2] == [f"acme@{saved.quotes[0].version}"] * 2
    assert set(blamed[2:]) == {f"the sentence {sentence.text!r}" for sentence in saved.sentences}
