from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.shown import HOSTILE, Elements
from ui.history.kept import Conversation, Feedback, Judgement, KeptQuestion
from ui.page.growing_turn import AskedQuestion, growing_turn
from ui.page.html import turn as turn_html
from ui.page.html.conversation_list import conversation_list
from ui.page.html.policy_list import policy_list
from ui.page.shown_turn import kept_turn


def test_a_stopped_turn_says_so_and_a_complete_one_stays(acme: FakeAssistant) -> None:
    _, quoted, _, last = growing_turn(acme, AskedQuestion("How long are logs kept?"))
    assert quoted.stopped().waiting == ""
    assert 'class="pa-note">Stopped.' in quoted.stopped().shown()
    assert last.stopped() is last


def test_a_kept_turn_is_shown_as_it_was_also_when_its_policy_is_gone(acme: FakeAssistant) -> None:
    *_, turn = growing_turn(acme, AskedQuestion("How long are logs kept?"))
    kept = KeptQuestion("a", "c", turn.question, datetime.now(UTC), turn.answer, {"acme": "Acme"})
    assert kept_turn(acme, 1, kept) == replace(turn, id="a")
    acme.remove("acme")
    acme.put("other", "Other.", "Other")
    again = kept_turn(acme, 1, kept)
    assert again.body == turn.body
    assert "<mark>They are kept for 30 days.</mark>" in again.cards
    assert "has since been removed" in again.cards
    assert kept_turn(acme, 1, replace(kept, answer=None)).body.startswith(
        '<p class="pa-note">This question was stopped, or the page was closed'
    )


def test_hostile_text_adds_no_element_and_no_live_link(tmp_path: Path) -> None:
    fake = FakeAssistant(tmp_path)
    fake.put("evil", HOSTILE, HOSTILE)
    *_, turn = growing_turn(fake, AskedQuestion(f"{HOSTILE} quoted"))
    now, feedback = datetime.now(UTC), Feedback(Judgement.WRONG, HOSTILE)
    html = (
        turn_html.conversation([replace(turn, id="a").shown(feedback)], "c")
        + turn.evidence(current=True)
        + policy_list(fake.policies(), ())
        + conversation_list([Conversation("c", HOSTILE, now)], "c", now)
    )
    elements = Elements(html)
    assert not elements.names & {"script", "img", "iframe", "svg", "style", "b"}
    assert not {name for name in elements.attributes if name.startswith("on")}
    assert elements.attributes.isdisjoint({"src", "style"})
    assert 'href="' not in html.replace('href="#turn-1-card-', "")
    assert "\u202e" not in html
    assert "[U+202E]gnp[U+202C]" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
