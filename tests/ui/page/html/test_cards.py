"""Evidence cards as exact values."""

from __future__ import annotations

from assistant import Clause, Policy, Quote
from index.types import version_of
from tests.ui.page.shown import PLACED, POLICY, QUOTE
from ui.page.html import cards
from ui.page.placed_clauses import PlacedClause, RemovedPolicy


def test_a_card_holds_the_quote_in_its_clause_in_its_policy() -> None:
    marked = "We keep logs. <mark>They are kept for 30 days.</mark>"
    citation = f"acme@{POLICY.version}:22-48"
    assert cards.quote_cards(2, [QUOTE], [PLACED]) == (
        '<article class="pa-card" id="turn-2-card-1" tabindex="-1"'
        ' aria-labelledby="turn-2-card-1-name"><header>'
        '<span class="pa-number" aria-hidden="true">1</span><div><h3 id="turn-2-card-1-name">'
        '<span class="pa-unseen">Quote 1: </span><bdi>Acme &lt;Inc&gt;</bdi></h3>'
        '<p class="pa-about">Privacy · in effect from '
        f'<time datetime="2019-05-01">1 May 2019</time> · version {POLICY.version}</p>'
        '<p class="pa-place">Section 1.2 · Uses › Logs · page 3</p></div></header>'
        '<details class="pa-context" name="turn-2-context" open>'
        '<summary><span class="pa-if-closed">Read it in the policy</span>'
        '<span class="pa-if-open">Show only the clause</span></summary>'
        '<div class="pa-text" dir="auto" tabindex="0" role="region"'
        ' aria-label="Privacy, around card 1"># Logs\n\n'
        f'<span class="pa-clause">{marked}</span>\n\nNobody else sees them.</div></details>'
        f'<blockquote dir="auto">{marked}</blockquote>'
        f'<footer><code>{citation}</code><button type="button" class="pa-copy"'
        f' data-copy="{citation}" aria-label="Copy the citation {citation}">Copy</button></footer>'
        "</article>"
    )


def test_of_several_cards_the_first_is_open_in_its_policy() -> None:
    html = cards.quote_cards(1, [QUOTE, QUOTE], [PLACED, PLACED])
    assert html.count('name="turn-1-context" open>') == 1
    assert html.count('name="turn-1-context">') == 1


def test_of_a_removed_policy_the_quote_is_shown_as_it_was_kept() -> None:
    html = cards.quote_cards(1, [QUOTE], [RemovedPolicy("Acme <Inc>")])
    assert "<bdi>Acme &lt;Inc&gt;</bdi>" in html
    assert "This policy has since been removed from the index." in html
    assert (
        '<blockquote dir="auto">… # Logs\n\nWe keep logs. <mark>They are kept for 30 days.</mark>'
        "\n\nNobody else sees them. …</blockquote>" in html
    )


def test_a_quote_that_leaves_its_clause_is_marked_whole() -> None:
    wide = Quote.of(POLICY, "acme-1", 22, 71)
    html = cards.quote_cards(1, [wide], [PLACED])
    assert (
        '<blockquote dir="auto">We keep logs. <mark>They are kept for 30 days.'
        "\n\nNobody else sees them</mark></blockquote>" in html
    )


def test_of_a_long_policy_the_card_shows_4000_characters_on_either_side() -> None:
    text = "a" * 5000 + "Logs are kept." + "b" * 6000
    policy = Policy("long", "Long", "long.txt", "text/plain", text, version_of(text))
    clause = Clause("long-1", "long", policy.version, None, (), 5000, 5014)
    html = cards.quote_cards(
        1, [Quote.of(policy, "long-1", 5000, 5014)], [PlacedClause("", policy, clause)]
    )
    assert f"><i>1,000 characters before</i>\n{'a' * 4000}<span" in html
    assert f"</span>{'b' * 4000}\n<i>2,000 characters after</i></div>" in html
    about = f'<p class="pa-about">undated · version {policy.version}</p>'
    assert f'<bdi>Long</bdi></h3>{about}<p class="pa-place"></p>' in html
