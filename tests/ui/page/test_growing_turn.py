from __future__ import annotations

import threading
from dataclasses import replace

from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.shown import answer_of
from ui.page.growing_turn import AskedQuestion, growing_turn
from ui.page.shown_turn import ShownTurn


def test_it_shows_the_quotes_first_then_sentences_then_the_answer(acme: FakeAssistant) -> None:
    before = replace(answer_of(acme, "What is kept?"), text="So.")
    earlier = (ShownTurn(1, "Before?", answer=before), ShownTurn(2, "Failed?"))
    first, quoted, passed, last = growing_turn(
        acme, AskedQuestion("How long are logs kept?", earlier=earlier)
    )
    assert (first.number, first.waiting, first.cards) == (3, "Searching the policies …", "")
    assert (quoted.waiting, quoted.body) == ("Checking each sentence …", "")
    assert "<mark>They are kept for 30 days.</mark>" in quoted.cards
    assert passed.body.startswith('<p class="pa-sentences" dir="auto">It is written:')
    assert last.waiting == ""
    assert last.answer is not None
    assert last.answer.text == "It is written: They are kept for 30 days."
    assert acme.asked[-1]["history"] == [("Before?", "So.")]


def test_an_error_is_shown_and_ends_the_turn(acme: FakeAssistant) -> None:
    *_, last = growing_turn(acme, AskedQuestion("Does this fail?"))
    assert last.waiting == ""
    assert last.body == (
        '<p class="pa-note pa-error" role="alert">this question cannot be asked: '
        "&lt;b&gt;ask another&lt;/b&gt;</p>"
    )


def test_a_stop_ends_the_turn_while_a_step_is_under_way(acme: FakeAssistant) -> None:
    acme.gate.clear()
    stop = threading.Event()
    growing = growing_turn(acme, AskedQuestion("How long are logs kept?"), stop)
    assert [next(growing).waiting for _ in range(2)] == [
        "Searching the policies …",
        "Checking each sentence …",
    ]
    stop.set()
    assert 'class="pa-note">Stopped.' in next(growing).body
    assert list(growing) == []
    acme.gate.set()
