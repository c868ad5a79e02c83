"""The HTML of answers, cards and lists, as exact values; nothing in a policy becomes markup."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from ui.page.answer_footer import judging, taking_along
from ui.page.cards import Removed, Source
from ui.page.conversation_list import past
from ui.page.dialogue import Turn, frames, kept_turn
from ui.page.safe_text import spelt_out, visible

from assistant.values.answer import Answer, Quote, Rejected, Sentence, Verdict
from index.types import Clause, Policy, version_of
from tests.ui.fake_assistant import FakeAssistant
from ui.history.conversations import Conversation, Feedback, Judgement, Kept
from ui.page import cards
from ui.page import conversation as page
from ui.page import policy_list as library

TEXT = "# Logs\n\nWe keep logs. They are kept for 30 days.\n\nNobody else sees them."
POLICY = Policy("acme", "Privacy", "acme.txt", "text/plain", TEXT, version_of(TEXT), "2019-05-01")
CLAUSE = Clause("acme-1", "acme", POLICY.version, "1.2", ("Uses", "Logs"), 8, 48, 3)
QUOTE = Quote.of(POLICY, "acme-1", 22, 48)
SOURCE = Source("Acme <Inc>", POLICY, CLAUSE)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> ![x](http://evil.example/a.png) "
    "[go](javascript:alert(3)) \u202egnp\u202c \"quoted\" 'single' {{value}} ${alert(4)}."
)


class Elements(HTMLParser):
    """Collects the names of the elements and of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.fixture
def acme(tmp_path: Path) -> FakeAssistant:
    fake = FakeAssistant(tmp_path)
    fake.put("acme", TEXT, "Acme", "2019-05-01")
    return fake


def answer_of(fake: FakeAssistant, question: str) -> Answer:
    last = list(fake.stream(question))[-1].answer
    assert last is not None
    return last


def test_text_is_escaped_and_bidirectional_controls_are_spelt_out() -> None:
    assert visible("<b>\"&'</b>") == "&lt;b&gt;&quot;&amp;&#x27;&lt;/b&gt;"
    assert visible("a\u202eb\u2066c") == "a[U+202E]b[U+2066]c"
    assert visible("a\u200fb\u061cc\x1bd") == "a[U+200F]b[U+061C]c[U+001B]d"
    assert visible("a\ud800b") == "a?b"
    assert spelt_out("<a\u202e>") == "<a[U+202E]>"
    assert visible("Grüße, עברית\n") == "Grüße, עברית\n"


def test_a_card_holds_the_quote_in_its_clause_in_its_policy() -> None:
    marked = "We keep logs. <mark>They are kept for 30 days.</mark>"
    citation = f"acme@{POLICY.version}:22-48"
    assert cards.quote_cards(2, [QUOTE], [SOURCE]) == (
        '<article class="pa-card" id="turn-2-card-1" tabindex="-1"'
        ' aria-labelledby="turn-2-card-1-name"><header>'
        '<span class="pa-number" aria-hidden="true">1</span><div><h3 id="turn-2-card-1-name">'
        '<span class="pa-unseen">Quote 1: </span><bdi>Acme &lt;Inc&gt;</bdi></h3>'
        '<p class="pa-about">Privacy · in effect from '
        f'<time datetime="2019-05-01">1 May 2019</time> · version {POLICY.version}</p>'
        '<p class="pa-place">Section 1.2 · Uses › Logs · page 3</p></div></header>'
        '<details class="pa-context" name="turn-2-context" open>'
        '<summary><span class="pa-if-closed">Read it in the policy</span>'
        '<span class="pa-if-open">Show the clause alone</span></summary>'
        '<div class="pa-text" dir="auto" tabindex="0" role="region"'
        ' aria-label="Privacy, around card 1"># Logs\n\n'
        f'<span class="pa-clause">{marked}</span>\n\nNobody else sees them.</div></details>'
        f'<blockquote dir="auto">{marked}</blockquote>'
        f'<footer><code>{citation}</code><button type="button" class="pa-copy"'
        f' data-copy="{citation}" aria-label="Copy the citation {citation}">Copy</button></footer>'
        "</article>"
    )


def test_of_several_cards_the_first_is_open_in_its_policy() -> None:
    html = cards.quote_cards(1, [QUOTE, QUOTE], [SOURCE, SOURCE])
    assert html.count('name="turn-1-context" open>') == 1
    assert html.count('name="turn-1-context">') == 1


def test_of_a_removed_policy_the_quote_is_shown_as_it_was_kept() -> None:
    html = cards.quote_cards(1, [QUOTE], [Removed("Acme <Inc>")])
    assert "<bdi>Acme &lt;Inc&gt;</bdi>" in html
    assert "This policy has since been removed from the index." in html
    assert (
        '<blockquote dir="auto">… # Logs\n\nWe keep logs. <mark>They are kept for 30 days.</mark>'
        "\n\nNobody else sees them. …</blockquote>" in html
    )


def test_a_quote_that_leaves_its_clause_is_marked_whole() -> None:
    wide = Quote.of(POLICY, "acme-1", 22, 71)
    html = cards.quote_cards(1, [wide], [SOURCE])
    assert (
        '<blockquote dir="auto">We keep logs. <mark>They are kept for 30 days.'
        "\n\nNobody else sees them</mark></blockquote>" in html
    )


def test_of_a_long_policy_the_card_shows_4000_characters_on_either_side() -> None:
    text = "a" * 5000 + "Logs are kept." + "b" * 6000
    policy = Policy("long", "Long", "long.txt", "text/plain", text, version_of(text))
    clause = Clause("long-1", "long", policy.version, None, (), 5000, 5014)
    html = cards.quote_cards(
        1, [Quote.of(policy, "long-1", 5000, 5014)], [Source("", policy, clause)]
    )
    assert f"><i>1,000 characters before</i>\n{'a' * 4000}<span" in html
    assert f"</span>{'b' * 4000}\n<i>2,000 characters after</i></div>" in html
    about = f'<p class="pa-about">undated · version {policy.version}</p>'
    assert f'<bdi>Long</bdi></h3>{about}<p class="pa-place"></p>' in html


def test_sentences_link_to_the_cards_of_their_quotes() -> None:
    told = [Sentence("Logs live <30 days.", (QUOTE.citation_id, "not@000000000000:1-2"))]
    assert page.sentences(3, told, [QUOTE]) == (
        '<p class="pa-sentences" dir="auto">Logs live &lt;30 days. '
        '<a class="pa-marker" href="#turn-3-card-1" aria-label="Quote 1">[1]</a></p>'
    )


def test_an_answer_leads_with_its_verdict_and_keeps_what_was_withheld(acme: FakeAssistant) -> None:
    html = page.answered(1, answer_of(acme, "How long are logs kept?"), {"acme": "Acme"})
    assert html.startswith(
        '<p class="pa-verdict" data-verdict="answered"><strong>Answered from the policies</strong>'
        '<span>1 quote from Acme · confidence 88%</span></p><p class="pa-sentences" dir="auto">'
        "It is written: They are kept for 30 days. <a"
    )
    assert (
        '<details class="pa-withheld"><summary>1 sentence was withheld by the support check: '
        '“nobody” is in no quote</summary><ul><li dir="auto"><s>Nobody else sees them.</s>'
        "<span>“nobody” is in no quote</span></li>"
        "</ul></details>" in html
    )
    assert "<dt>Took</dt><dd>1.2 s</dd>" in html


def test_two_withheld_sentences_are_counted(acme: FakeAssistant) -> None:
    answer = answer_of(acme, "How long are logs kept?")
    two = replace(answer, rejected=(Rejected("A.", (), ("b", "c")), Rejected("D.", (), ())))
    html = page.answered(1, two, {})
    assert "<summary>2 sentences were withheld by the support check</summary>" in html
    assert (
        '<li dir="auto"><s>A.</s><span>b; c</span></li><li dir="auto"><s>D.</s><span></span></li>'
        in html
    )


def test_without_sentences_the_quotes_stand_alone(acme: FakeAssistant) -> None:
    *_, last = acme.stream("How long are logs kept?", generate=False)
    assert last.answer is not None
    html = page.answered(1, last.answer, {"acme": "Acme"})
    assert (
        '<ul class="pa-quotes"><li dir="auto"><q>They are kept for 30 days.</q> '
        '<a class="pa-marker" href="#turn-1-card-1" aria-label="Quote 1">[1]</a>'
        "<cite>Acme</cite></li></ul>" in html
    )
    assert "<dt>Written by</dt><dd>no language model: quotes only</dd>" in html


def test_quotes_that_no_sentence_cites_follow_the_sentences(tmp_path: Path) -> None:
    fake = FakeAssistant(tmp_path)
    fake.put("one", "Logs are kept.")
    fake.put("two", "Cookies are kept.")
    answer = answer_of(fake, "What is kept?")
    html = page.answered(1, replace(answer, sentences=answer.sentences[:1]), {})
    assert html.index("It is written: Logs are kept.") < html.index("Also in the policies")
    assert (
        '<h3>Also in the policies</h3><ul class="pa-quotes"><li dir="auto"><q>Cookies are kept.</q>'
        ' <a class="pa-marker" href="#turn-1-card-2" aria-label="Quote 2">[2]</a>'
        "<cite>two</cite></li></ul>" in html
    )
    assert "Also in the policies" not in page.answered(1, answer, {})


def test_conflicting_policies_are_called_so(acme: FakeAssistant) -> None:
    answer = replace(answer_of(acme, "How long are logs kept?"), verdict=Verdict.CONFLICTING)
    html = page.answered(1, answer, {"acme": "Acme"})
    assert 'data-verdict="conflicting"><strong>The policy contradicts itself</strong>' in html


def test_not_stated_says_what_was_searched_and_what_is_nearest(acme: FakeAssistant) -> None:
    answer = answer_of(acme, "Do you sell data to brokers?")
    html = page.unanswered(1, answer, [SOURCE], {"acme": "Acme"})
    assert html.startswith(
        '<p class="pa-verdict" data-verdict="not_stated"><strong>The policies do not say</strong>'
        "</p><p>Searched 1 policy: Acme. No clause that was found answers this question, so nothing"
        " is claimed.</p><h3>The nearest clauses</h3>"
        '<ol class="pa-nearest"><li><a class="pa-marker" href="#turn-1-card-1">Acme &lt;Inc&gt;</a>'
        ' Section 1.2 · Uses › Logs · page 3<span dir="auto">We keep logs. They are kept for 30 '
        "days.</span></li></ol><h3>What you can do</h3><ul>"
    )
    assert html.count("<li>") == 4


def test_out_of_scope_says_what_it_answers_from(acme: FakeAssistant) -> None:
    html = page.unanswered(1, answer_of(acme, "What is the weather like?"), [], {"acme": "Acme"})
    assert '"out_of_scope"><strong>Not a question about these policies</strong></p><p>This' in html
    assert "The nearest clauses" not in html


def test_what_is_said_again_and_who_is_silent(tmp_path: Path) -> None:
    fake = FakeAssistant(tmp_path)
    fake.put("one", "Logs are kept.")
    fake.put("two", "Cookies are kept.")
    answer = answer_of(fake, "What is kept?")
    again = {answer.quotes[1].citation_id: ("three@0:1-2",)}
    html = page.answered(
        1,
        replace(answer, receipt=replace(answer.receipt, repeats=again, silent=("four", "five"))),
        {"four": "<Four>"},
    )
    assert '<p class="pa-note">[2] is said again in 1 other place.</p>' in html
    assert '<p class="pa-note">Nothing on this was found in: &lt;Four&gt; and five.</p>' in html
    plain = page.answered(1, answer, {})
    assert "said again" not in plain
    assert "Nothing on this" not in plain


def test_hostile_text_adds_no_element_and_no_live_link(tmp_path: Path) -> None:
    fake = FakeAssistant(tmp_path)
    fake.put("evil", HOSTILE, HOSTILE)
    *_, turn = frames(fake, f"{HOSTILE} quoted")
    html = (
        page.conversation([replace(turn, id="a").shown(Feedback(Judgement.WRONG, HOSTILE))], "c")
        + turn.evidence(current=True)
        + library.policy_list(fake.policies(), ())
        + past([Conversation("c", HOSTILE, datetime.now(UTC))], "c", datetime.now(UTC))
    )
    found = Elements(html)
    assert not found.names & {"script", "img", "iframe", "svg", "style", "b"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert found.attributes.isdisjoint({"src", "style"})
    assert 'href="' not in html.replace('href="#turn-1-card-', "")
    assert "\u202e" not in html
    assert "[U+202E]gnp[U+202C]" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_frames_show_the_quotes_first_then_sentences_then_the_answer(acme: FakeAssistant) -> None:
    before = replace(answer_of(acme, "What is kept?"), text="So.")
    earlier = (Turn(1, "Before?", answer=before), Turn(2, "Failed?"))
    first, quoted, told, last = frames(acme, "How long are logs kept?", earlier=earlier)
    assert (first.number, first.waiting, first.cards) == (3, "Searching the policies …", "")
    assert (quoted.waiting, quoted.body) == ("Checking each sentence …", "")
    assert "<mark>They are kept for 30 days.</mark>" in quoted.cards
    assert told.body.startswith('<p class="pa-sentences" dir="auto">It is written:')
    assert last.waiting == ""
    assert last.answer is not None
    assert last.answer.text == "It is written: They are kept for 30 days."
    assert acme.asked[-1]["history"] == [("Before?", "So.")]


def test_an_error_is_told_and_ends_the_turn(acme: FakeAssistant) -> None:
    *_, last = frames(acme, "Does this fail?")
    assert last.waiting == ""
    assert last.body == (
        '<p class="pa-note pa-error" role="alert">this question cannot be asked: '
        "&lt;b&gt;ask another&lt;/b&gt;</p>"
    )


def test_a_stopped_turn_says_so_and_a_complete_one_stays(acme: FakeAssistant) -> None:
    _, quoted, _, last = frames(acme, "How long are logs kept?")
    assert quoted.stopped().waiting == ""
    assert 'class="pa-note">Stopped.' in quoted.stopped().shown()
    assert last.stopped() is last


def test_an_answer_is_judged_below_it() -> None:
    html = judging("id-1", None)
    assert html.startswith('<footer class="pa-after" data-answer="id-1">')
    assert html.count('aria-pressed="false"') == 3
    assert "textarea" not in html
    noted = judging("id-1", Feedback(Judgement.WRONG, "<No>"))
    assert 'data-judgement="wrong" aria-pressed="true">Wrong</button>' in noted
    assert noted.count('aria-pressed="false"') == 2
    assert ">&lt;No&gt;</textarea>" in noted
    assert '<span role="status">Kept, with your note. It stays' in noted


def test_an_answer_is_taken_along() -> None:
    html = taking_along("id-1")
    assert html.startswith('<footer class="pa-after" data-answer="id-1">')
    assert re.findall('data-form="([a-z]+)"', html) == ["markdown", "html", "json"]
    assert ("pa-share" in html, "pa-judge" in html) == (True, False)


def test_a_kept_turn_is_shown_as_it_was_also_when_its_policy_is_gone(acme: FakeAssistant) -> None:
    *_, turn = frames(acme, "How long are logs kept?")
    kept = Kept("a", "c", turn.question, datetime.now(UTC), turn.answer, {"acme": "Acme"})
    assert kept_turn(acme, 1, kept) == replace(turn, id="a")
    acme.remove("acme")
    acme.put("other", "Other.", "Other")
    again = kept_turn(acme, 1, kept)
    assert again.body == turn.body
    assert "<mark>They are kept for 30 days.</mark>" in again.cards
    assert "has since been removed" in again.cards
    assert kept_turn(acme, 1, replace(kept, answer=None)).body.startswith(
        '<p class="pa-note">This question was stopped, or the page closed'
    )


def test_a_stop_ends_the_turn_while_a_step_is_under_way(acme: FakeAssistant) -> None:
    acme.gate.clear()
    stop = threading.Event()
    growing = frames(acme, "How long are logs kept?", stop=stop)
    assert [next(growing).waiting for _ in range(2)] == [
        "Searching the policies …",
        "Checking each sentence …",
    ]
    stop.set()
    assert 'class="pa-note">Stopped.' in next(growing).body
    assert list(growing) == []
    acme.gate.set()


def test_an_empty_turn_list_is_an_empty_log() -> None:
    assert page.conversation([], "c-1") == (
        '<div role="log" aria-live="polite" aria-label="Conversation" data-conversation="c-1">'
        "</div>"
    )
