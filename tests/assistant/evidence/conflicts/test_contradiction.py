"""When two quotes contradict each other: hand-written pairs, and what holds for any pair."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence.conflicts.contradiction import conflict, spoken_of
from tests.assistant.samples import ROOT

PAIRS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "conflicts.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
# Sentences of these words contradict each other often enough for the properties to be tried.
WORDS = """
    We You do not never may must share keep delete logs data your with advertisers partners for
    after within 30 90 days if except and or , . are kept no refunds this
""".split()
quotes = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.sampled_from([pair[side] for pair in PAIRS for side in ("one", "other")]),
    st.text(max_size=40),
)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_pairs(pair: dict[str, Any]) -> None:
    reason = conflict(pair["one"], pair["other"], pair["question"])
    assert (reason is not None) is pair["conflict"], reason


def test_there_are_enough_pairs_of_both_kinds() -> None:
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    assert [sum(pair["conflict"] is kind for pair in PAIRS) for kind in (True, False)] == [30, 73]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Logs are kept 30 days.", "Logs stay 90 days.", 'one says "30 day", the other "90 day"'),
        ("Logs stay 90 days.", "Logs stay 30 days.", 'one says "90 day", the other "30 day"'),
        ("We keep logs forever.", "We keep logs a week.", 'one says "forever", the other "1 week"'),
        ("Shipping is free.", "Shipping costs 5 euros.", 'one says "free", the other "costs"'),
        ("We read mail.", "We do not read mail.", "one denies what the other says"),
    ],
)
def test_reasons_are_in_the_order_of_the_quotes(one: str, other: str, reason: str) -> None:
    assert conflict(one, other, "") == reason


def test_only_what_was_asked_counts() -> None:
    one = "Cookies remember your basket. Logs are kept for 30 days."
    other = "Logs are kept for 90 days. Cookies are small files."
    assert conflict(one, other, "What are cookies?") is None
    assert conflict(one, other, "How long do you keep logs?") is not None
    assert conflict(one, other, "And your computers' records?") is not None


def test_what_the_next_sentence_takes_back_does_not_contradict() -> None:
    denied = "We never share your data with advertisers."
    said = "We share your data with advertisers."
    assert conflict(denied, said, "") is not None
    assert conflict(f"{denied} However, there are exceptions.", said, "") is None
    assert conflict(f"{denied} You can rely on that.", said, "") is not None


@given(quotes, quotes, quotes)
def test_the_order_of_the_quotes_does_not_matter(one: str, other: str, question: str) -> None:
    assert (conflict(one, other, question) is None) is (conflict(other, one, question) is None)


@given(quotes, quotes)
def test_nothing_contradicts_itself(quote: str, question: str) -> None:
    assert conflict(quote, quote, question) is None
    assert conflict(quote, f"Note: {quote}", question) is None


def test_a_company_that_is_named() -> None:
    named = spoken_of("Acme shares your email address with advertisers.", "Acme")
    assert named == "We shares your email address with advertisers."
    other = "We do not share your email address with advertisers."
    assert conflict(named, other, "Is my email address shared?") is not None
    assert spoken_of("Acme sells.", "") == "Acme sells."
