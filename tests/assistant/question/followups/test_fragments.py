from __future__ import annotations

import pytest

from assistant.question.followups.fragments import (
    closed,
    completed,
    is_clause,
    is_fragment,
    left_open,
    says_little,
)
from assistant.question.followups.parsed_question import ParsedQuestion

SHARE = ParsedQuestion("", "do", "they", "share", ("my data", "with advertisers"))


@pytest.mark.parametrize("body", ["for how long", "even if I leave", "any exceptions", "with whom"])
def test_fragments(body: str) -> None:
    assert is_fragment(body)
    assert not is_clause(body)


@pytest.mark.parametrize("body", ["do they sell it", "I leave", "tell me more"])
def test_clauses(body: str) -> None:
    assert is_clause(body)
    assert not is_fragment(body)


@pytest.mark.parametrize(
    ("body", "about", "whole"),
    [
        ("why", False, "Why do they share my data with advertisers?"),
        ("with whom", False, "With whom do they share my data?"),
        ("with the police", False, "Do they share my data with the police?"),
        ("my photos", True, "Do they share my photos with advertisers?"),
        ("my photos", False, None),
        ("which ones", False, "With which advertisers do they share my data?"),
    ],
)
def test_a_fragment_changes_the_question_before(body: str, about: bool, whole: str | None) -> None:
    assert completed(body, SHARE, about) == whole


def test_a_verb_that_leaves_open_what_is_meant() -> None:
    assert left_open("Can I opt out")
    assert closed("Can I opt out", SHARE) == "Can I opt out of sharing my data with advertisers?"
    assert not left_open("Do they share my data")


def test_a_clause_that_says_little() -> None:
    assert says_little("How would I be told")
    assert not says_little("How would I delete photos")
