from __future__ import annotations

import pytest

from index.text.query_words import (
    all_forms,
    base_form,
    content_words,
    match_expression,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme’s e-mail, and Bob's!", ["acme", "e-mail", "and", "bob"]),
        ("don't AT&T 3.5 a_b", ["don't", "at&t", "3.5", "a", "b"]),
        ("?! ...", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Do you sell my e-mail address?", ["sell", "e", "mail", "address"]),
        ("Data data DATA", ["data"]),
        ("Who are you?", ["who", "are", "you"]),
        ("", []),
        (" ".join(f"word{number}" for number in range(50)), [f"word{n}" for n in range(40)]),
    ],
)
def test_content_words(question: str, expected: list[str]) -> None:
    assert content_words(question) == expected


def test_match_expression() -> None:
    assert match_expression(["a", 'b"c', "OR"]) == '"a" OR "b""c" OR "OR"'


def test_irregular_forms_are_found_by_their_base_and_the_other_way_round() -> None:
    assert (base_form("sold"), base_form("sell"), base_form("logs")) == ("sell", "sell", "logs")
    assert all_forms("keep") == ["keep", "kept"]
    assert all_forms("logs") == ["logs"]
