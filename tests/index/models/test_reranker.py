"""The shipped reranker, on texts of our own."""

from __future__ import annotations

import numpy as np
import pytest

from index.models import reranker
from index.models.reranker import EvidenceReranker
from index.models.weights_file import RERANKER
from index.types import EmbeddingText

LOGS = EmbeddingText(
    "Acme > Log files",
    (
        "Our web server writes a line for every page that is asked for.",
        "These log files are kept for thirty days and then deleted.",
        "Administrators may read them to find faults.",
    ),
)
PAY = EmbeddingText("Acme > Payment", ("Invoices are due within two weeks.", "We take cards."))


@pytest.fixture(scope="module")
def evidence() -> EvidenceReranker:
    return EvidenceReranker()


def test_the_unit_that_answers_scores_best(evidence: EvidenceReranker) -> None:
    logs, pay = evidence.score("How long do you store my server logs?", [LOGS, PAY])
    assert np.argmax(logs) == 1
    assert logs[1] > pay.max()
    logs, pay = evidence.score("by when do i have to pay", [LOGS, PAY])
    assert np.argmax(pay) == 0
    assert pay[0] > logs.max()


def test_scores_do_not_depend_on_what_else_is_read(evidence: EvidenceReranker) -> None:
    question = "How long do you store my server logs?"
    both = evidence.score(question, [PAY, LOGS, PAY])
    (alone,) = EvidenceReranker().score(question, [LOGS])
    np.testing.assert_allclose(both[1], alone, atol=0.1)
    np.testing.assert_allclose(both[0], both[2], atol=0.1)
    assert [logits.shape for logits in both] == [(2,), (3,), (2,)]
    assert {logits.dtype for logits in both} == {np.dtype(np.float32)}


def test_nothing_to_read(evidence: EvidenceReranker) -> None:
    assert evidence.score("How long?", []) == []


def test_units_past_what_is_read_score_as_nothing(evidence: EvidenceReranker) -> None:
    (logits,) = evidence.score("Who?", [EmbeddingText("", ("word " * 400, "Unread."))])
    assert logits[1] == -10
    assert logits[0] > -10


def test_few_clauses_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranker, "_STATES_KEPT", 2)
    small = EvidenceReranker()
    texts = [EmbeddingText("", (f"Rule {number}.",)) for number in range(3)]
    first = small.score("Which rule?", texts)
    assert len(small._states) == 2
    assert list(small._states) == texts[1:]
    np.testing.assert_allclose(small.score("Which rule?", texts), first, atol=0.1)


def test_of_a_long_question_the_end_is_read(evidence: EvidenceReranker) -> None:
    question = "We wrote to you. " * 30 + "By when do I have to pay for the server log files?"
    (read,) = evidence.score("Before this, much was said. " * 40 + question, [PAY])
    (end,) = evidence.score(question[-400:].split(" ", 1)[-1], [PAY])
    (other,) = evidence.score(question[:300], [PAY])
    np.testing.assert_allclose(read, end, atol=0.1)
    assert np.abs(read - other).max() > 0.1


def test_what_was_scored_is_not_read_again(
    evidence: EvidenceReranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "By when must I pay?"
    first = evidence.score(question, [LOGS, PAY, LOGS])
    first[0][0] = 99  # what is kept is not the caller's to change
    monkeypatch.setattr(evidence, "_score", lambda question, texts: [] if not texts else None)
    again = evidence.score(question, [PAY, LOGS])
    np.testing.assert_array_equal(again[0], first[1])
    np.testing.assert_array_equal(again[1], first[2])


def test_the_identity_is_that_of_the_weights(evidence: EvidenceReranker) -> None:
    assert evidence.identity == RERANKER.identity
