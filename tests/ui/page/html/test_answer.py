"""The HTML of answers, as exact values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant import Rejected, Sentence, Verdict
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.shown import PLACED, QUOTE, answer_of
from ui.page.html.answer import answered, passed_sentences, unanswered


def test_sentences_link_to_the_cards_of_their_quotes() -> None:
    told = [Sentence("Logs live <30 days.", (QUOTE.citation_id, "not@000000000000:1-2"))]
    assert passed_sentences(3, told, [QUOTE]) == (
        '<p class="pa-sentences" dir="auto">Logs live &lt;30 days. '
        '<a class="pa-marker" href="#turn-3-card-1" aria-label="Quote 1">[1]</a></p>'
    )


def test_an_answer_leads_with_its_verdict_and_keeps_what_was_withheld(acme: FakeAssistant) -> None:
    html = answered(1, answer_of(acme, "How long are logs kept?"), {"acme": "Acme"})
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
    html = answered(1, two, {})
    assert "<summary>2 sentences were withheld by the support check</summary>" in html
    assert (
        '<li dir="auto"><s>A.</s><span>b; c</span></li><li dir="auto"><s>D.</s><span></span></li>'
        in html
    )


def test_without_sentences_the_quotes_stand_alone(acme: FakeAssistant) -> None:
    *_, last = acme.stream("How long are logs kept?", generate=False)
    assert last.answer is not None
    html = answered(1, last.answer, {"acme": "Acme"})
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
    html = answered(1, replace(answer, sentences=answer.sentences[:1]), {})
    assert html.index("It is written: Logs are kept.") < html.index("Also in the policies")
    assert (
        '<h3>Also in the policies</h3><ul class="pa-quotes"><li dir="auto"><q>Cookies are kept.</q>'
        ' <a class="pa-marker" href="#turn-1-card-2" aria-label="Quote 2">[2]</a>'
        "<cite>two</cite></li></ul>" in html
    )
    assert "Also in the policies" not in answered(1, answer, {})


def test_conflicting_policies_are_called_so(acme: FakeAssistant) -> None:
    answer = replace(answer_of(acme, "How long are logs kept?"), verdict=Verdict.CONFLICTING)
    html = answered(1, answer, {"acme": "Acme"})
    assert 'data-verdict="conflicting"><strong>The policy contradicts itself</strong>' in html


def test_not_stated_says_what_was_searched_and_what_is_nearest(acme: FakeAssistant) -> None:
    answer = answer_of(acme, "Do you sell data to brokers?")
    html = unanswered(1, answer, [PLACED], {"acme": "Acme"})
    assert html.startswith(
        '<p class="pa-verdict" data-verdict="not_stated"><strong>The policies do not say</strong>'
        "</p><p>Searched 1 policy: Acme. None of the clauses found answers this question, so "
        "nothing is claimed.</p><h3>The nearest clauses</h3>"
        '<ol class="pa-nearest"><li><a class="pa-marker" href="#turn-1-card-1">Acme &lt;Inc&gt;</a>'
        ' Section 1.2 · Uses › Logs · page 3<span dir="auto">We keep logs. They are kept for 30 '
        "days.</span></li></ol><h3>What you can do</h3><ul>"
    )
    assert html.count("<li>") == 4


def test_out_of_scope_says_what_it_answers_from(acme: FakeAssistant) -> None:
    html = unanswered(1, answer_of(acme, "What is the weather like?"), [], {"acme": "Acme"})
    assert '"out_of_scope"><strong>Not a question about these policies</strong></p><p>This' in html
    assert "The nearest clauses" not in html


def test_what_is_said_again_and_who_is_silent(tmp_path: Path) -> None:
    fake = FakeAssistant(tmp_path)
    fake.put("one", "Logs are kept.")
    fake.put("two", "Cookies are kept.")
    answer = answer_of(fake, "What is kept?")
    again = {answer.quotes[1].citation_id: ("three@0:1-2",)}
    html = answered(
        1,
        replace(answer, receipt=replace(answer.receipt, repeats=again, silent=("four", "five"))),
        {"four": "<Four>"},
    )
    assert '<p class="pa-note">[2] is repeated in 1 other place.</p>' in html
    assert '<p class="pa-note">Nothing on this was found in: &lt;Four&gt; and five.</p>' in html
    plain = answered(1, answer, {})
    assert "repeated in" not in plain
    assert "Nothing on this" not in plain
