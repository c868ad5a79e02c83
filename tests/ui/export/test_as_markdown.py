from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from assistant import Answer
from tests.ui.export.asked import HOSTILE
from ui.export import CitedQuote, answer_markdown
from ui.export.as_markdown import escaped


def test_markdown_shows_policies_inert(hostile: tuple[Answer, list[CitedQuote]]) -> None:
    answer, cited = hostile
    text = answer_markdown(replace(answer, question="# <b>Logs</b>?"), cited)
    page = lxml_html.document_fromstring(MarkdownIt("commonmark").render(text))
    assert page.xpath("//script | //img | //b | //em") == []
    assert [a.text for a in page.iter("a")] == ["in the chat"]
    (quote,) = page.xpath("//blockquote")
    assert quote.text_content().strip() == HOSTILE.replace("\u202e", "[U+202E]")
    assert page.xpath("//h1")[0].text_content() == "# <b>Logs</b>?"


@pytest.mark.parametrize(
    "text",
    [
        "- a list?", "1. a number", "> quoted", "# head", "a * b * c", "`code`", "[a](b)",
        "![a](b)", "<b>", "&amp;", "a_b_c", "~~gone~~", "| a | b |", "https://x.example",
        "2024) so", "+ plus", "\\", "a\\*b", "===", "---", "sold\n===", "    indented",
    ],
)  # fmt: skip
def test_escaped_markdown_reads_as_it_was(text: str) -> None:
    page = lxml_html.fragment_fromstring(
        MarkdownIt("commonmark").render(escaped(text)), create_parent="div"
    )
    assert [child.tag for child in page] == ["p"]
    assert page.text_content().split() == text.split()
    assert len(page[0]) == 0
