from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from assistant import Answer, AnswerFormatError, Assistant, Settings
from index.models.embedder import Embedder
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeReranker
from ui.export import Cited, answer_file, answer_html, answer_markdown, cited_of, coverage_html
from ui.export.as_markdown import escaped

HOSTILE = "We keep <img src=x onerror=alert(1)> logs, [free](javascript:alert(1)) *and* \u202esold."


def asked(tmp_path: Path, embedder: Embedder, name: str, text: str) -> tuple[Answer, Assistant]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    settings = Settings(answer_threshold=0)
    assistant = Assistant(tmp_path / "index", settings, embedder, NO_MODEL, FakeReranker())
    assistant.add([path])
    return assistant.ask("Do you keep logs?", generate=False), assistant


@pytest.fixture
def hostile(tmp_path: Path, embedder: Embedder) -> tuple[Answer, list[Cited]]:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", f"Acme policy\n\n{HOSTILE}\n")
    return answer, cited_of(answer, assistant)


def test_a_quote_can_be_found_again(tmp_path: Path, embedder: Embedder) -> None:
    source = "https://acme.example/privacy"
    text = (
        f"---\nsource: {source}\nprovider: Acme\neffective_date: 2024-05-01\n---\n\n"
        "# Acme privacy policy\n\n## Logs\n\nWe keep server logs - all of them - for thirty days, "
        "and then they are deleted for good by us.\n"
    )
    answer, assistant = asked(tmp_path, embedder, "acme.md", text)
    (cited,) = cited_of(answer, assistant, "http://localhost:8000/")
    assert cited.place == "Acme, Logs"
    assert cited.date == "2024-05-01"
    assert cited.version == assistant.policy("acme").version
    policy_id, _, rest = cited.quote.citation_id.partition("@")
    version, _, span = rest.partition(":")
    assert cited.chat == f"http://localhost:8000/?cite={policy_id}%40{version}%3A{span}"
    assert (
        cited.origin
        == f"{source}#:~:text=We%20keep%20server%20logs%20%2D,deleted%20for%20good%20by%20us."
    )


def test_a_file_has_no_origin(hostile: tuple[Answer, list[Cited]]) -> None:
    assert [each.origin for each in hostile[1]] == [""]


def test_a_policy_that_was_removed_goes_by_its_id(tmp_path: Path, embedder: Embedder) -> None:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", "Acme policy\n\nWe keep logs.\n")
    assistant.remove("acme")
    (cited,) = cited_of(answer, assistant)
    assert (cited.place, cited.date, cited.origin) == ("acme", "", "")
    assert cited.quote.exact in answer_html(answer, [cited])
    for text in (answer_html(answer, [cited]), answer_markdown(answer, [cited])):
        assert "not compared: the index does not hold this version" in text


def test_a_forged_quote_is_not_exported(tmp_path: Path, embedder: Embedder) -> None:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", "Acme policy\n\nWe keep logs.\n")
    data = answer.to_dict()
    data["quotes"][0]["exact"] = "We sell logs."
    with pytest.raises(AnswerFormatError, match="do not stand at acme@"):
        cited_of(Answer.from_dict(data), assistant)


@pytest.mark.parametrize(("start", "end"), [(10**30, 10**30 + 13), (-13, -1)])
def test_a_quote_from_outside_of_its_text_is_not_exported(
    tmp_path: Path, embedder: Embedder, start: int, end: int
) -> None:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", "Acme policy\n\nWe keep logs.\n")
    text = assistant.policy("acme").text
    data = answer.to_dict()
    data["quotes"][0] |= {"start": start, "end": end, "exact": text[start:end]}
    if start > 0:
        data["quotes"][0]["exact"] = "We keep logs."
    with pytest.raises(AnswerFormatError, match="do not stand at acme@"):
        cited_of(Answer.from_dict(data), assistant)


def test_html_shows_policies_inert(hostile: tuple[Answer, list[Cited]]) -> None:
    answer, cited = hostile
    text = answer_html(replace(answer, question="<script>x</script>?"), cited)
    page = lxml_html.document_fromstring(text)
    assert page.xpath("//script | //img | //iframe | //*[@onerror]") == []
    assert all(a.get("href").startswith("http://127.0.0.1:7860/") for a in page.iter("a"))
    (quote,) = page.xpath("//blockquote")
    assert quote.text_content() == HOSTILE.replace("\u202e", "[U+202E]")
    assert "default-src 'none'" in text
    assert cited[0].quote.citation_id in page.text_content()


def test_markdown_shows_policies_inert(hostile: tuple[Answer, list[Cited]]) -> None:
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


def test_the_grid_as_a_page(tmp_path: Path, embedder: Embedder) -> None:
    from assistant import Topic

    _, assistant = asked(tmp_path, embedder, "acme.txt", f"Acme policy\n\n{HOSTILE}\n")
    coverage = assistant.coverage([Topic("<i>logs</i>", ("Do you keep logs?",))])
    page = lxml_html.document_fromstring(coverage_html(coverage))
    assert page.xpath("//img | //i") == []
    assert [cell.text_content() for cell in page.xpath("//tbody//th")] == ["<i>logs</i>"]
    assert len(page.xpath("//tbody//td")) == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://a.example/x)![p](https://evil.example/p.png", "https://a.example/x%29"),
        ("http://[bad", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_cannot_leave_its_link(
    tmp_path: Path, embedder: Embedder, source: str, expected: str
) -> None:
    text = f'---\nsource: "{source}"\n---\n\n# Acme\n\nWe keep logs.\n'
    answer, assistant = asked(tmp_path, embedder, "acme.md", text)
    (cited,) = cited_of(answer, assistant)
    assert cited.origin.startswith(expected)
    assert bool(cited.origin) is bool(expected)
    page = lxml_html.document_fromstring(MarkdownIt().render(answer_markdown(answer, [cited])))
    assert page.xpath("//img") == []


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Do you keep logs?", "do-you-keep-logs.md"),
        ("../../etc/passwd\x00 <b>?", "etc-passwd-b.md"),
        ("?!", "answer.md"),
        ("Löscht ihr Protokolle?", "löscht-ihr-protokolle.md"),
        ("word " * 40, "-".join(["word"] * 12) + ".md"),
    ],
)
def test_a_file_is_named_after_the_question(
    question: str, name: str, tmp_path: Path, embedder: Embedder
) -> None:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", "Acme policy\n\nWe keep logs.\n")
    file = answer_file(replace(answer, question=question), assistant, "markdown", "")
    assert (file["name"], file["type"]) == (name, "text/markdown;charset=utf-8")
