from __future__ import annotations

import pytest

from index.documents.html.page import read_html
from tests.index.documents.samples import check_invariants, outline

LONG = "We keep the records of your account for as long as the law requires us to keep them. " * 3


def read(body: str) -> list[tuple[str, int, str]]:
    document = read_html(f"<html><body>{body}</body></html>".encode(), "page.html")
    check_invariants(document)
    return outline(document)


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<noscript>x</noscript>",
        "<template>x</template>",
        "<!-- x -->",
        "<p hidden>x</p>",
        "<p style='color:red; display: none'>x</p>",
        "<p style='visibility:hidden'>x</p>",
        "<span aria-hidden=true>x</span>",
        "<span class=sr-only>x</span>",
        "<nav><a href=/>x</a></nav>",
        "<header>x</header>",
        "<footer>x</footer>",
        "<aside>x</aside>",
        "<div role=navigation>x</div>",
        "<div class='main-menu'><a href=/>x</a><a href=/>y</a></div>",
        "<div id='cookie-banner'>We use cookies. <button>Accept</button></div>",
        "<form><label>x</label><input value=x></form>",
        "<select><option>x</select>",
        "<button>x</button>",
        "<div class=modal>x</div>",
        "<p><del>x</del></p>",
        "<p><s>x</s> <strike>x</strike></p>",
    ],
)
def test_what_nobody_reads_as_policy_is_dropped(unseen: str) -> None:
    assert read(f"{unseen}<p>{LONG}</p>{unseen}") == [("paragraph", 0, LONG.strip())]


@pytest.mark.parametrize(
    "kept",
    [
        "<form><p>{}</p></form>",
        "<header><p>{}</p></header>",
        "<div class='footer'>{}</div>",
        "<div style='display:none'>{}</div>",
        "<div class=modal>{}</div>",
        "<div class=cookie-notice>{} <button>Accept</button></div>",
    ],
)
def test_a_container_that_holds_the_policy_is_kept(kept: str) -> None:
    assert read(kept.format(LONG)) == [("paragraph", 0, LONG.strip())]


def test_collapsed_sections_and_titles_in_headers_are_kept() -> None:
    body = (
        "<article><header><h1>Terms</h1></header><div class=accordion>"
        "<h2><button aria-controls=a>Fees</button></h2>"
        f"<div id=a class=accordion-panel style='display:none'>None at all.</div><p>{LONG}</p>"
        "</div></article>"
    )
    assert read(body)[:3] == [
        ("heading", 1, "Terms"),
        ("heading", 2, "Fees"),
        ("paragraph", 0, "None at all."),
    ]


def test_a_link_that_opens_a_popup_is_text() -> None:
    page = f"<p>{LONG}Write to <a class=popup-offer href=/x>privacy@acme.example</a>.</p>"
    assert read(page) == [("paragraph", 0, f"{LONG}Write to privacy@acme.example.")]


def test_a_button_in_a_heading_or_an_article_s_header_is_text() -> None:
    page = "<h2><span><button>Scope</button></span></h2><article><div><header>By us</header></div>"
    assert read(f"{page}<p>{LONG}</p></article>") == [
        ("heading", 2, "Scope"),
        ("paragraph", 0, "By us"),
        ("paragraph", 0, LONG.strip()),
    ]
