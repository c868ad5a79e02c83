from __future__ import annotations

import pytest

from assistant.evidence.conflicts.statements import meanings, statements


@pytest.mark.parametrize(
    ("text", "verb", "actor"),
    [
        ("We collect, use and share data.", "share", "company"),
        ("Our staff never reads mail.", "reads", "company"),
        ("You may not copy files.", "copy", "you"),
        ("Never copy files.", "copy", "you"),
        ("Files are not ever copied.", "copied", "passive"),
        ("Advertisers collect data.", "collect", "other"),
        ("We want to share data.", "share", ""),
        ("The data we share is encrypted.", "share", ""),
        ("Sharing data is easy.", "sharing", ""),
    ],
)
def test_who_acts(text: str, verb: str, actor: str) -> None:
    (statement,) = statements(text)
    assert statement.actor(statement.tokens.index(verb)) == actor


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("We sell or share personal data.", [{"sell", "share"}]),
        ("We store names, postal addresses and mail.", [{"names", "postal", "addresses", "mail"}]),
        ("In Europe, users may complain.", []),
    ],
)
def test_enumerations(text: str, lists: list[set[str]]) -> None:
    (statement,) = statements(text)
    enumerated = [frozenset().union(*members) for members in statement.lists]
    assert [{statement.tokens[i] for i in positions} for positions in enumerated] == lists


@pytest.mark.parametrize(
    "text",
    ["Do you keep logs?", "Retaining Your Information", "What we collect", "| Logs | are kept |",
     "share your data with advertisers;", "You may not:", ""],
)  # fmt: skip
def test_what_states_nothing(text: str) -> None:
    assert statements(text) == ()


@pytest.mark.slow
def test_the_parts_of_a_statement() -> None:
    (statement,) = statements("We never keep Acme logs for more than 30 days if you object.")
    assert statement.negations == (1,)
    assert statement.numbers == {"30 day"}
    assert statement.gates == {"if"}
    assert [statement.tokens[index] for index in statement.names] == ["acme"]
    assert statement.meanings == {"keep", "acm", "log", "object"}
    assert statement.without({"log"}).meanings == {"keep", "acm", "object"}
    assert statement.word_for("log") == "logs"


def test_alternatives_count_as_matched() -> None:
    (statement,) = statements("We sell or share your photos.")
    assert statement.unmatched({"sell", "photo"}) == []
    assert [statement.tokens[index] for index in statement.unmatched({"sell"})] == ["photos"]


def test_meanings_without_weight() -> None:
    assert meanings("Do you keep all of my data?") == {"keep", "information"}
