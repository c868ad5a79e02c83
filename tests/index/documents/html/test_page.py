from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.html.page import read_html
from index.errors import LoadError
from index.types import BlockKind
from tests.index.documents.samples import SHARED, check_invariants, headings, outline

LONG = "We keep the records of your account for as long as the law requires us to keep them. " * 3


def read(body: str, head: str = "") -> list[tuple[str, int, str]]:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    document = read_html(markup.encode(), "page.html")
    check_invariants(document)
    return outline(document)


def test_a_page_with_headings_lists_and_a_table() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Privacy | Acme</title>"
        "<link rel=canonical href=https://acme.example/privacy></head><body>"
        "<h1>Privacy <em>Policy</em></h1><p>We collect\n  <b>data</b>.<br>Little of it.</p>"
        "<h2>Sharing</h2><ul><li>Banks<ol type=a><li>Ours</li><li>Yours</li></ol></li>"
        "<li>No one</ul>"
        "<table><tr><th>What<th>Why</tr><tr><td>Name<td>To <p>greet</p>you</tr></table>"
    )
    document = read_html(page.encode(), "page.html")
    check_invariants(document)
    assert document.text == (
        "Privacy Policy\n\nWe collect data.\nLittle of it.\n\nSharing\n\n"
        "- Banks\na. Ours\nb. Yours\n- No one\n\nWhat | Why\nName | To greet you"
    )
    assert outline(document) == [
        ("heading", 1, "Privacy Policy"),
        ("paragraph", 0, "We collect data.\nLittle of it."),
        ("heading", 2, "Sharing"),
        ("list_item", 1, "- Banks"),
        ("list_item", 2, "a. Ours"),
        ("list_item", 2, "b. Yours"),
        ("list_item", 1, "- No one"),
        ("table_row", 0, "What | Why"),
        ("table_row", 0, "Name | To greet you"),
    ]
    assert document.title == "Privacy Policy"
    assert document.source == "https://acme.example/privacy"
    assert document.media_type == "text/html"


def test_ordered_lists_count_as_a_browser_does() -> None:
    body = (
        "<ol start=3><li>c<li value=7>g<li>h</ol><ol reversed><li>b<li>a</ol>"
        "<ol style='list-style-type: lower-roman'><li>i<li>ii<li>iii<li>iv</ol>"
        "<ol type=A start=27><li>AA</ol><ol><li>(a) own marker</ol>"
        "<ul style='list-style:none'><li>plain</ul>"
    )
    assert [text for _, _, text in read(body)] == [
        *("3. c", "7. g", "8. h", "2. b", "1. a", "i. i", "ii. ii", "iii. iii", "iv. iv"),
        *("AA. AA", "(a) own marker", "plain"),
    ]


def test_an_ordered_list_of_sections_is_no_list() -> None:
    body = "<ol><li><h2>Scope</h2><p>All staff.</p><ul><li>Also guests</ul><li><b>Term</b><p>One."
    assert read(body) == [
        ("heading", 2, "1. Scope"),
        ("paragraph", 0, "All staff."),
        ("list_item", 1, "- Also guests"),
        ("heading", 3, "2. Term"),
        ("paragraph", 0, "One."),
    ]


def test_a_short_bold_line_is_a_heading() -> None:
    body = (
        "<h1>T</h1><p><b>Scope</b></p><p><b>Term:</b> one</p><p><strong>Fees</strong><br>None.</p>"
    )
    assert read(body) == [
        ("heading", 1, "T"),
        ("heading", 2, "Scope"),
        ("paragraph", 0, "Term: one"),
        ("heading", 2, "Fees"),
        ("paragraph", 0, "None."),
    ]


def test_blank_lines_part_paragraphs_and_pre_keeps_its_blanks() -> None:
    assert read("<div>a<br><br>b</div><pre>\nc   d\n\n  e</pre>") == [
        ("paragraph", 0, "a"),
        ("paragraph", 0, "b"),
        ("paragraph", 0, "c   d"),
        ("paragraph", 0, "e"),
    ]


def test_a_table_that_lays_out_the_page_is_no_data() -> None:
    assert read(f"<table><tr><td>Menu</td><td><h2>Scope</h2><p>{LONG}</td></tr></table>")[1:] == [
        ("heading", 2, "Scope"),
        ("paragraph", 0, LONG.strip()),
    ]


def test_characters_that_nobody_sees_are_dropped() -> None:
    assert read("<p>\ufeffpri&shy;va&#8203;cy&nbsp;&nbsp;poli\x07cy cafe\u0301&#0;</p>") == [
        ("paragraph", 0, "privacy policy café\ufffd")
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>déjà</p>".encode(), "déjà"),
        ("<p>déjà</p>".encode("utf-8-sig"), "déjà"),
        ("<p>déjà</p>".encode("utf-16"), "déjà"),
        ("<meta charset=iso-8859-1><p>dé\x93jà\x94</p>".encode("latin-1"), "dé“jà”"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>"
            "<p>Политика</p>".encode("cp1251"),
            "Политика",
        ),
        ("<meta charset=shift_jis><p>個人情報</p>".encode("cp932"), "個人情報"),
        ("<meta charset=nonsense><p>déjà</p>".encode(), "déjà"),
        ("<meta charset=iso-8859-1><p>déjà “vu”</p>".encode(), "déjà “vu”"),
        ("<meta charset=utf-8><p>déjà “vu”</p>".encode("cp1252"), "déjà “vu”"),
        ("<meta charset=utf-16><p>déjà</p>".encode(), "déjà"),
        ("<meta charset=windows-1252><meta charset=utf-8><p>déjà</p>".encode("cp1252"), "déjà"),
        (
            f"<p>{'Les données de nos abonnés. ' * 9}".encode("cp1252"),
            ("Les données de nos abonnés. " * 9).strip(),
        ),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert read_html(data, "page.html").text == text


@pytest.mark.parametrize(
    "charset",
    [
        "base64",
        "idna",
        "mbcs",
        "punycode",
        "raw_unicode_escape",
        "rot13",
        "undefined",
        "Unicode-Escape",
        "utf-7",
    ],
)
def test_what_is_no_encoding_of_pages_is_unknown(charset: str) -> None:
    data = f"<meta charset={charset}><p>déjà \\ud800 +2AA- xn--é</p>".encode()
    assert read_html(data, "page.html").text == "déjà \\ud800 +2AA- xn--é"


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Privacy Policy | Acme", "Privacy Policy"),
        ("Acme - Terms of Service", "Terms of Service"),
        ("Help – Acme", "Help"),
        ("A well-known handbook", "A well-known handbook"),
    ],
)
def test_the_site_name_is_taken_off_the_title(title: str, cleaned: str) -> None:
    page = f"<head><title>{title}</title><meta property=og:url content=https://a.example/></head>x"
    document = read_html(page.encode(), "page.html")
    assert (document.title, document.source) == (cleaned, "https://a.example/")


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"<html></html>", b"<script>x</script>", b"<p>&nbsp;"]
)
def test_a_page_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(LoadError, match=r"^'page\.html' holds no text"):
        read_html(data, "page.html")


def test_binary_data_is_refused() -> None:
    with pytest.raises(LoadError, match=r"page\.html"):
        read_html(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20, "page.html")


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["div", "b", "ul><li"])
def test_deep_nesting_loses_no_text(tag: str) -> None:
    page = f"<p>before</p>{f'<{tag}>' * 10_000}deep{f'</{tag}>' * 10_000}<p>after</p>"
    document = read_html(page.encode(), "page.html")
    check_invariants(document)
    assert re.findall(r"\w+", document.text) == ["before", "deep", "after"]


def test_entities_are_not_expanded() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY f SYSTEM "file:///etc/passwd">]><p>&a;&f; x</p>'
    )
    text = read_html(page.encode(), "page.html").text
    assert "boom" not in text
    assert "root:" not in text


words = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \n\t\u00a0\u00ad\u0301<&"),
    max_size=8,
)
tags = st.sampled_from(
    [
        "p",
        "div",
        "h1",
        "h2",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "b",
        "a",
        "span",
        "br",
        "nav",
    ]
)
trees = st.recursive(
    words.map(html.escape),
    lambda inner: st.tuples(tags, st.lists(inner, max_size=4)).map(
        lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"
    ),
    max_leaves=25,
)


@given(trees)
def test_blocks_cover_the_text_of_any_tree(tree: str) -> None:
    check_invariants(read_html(f"<p>policy</p>{tree}".encode(), "page.html"))


@given(
    st.lists(st.tuples(st.sampled_from(["p", "div", "li", "h2", "td"]), st.integers()), min_size=1)
)
def test_every_visible_word_is_kept_in_order(parts: list[tuple[str, int]]) -> None:
    page = "".join(f"<{tag}>word{number:x}</{tag}>" for tag, number in parts)
    text = read_html(f"<p>policy</p>{page}".encode(), "page.html").text
    assert re.findall(r"word\S+", text) == [f"word{number:x}" for _, number in parts]


LEAST_HEADINGS = {
    "c3pa_02": 30, "c3pa_08": 50, "c3pa_10": 10, "c3pa_11": 40, "c3pa_15": 8, "c3pa_16": 15,
    "c3pa_25": 30, "c3pa_26": 50, "c3pa_30": 18, "c3pa_31": 25,
}  # fmt: skip
PAGES = sorted((SHARED / "data" / "html").glob("*.html"))


@pytest.mark.skipif(not PAGES, reason="the real pages of ../shared are not on this machine")
def test_real_pages() -> None:
    assert len(PAGES) == 31
    for path in PAGES:
        document = read_html(path.read_bytes(), path.name)
        check_invariants(document)
        assert len(document.text) > 6000, path.name
        assert len(headings(document)) >= LEAST_HEADINGS.get(path.stem, 1), path.name
        assert re.search("privacy|polic|notice", document.title, re.IGNORECASE), path.name
        longest = max(b.end - b.start for b in document.blocks if b.kind is BlockKind.HEADING)
        assert longest < 250, path.name
        for noise in ("Toggle navigation", "Accept All", "Forgot password", "Sign in", "{"):
            assert noise not in document.text, path.name
