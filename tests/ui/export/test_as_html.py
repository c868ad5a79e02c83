from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import html as lxml_html

from assistant import Answer, Topic
from index.models.embedder import Embedder
from tests.ui.export.asked import HOSTILE, asked
from ui.export import CitedQuote, answer_html, coverage_html


def test_html_shows_policies_inert(hostile: tuple[Answer, list[CitedQuote]]) -> None:
    answer, cited = hostile
    text = answer_html(replace(answer, question="<script>x</script>?"), cited)
    page = lxml_html.document_fromstring(text)
    assert page.xpath("//script | //img | //iframe | //*[@onerror]") == []
    assert all(a.get("href").startswith("http://127.0.0.1:7860/") for a in page.iter("a"))
    (quote,) = page.xpath("//blockquote")
    assert quote.text_content() == HOSTILE.replace("\u202e", "[U+202E]")
    assert "default-src 'none'" in text
    assert cited[0].quote.citation_id in page.text_content()


def test_the_grid_as_a_page(tmp_path: Path, embedder: Embedder) -> None:
    _, assistant = asked(tmp_path, embedder, "acme.txt", f"Acme policy\n\n{HOSTILE}\n")
    coverage = assistant.coverage([Topic("<i>logs</i>", ("Do you keep logs?",))])
    page = lxml_html.document_fromstring(coverage_html(coverage))
    assert page.xpath("//img | //i") == []
    assert [cell.text_content() for cell in page.xpath("//tbody//th")] == ["<i>logs</i>"]
    assert len(page.xpath("//tbody//td")) == 1
