"""A clause that cannot be read costs that clause, and is named; every question is answered."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from assistant import Assistant
from assistant.doctor import examine_index
from tests.assistant.conftest import AddText

TEXT = """Acme Policy

LOGS

Logs are kept for 30 days.

LOCKERS

Lockers are emptied.
"""
DAMAGES = [
    "UPDATE clauses SET units = '[[' WHERE row = 1",
    "UPDATE clauses SET heading_path = 'Logs' WHERE row = 1",
    "UPDATE clauses SET start = start + 1 WHERE row = 1",
    "UPDATE embeddings SET clause = zeroblob(length(clause)) WHERE sha256 = {key}",
    "UPDATE embeddings SET units = zeroblob(length(units)) WHERE sha256 = {key}",
    "UPDATE embeddings SET units = x'00' WHERE sha256 = {key}",
    "DELETE FROM embeddings WHERE sha256 = {key}",
]


@pytest.mark.parametrize("statement", DAMAGES)
@pytest.mark.parametrize("cached", [True, False])
def test_one_damaged_clause_costs_that_clause(
    small: Assistant, add_acme: AddText, statement: str, cached: bool
) -> None:
    add_acme(TEXT)
    version = small.policy("acme").version
    key = "(SELECT embedding FROM clauses WHERE row = 1)"
    with closing(sqlite3.connect(small.folder / "index.sqlite3")) as connection:
        connection.execute(statement.format(key=key))
        connection.commit()
    if not cached:
        (small.folder / "vectors.json").unlink()
    answer = small.ask("Are lockers emptied?", generate=False)
    assert [quote.exact for quote in answer.quotes] == ["Lockers are emptied."]
    assert answer.receipt.unread == (f"acme@{version}#1",)
    assert [hit.clause.id for hit in answer.hits] == [f"acme@{version}#2"]
    faults = [check.detail for check in examine_index(small.folder) if not check.ok]
    assert len(faults) == 1
    assert f"acme@{version}#1" in faults[0]


def test_nothing_is_named_where_nothing_is_damaged(small: Assistant, add_acme: AddText) -> None:
    add_acme(TEXT)
    assert small.ask("Are lockers emptied?", generate=False).receipt.unread == ()
