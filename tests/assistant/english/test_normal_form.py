from __future__ import annotations

import pytest

from assistant.english.normal_form import NormalForm, main_clause, without_lead


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("You may not copy it.", "You mustnt not copy it."),
        ("Data is kept no longer than 5 days.", "Data is kept atmost 5 days."),
        ("You are not required to pay.", "You neednot pay."),
        ("Should we be sold, we tell you.", "If we be sold, we tell you."),
        ("It is prohibited to sell it.", "It mustnt not sell it."),
        ("Selling it is prohibited.", "Selling it mustnt."),
        ("You have the right to object.", "You can object."),
    ],
)
def test_a_phrase_becomes_the_word_that_it_means(text: str, normal: str) -> None:
    assert NormalForm.of(text).text == normal


def test_what_stands_behind_a_negation() -> None:
    said = NormalForm.of("We never sell your old photos to advertisers.")
    assert said.behind(frozenset({"never"}), 2) == {"sell", "old"}
    assert said.behind(frozenset({"must"})) == frozenset()


def test_a_name_that_acts_is_the_companys() -> None:
    assert NormalForm.of("Acme may sell mail.").acting == ("company", "may", "sell", "mail")
    assert NormalForm.of("You may sell Acme.").acting == ("you", "may", "sell", "acme")


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("In this case, we sell none.", "we sell none."),
        ("Your data, email included, will be sold, if you agree.", "Your data will be sold"),
        ("We sell data that you post.", "We sell data "),
    ],
)
def test_main_clauses(text: str, clause: str) -> None:
    assert main_clause(text) == clause


def test_a_lead_is_left_out() -> None:
    assert without_lead("As said above, they keep logs.") == "they keep logs."
    assert without_lead("If you agree, they keep logs.") == "If you agree, they keep logs."
