from __future__ import annotations

import pytest

from assistant.english.lexicon.verbs import (
    BASES,
    GERUNDS,
    PARTICIPLES,
    THIRD_PERSONS,
    gerund,
    third_person,
)


@pytest.mark.parametrize(
    ("base", "form"),
    [("be", "being"), ("share", "sharing"), ("agree", "agreeing"), ("stop", "stopping"),
     ("spy", "spying"), ("keep", "keeping")],
)  # fmt: skip
def test_gerunds(base: str, form: str) -> None:
    assert gerund(base) == form


@pytest.mark.parametrize(
    ("base", "form"),
    [("be", "is"), ("have", "has"), ("keep", "keeps"), ("deny", "denies"), ("buy", "buys"),
     ("pass", "passes"), ("hold on to", "holds on to")],
)  # fmt: skip
def test_third_persons(base: str, form: str) -> None:
    assert third_person(base) == form


def test_forms_of_all_verbs() -> None:
    assert {"sold", "shared", "stopped", "denied", "put"} <= PARTICIPLES
    assert {"selling", "sharing", "stopping", "denying"} <= GERUNDS
    assert THIRD_PERSONS["sells"] == "sell"
    assert THIRD_PERSONS.keys().isdisjoint(BASES)
