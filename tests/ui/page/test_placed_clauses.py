from __future__ import annotations

from dataclasses import replace

from assistant import Hit, Quote
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.shown import CLAUSE, PLACED, POLICY, QUOTE
from ui.page.placed_clauses import PlacedClause, PlacedClauses, RemovedPolicy


def test_a_clause_says_where_it_stands() -> None:
    assert PLACED.name == "Acme <Inc>"
    assert PLACED.place == "Section 1.2 · Uses › Logs · page 3"
    assert PLACED.text == "We keep logs. They are kept for 30 days."
    bare = PlacedClause("", POLICY, replace(CLAUSE, number=None, heading_path=(), page=None))
    assert (bare.name, bare.place) == ("Privacy", "")


def test_quotes_and_hits_are_placed_in_their_policies(acme: FakeAssistant) -> None:
    clauses = PlacedClauses.of(acme)
    assert clauses.names == {"acme": "Acme"}
    policy, (clause, _) = acme.policy("acme"), acme.clauses("acme")
    (placed,) = clauses.of_quotes([Quote.of(policy, clause.id, 22, 48)])
    assert placed == PlacedClause("Acme", policy, clause)
    assert clauses.of_hits([Hit(clause, 0.5, 1)]) == [placed]


def test_a_quote_that_stands_in_no_clause_is_its_own(acme: FakeAssistant) -> None:
    quote = Quote.of(acme.policy("acme"), "none", 0, 6)
    (placed,) = PlacedClauses.of(acme).of_quotes([quote])
    assert isinstance(placed, PlacedClause)
    assert (placed.text, placed.place) == ("# Logs", "")


def test_of_a_removed_policy_the_name_is_left(acme: FakeAssistant) -> None:
    names, hit = {"acme": "Acme, as it was"}, Hit(CLAUSE, 0.5, 1)
    acme.remove("acme")
    clauses = PlacedClauses.of(acme, names)
    assert clauses.of_quotes([QUOTE]) == [RemovedPolicy("Acme, as it was")]
    assert clauses.of_hits([hit]) == []
