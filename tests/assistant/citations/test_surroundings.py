from __future__ import annotations

import pytest

from assistant import Assistant, Status
from assistant.citations.surroundings import occurrences
from tests.assistant.citations.samples import FIRST, INTRO, cite
from tests.assistant.conftest import AddText


def test_places_may_overlap() -> None:
    assert occurrences("anana", "ana") == [0, 2]
    assert occurrences("anana", "b") == []


@pytest.mark.parametrize(
    ("old", "new", "cited"),
    [
        # a word that denies it, before, behind, and in the lead-in of a list
        ("We share data.", "We never share data.", "share data"),
        ("We share data.", "Not that we share data.", "share data."),
        ("We share data with couriers.", "We share data with nobody.", "We share data"),
        (
            "We do:\n\n- share data\n- keep it",
            "We do not:\n\n- share data\n- keep it",
            "share data",
        ),
        # the rest of the sentence is another one, or it is another word
        ("Logs are kept for a month.", "Logs are kept for a month at most.", "kept for a month"),
        ("Our art is kept.", "Our artwork is kept.", "Our art"),
    ],
)
def test_words_in_another_sentence_are_not_the_same(
    small: Assistant, add_acme: AddText, old: str, new: str, cited: str
) -> None:
    frame = "Acme Privacy Policy\n\nNobody feeds zebras here.\n\n{}\n\nQuokkas sleep at noon.\n"
    add_acme(frame.format(old))
    citation = cite(small, cited)
    add_acme(frame.format(new))
    assert cited in small.policy("acme").text
    resolution = small.lookup(citation)
    assert (resolution.status, resolution.current) == (Status.CHANGED, None)
    assert resolution.nearest is not None
    assert cited in resolution.nearest.exact
    assert 0.32 <= resolution.score < 1
    assert "".join(piece.text for piece in resolution.differences if piece.part != "removed") == (
        resolution.nearest.exact
    )


@pytest.mark.parametrize("cited", ["thirty days", "after thirty days.", "Server"])
def test_a_part_of_a_sentence_that_stays_whole_is_the_same(
    small: Assistant, add_acme: AddText, cited: str
) -> None:
    add_acme(FIRST)
    citation = cite(small, cited)
    add_acme(FIRST.replace("Acme Privacy Policy\n", INTRO).replace("1. Logs", "2. Logs"))
    assert small.lookup(citation).status is Status.MOVED


def test_a_paragraph_in_bold_is_not_an_item_of_a_list(small: Assistant, add_acme: AddText) -> None:
    add_acme("Rules\n\nWe only keep this:\n\n**Your mail**. Once read, it is burnt.\n")
    citation = cite(small, "**Your mail**.")
    add_acme("Rules\n\nWe are Acme.\n\n**Your mail**. Once read, it is burnt.\n")
    assert small.lookup(citation).status is Status.MOVED


def test_what_the_words_stand_under_now(small: Assistant, add_acme: AddText) -> None:
    text = "Rules\n\n1. What we {} do\n\nWe keep:\n\n- logs; and\n- {}\n  - names\n"
    add_acme(text.format("never", "mail:"))
    citation = cite(small, "names")
    add_acme(text.format("always", "mail and:"))
    resolution = small.lookup(citation)
    assert resolution.status is Status.MOVED
    assert resolution.under == (
        "What we never do › We keep: › - mail:",
        "What we always do › We keep: › - mail and:",
    )
    add_acme(text.format("always", "mail, not:"))
    assert small.lookup(citation).status is Status.CHANGED
