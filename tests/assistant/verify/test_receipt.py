from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant import Answer, Assistant, Quote, Verdict
from tests.assistant.conftest import AddText

LOGS = "We keep server logs for 30 days."
LONGER = "We keep server logs for 90 days."
TEXT = f"Acme Privacy Policy\n\n{LOGS} {LONGER}\n"


@pytest.fixture
def saved(small: Assistant, add_acme: AddText) -> Answer:
    """Quotes alone, of which two contradict each other."""
    add_acme(TEXT)
    answer = small.ask("How long are server logs kept?", generate=False)
    assert answer.verdict is Verdict.CONFLICTING
    assert small.verify(answer) == []
    return answer


def with_receipt(answer: Answer, **changes: Any) -> Answer:
    return replace(answer, receipt=replace(answer.receipt, **changes))


def test_the_two_stand_side_by_side(saved: Answer) -> None:
    assert sorted(quote.exact for quote in saved.quotes[:2]) == [LOGS, LONGER]
    assert saved.receipt.conflict == tuple(quote.citation_id for quote in saved.quotes[:2])
    assert saved.text.startswith("The policy of Acme says two things that contradict each other.")
    assert Answer.from_dict(saved.to_dict()) == saved


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"generation": 7}, "the receipt is of state 7 of the index, which is at 1: it was made"),
        ({"policies": {}}, "the receipt does not say that this version was searched"),
        ({"thresholds": {"answer": 1.0}}, "is below the receipt's threshold 1.0"),
        ({"conflict": ()}, "the verdict is conflicting, the receipt names 0 quotes in conflict"),
        ({"conflict": ("acme@0:1-2", "acme@0:3-4")}, "the quotes in conflict are not the first"),
    ],
)
def test_what_cannot_be(
    small: Assistant, saved: Answer, changes: dict[str, Any], expected: str
) -> None:
    problems = small.verify(with_receipt(saved, **changes))
    assert any(expected in problem for problem in problems)


def test_a_version_that_the_index_does_not_hold(small: Assistant, saved: Answer) -> None:
    problems = small.verify(with_receipt(saved, policies={"acme": "0" * 12}))
    assert problems[0].startswith("searched: the index holds no policy 'acme' in version '000")


def test_nothing_has_changed(small: Assistant, saved: Answer) -> None:
    assert small.differences(saved) == []


def test_what_has_changed(small: Assistant, saved: Answer, add_acme: AddText) -> None:
    old = small.policy("acme").version
    add_acme(TEXT.replace("90", "60"))
    new = small.policy("acme").version
    changed = with_receipt(
        saved,
        embedding="other@1",
        prompt="one_sentence@000000000000",
        thresholds={**saved.receipt.thresholds, "support": 0.1},
    )
    lines = small.differences(changed)
    assert lines[:2] == [
        f"acme: version {old} was searched, the newest is {new}",
        f"the embedding model was other@1, it is {saved.receipt.embedding}",
    ]
    assert lines[2].startswith("the prompt was one_sentence@000000000000, it is one_sentence@")
    assert lines[3] == (
        f"the threshold 'support' was 0.1, it is {saved.receipt.thresholds['support']}"
    )


def test_a_false_conflict(small: Assistant, add_acme: AddText) -> None:
    add_acme("Acme Privacy Policy\n\nWe keep server logs for 30 days. Parcels weigh 90 grams.\n")
    policy = small.policy("acme")
    answer = small.ask("How long are server logs kept?", generate=False)
    (clause,) = small.clauses("acme")
    starts = [policy.text.index(words) for words in ("We keep", "Parcels")]
    quotes = tuple(
        Quote.of(policy, clause.id, start, policy.text.index(".", start) + 1) for start in starts
    )
    ids = tuple(quote.citation_id for quote in quotes)
    forged = with_receipt(replace(answer, quotes=quotes, verdict=Verdict.CONFLICTING), conflict=ids)
    assert "the first two quotes do not contradict each other" in small.verify(forged)
