"""Edits that change what a sentence says, those that do not, and the pairs made of them."""

from __future__ import annotations

import random
import re

import pytest

from benchmarks.training.support import edits
from benchmarks.training.support.edits import Edit, Edited
from benchmarks.training.support.pairs import Source, epoch

ANSWER = "No, they do not share your email address with advertisers, unless you agree."
EVIDENCE = "We do not share your email address with advertisers unless you agree to it."
SOURCE = Source(
    ANSWER,
    (EVIDENCE,),
    "Acme",
    ("Logs are kept for thirty days.", "Parcels are sent by courier every day."),
    2,
)


def draw() -> random.Random:
    return random.Random(1)


@pytest.mark.parametrize(
    ("edit", "text", "expected"),
    [
        (edits.number, "It takes ten days.", r"It takes (?!ten)\w+ days\."),
        (edits.unit, "It takes 10 days.", r"It takes 10 (?!days)\w+s\."),
        (edits.month, "It ends on 5 May 2021.", r"It ends on 5 (?!May)\w+ 2021\."),
        (edits.negation_dropped, "They will not sell it.", r"They will sell it\."),
        (edits.negation_dropped, "No, it is not sold.", r"(Yes|No), it is sold\."),
        (edits.negation_added, "They may sell it.", r"They may not sell it\."),
        (edits.modality, "They must tell you.", r"They (can|may|should not|need not) tell you\."),
        (edits.actor, "You may end it for us.", r"They may end it for you\."),
        (
            edits.condition_dropped,
            "They may share it with them, if you agree.",
            r"They may .*them\.",
        ),
        (
            edits.condition_dropped,
            "If you agree, they may share it too.",
            r"They may share it too\.",
        ),
        (edits.hedge_dropped, "They generally keep it.", r"They keep it\."),
        (edits.widened, "They keep some logs.", r"They keep all logs\."),
        (edits.bound, "At least two people read it.", r"(At most|Up to|No more than) two people.*"),
        (edits.swapped, "It is sent by email.", r"It is sent (?!by email).+\."),
        (edits.detail_added, "Logs are kept.", r"Logs are kept.+\."),
        (edits.crossed, "Logs 30 days, mail 90 days.", r"Logs 90 days, mail 30 days\."),
        (edits.turned_round, "If you ask, they delete it.", r"They delete it if you ask\."),
        (edits.without_answer_word, "Yes, they do.", r"They do\."),
        (edits.other_word(["sleeping"]), "It is about walking.", r"It is about sleeping\."),
    ],
)
def test_an_edit(edit: Edit, text: str, expected: str) -> None:
    edited = edit(text, draw())
    assert isinstance(edited, Edited)

    assert re.fullmatch(expected, edited.text), edited.text


@pytest.mark.parametrize("edit", [*edits.CHANGES, *edits.REWORDINGS])
def test_where_there_is_nothing_to_edit(edit: Edit) -> None:
    edited = edit("Hm.", draw())
    assert edited is None or edit is edits.detail_added


def test_it_is_known_what_was_written() -> None:
    edited = edits.unit("It takes 10 days.", draw())
    assert edited is not None
    ((start, end),) = edited.written
    assert edited.text[:start] == "It takes 10 "
    assert edited.text[end:] == "."


def test_pairs() -> None:
    pairs = list(epoch([SOURCE] * 40, draw()))
    assert {pair.supported for pair in pairs} == {True, False}
    assert {pair.fold for pair in pairs} == {2}
    for pair in pairs:
        assert EVIDENCE in pair.evidence or pair.kind in {"beside", "in_both"}
        assert all(0 <= start < end <= len(pair.sentence) for start, end in pair.written)
        if pair.supported:
            assert pair.written == ()
        elif pair.kind not in {"condition_dropped", "hedge_dropped", "negation_dropped"}:
            assert pair.written or pair.kind == "modality"
    assert [pair for pair in pairs if pair.sentence == ANSWER and not pair.supported] == [
        pair for pair in pairs if pair.sentence == ANSWER and pair.kind == "beside"
    ]


def test_the_same_draw_gives_the_same_pairs() -> None:
    assert list(epoch([SOURCE] * 5, draw())) == list(epoch([SOURCE] * 5, draw()))
