"""Hand-made passages: which of their sentences become quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.evidence.select import ranked_quotes, select
from index.search.retriever import Passage, ScoredUnit
from index.store.clause_rows import StoredClause
from index.types import Clause, Policy, version_of

TEXT = "We keep logs. We sell nothing. WE KEEP LOGS! Ask us."
SPANS = {"keep": (0, 13), "sell": (14, 30), "loud": (31, 44), "ask": (45, 52)}
POLICY = Policy("acme", "Acme", "acme.txt", "text/plain", TEXT, version_of(TEXT))


def passage(units: dict[str, float], row: int = 1, score: float = 0.5) -> Passage:
    spans = {name: SPANS[name] for name in units}
    clause = Clause(f"acme#{row}", "acme", POLICY.version, None, (), 0, len(TEXT))
    scored = [ScoredUnit(spans[name], value, 0.0, value) for name, value in units.items()]
    ranked = tuple(sorted(scored, key=lambda unit: -unit.score))
    return Passage(StoredClause(row, clause, "", tuple(spans.values())), POLICY, score, ranked)


def quoted(passages: Sequence[Passage], limit: int) -> list[str]:
    return [evidence.quote.exact for evidence in select(passages, limit)]


@pytest.mark.parametrize(
    ("units", "limit", "expected"),
    [
        ({"keep": 0.3, "sell": 0.9, "ask": 0.7}, 4, ["We sell nothing.", "Ask us."]),
        ({"keep": 0.37, "sell": 0.9}, 4, ["We sell nothing.", "We keep logs."]),
        ({"keep": 0.35, "sell": 0.9}, 4, ["We sell nothing."]),
        ({"keep": 0.9, "sell": 0.9, "ask": 0.9}, 2, ["We keep logs.", "We sell nothing."]),
        ({"keep": 0.8, "loud": 0.9, "ask": 0.8}, 4, ["WE KEEP LOGS!", "Ask us."]),
        ({}, 4, []),
    ],
    ids=["best first", "at the share", "below the share", "limit", "said once", "none"],
)
def test_which_sentences(units: dict[str, float], limit: int, expected: list[str]) -> None:
    assert quoted([passage(units)], limit) == expected


def test_sentences_of_all_passages_are_ranked_together() -> None:
    passages = [passage({"keep": 0.7}, 1), passage({"sell": 0.9, "ask": 0.6}, 2)]
    chosen = select(passages, 4)
    assert [evidence.quote.exact for evidence in chosen] == [
        "We sell nothing.",
        "We keep logs.",
        "Ask us.",
    ]
    assert [evidence.quote.clause_id for evidence in chosen] == ["acme#2", "acme#1", "acme#2"]
    assert [evidence.passage.stored.row for evidence in chosen] == [2, 1, 2]


def test_of_equal_sentences_the_better_passage_comes_first() -> None:
    passages = [passage({"keep": 0.7}, 1, score=0.3), passage({"sell": 0.7}, 2, score=0.6)]
    assert quoted(passages, 1) == ["We sell nothing."]


def test_no_passages_no_quotes() -> None:
    assert select([], 4) == []


def test_of_several_named_policies_each_is_quoted() -> None:
    other = Policy("beta", "Beta", "beta.txt", "text/plain", TEXT, POLICY.version)
    second = replace(passage({"ask": 0.6}, 2), policy=other)
    passages = [passage({"keep": 0.9, "sell": 0.8}, 1), second]
    chosen = select(passages, 3, ["acme", "beta"])
    assert [evidence.quote.exact for evidence in chosen] == [
        "We keep logs.",
        "We sell nothing.",
        "Ask us.",
    ]
    assert [evidence.quote.exact for evidence in select(passages, 2, ["acme", "beta"])] == [
        "We keep logs.",
        "Ask us.",
    ]
    assert len(select(passages, 1, ["acme", "beta"])) == 2
    assert quoted(passages, 3) == ["We keep logs.", "We sell nothing.", "Ask us."]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("We keep these logs for 30 days.", "we keep the logs, for 30 days", True),
        ("We keep logs for 30 days.", "We keep logs for 90 days.", False),
        ("We sell data.", "We do not sell data.", False),
        ("We may share your data with partners.", "We share your data with partners.", False),
        ("We also keep the logs.", "We keep those logs.", True),
        ("Your data is kept by us.", "Data is kept by us.", False),
        (
            "The customer pays the supplier within thirty days of the date of the invoice.",
            "The supplier pays the customer within thirty days of the date of the invoice.",
            False,
        ),
        (
            "You answer for claims about your content.",
            "You answer for claims about our content.",
            False,
        ),
        ("We share data with partners.", "Partners share data with us.", False),
        ("Logs are kept, and data is sold.", "Data is kept, and logs are sold.", False),
    ],
)
def test_near_duplicates_are_said_once_and_counted(one: str, other: str, same: bool) -> None:
    text = f"{one} {other}"
    policy = Policy("acme", "Acme", "acme.txt", "text/plain", text, version_of(text))
    spans = ((0, len(one)), (len(one) + 1, len(text)))
    clause = Clause("acme#1", "acme", policy.version, None, (), 0, len(text))
    units = (ScoredUnit(spans[0], 0.9, 0.0, 0.9), ScoredUnit(spans[1], 0.8, 0.0, 0.8))
    chosen = select([Passage(StoredClause(1, clause, "", spans), policy, 0.9, units)], 4)
    said = [
        (evidence.quote.exact, [more.exact for more in evidence.repeats]) for evidence in chosen
    ]
    assert said == ([(one, [other])] if same else [(one, []), (other, [])])


def test_the_same_words_of_two_named_policies_are_both_quoted() -> None:
    other = Policy("beta", "Beta", "beta.txt", "text/plain", TEXT, POLICY.version)
    passages = [passage({"keep": 0.9}, 1), replace(passage({"keep": 0.8}, 2), policy=other)]
    assert [evidence.quote.policy_id for evidence in select(passages, 4, ["acme", "beta"])] == [
        "acme",
        "beta",
    ]
    (only,) = select(passages, 4)
    assert [quote.policy_id for quote in only.repeats] == ["beta"]


def test_ranked_quotes_know_no_threshold() -> None:
    passages = [passage({"keep": 0.9, "loud": 0.5, "sell": 0.01}, 1)]
    assert [quote.exact for quote in ranked_quotes(passages, 9)] == [
        "We keep logs.",
        "We sell nothing.",
    ]
    assert len(ranked_quotes(passages, 1)) == 1
    assert ranked_quotes([], 3) == []
