from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from assistant import Answer, AnswerFormatError
from index.models.embedder import Embedder
from tests.ui.export.asked import asked
from ui.export import CitedQuote, answer_html, answer_markdown, cited_quotes


def test_a_quote_can_be_found_again(tmp_path: Path, embedder: Embedder) -> None:
    source = "https://acme.example/privacy"
    text = (
        f"---\nsource: {source}\nprovider: Acme\neffective_date: 2024-05-01\n---\n\n"
        "# Acme privacy policy\n\n## Logs\n\nWe keep server logs - all of them - for thirty days, "
        "and then they are deleted for good by us.\n"
    )
    answer, assistant = asked(tmp_path, embedder, "acme.md", text)
    (cited,) = cited_quotes(answer, assistant, "http://localhost:8000/")
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


def test_a_file_has_no_origin(hostile: tuple[Answer, list[CitedQuote]]) -> None:
    assert [each.origin for each in hostile[1]] == [""]


def test_a_policy_that_was_removed_goes_by_its_id(tmp_path: Path, embedder: Embedder) -> None:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", "Acme policy\n\nWe keep logs.\n")
    assistant.remove("acme")
    (cited,) = cited_quotes(answer, assistant)
    assert (cited.place, cited.date, cited.origin) == ("acme", "", "")
    assert cited.quote.exact in answer_html(answer, [cited])
    for text in (answer_html(answer, [cited]), answer_markdown(answer, [cited])):
        assert "not compared: the index does not hold this version" in text


def test_a_forged_quote_is_not_exported(tmp_path: Path, embedder: Embedder) -> None:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", "Acme policy\n\nWe keep logs.\n")
    data = answer.to_dict()
    data["quotes"][0]["exact"] = "We sell logs."
    with pytest.raises(AnswerFormatError, match="do not stand at acme@"):
        cited_quotes(Answer.from_dict(data), assistant)


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
        cited_quotes(Answer.from_dict(data), assistant)


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
    (cited,) = cited_quotes(answer, assistant)
    assert cited.origin.startswith(expected)
    assert bool(cited.origin) is bool(expected)
    page = lxml_html.document_fromstring(MarkdownIt().render(answer_markdown(answer, [cited])))
    assert page.xpath("//img") == []
