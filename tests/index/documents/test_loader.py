from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.loader import humanised, make_policy, provider_of, read_document, slug
from index.errors import LoadError
from index.types import Document, version_of
from tests.index.documents.samples import column, pdf


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Acme_Privacy-2024.txt", "acme-privacy-2024"),
        ("Žluťoučký kůň.md", "zlutoucky-kun"),
        ("ﬁle.txt", "file"),
        ("個人情報.txt", "policy"),
        ("--a..b--.pdf", "a-b"),
        ("x" * 100 + ".txt", "x" * 80),
        ("x" * 79 + "-y.txt", "x" * 79),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(Path(name)) == expected


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1))
def test_every_slug_can_stand_in_a_citation_id(stem: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug(Path(f"/x/{stem}.txt")))
    assert len(slug(Path(f"/x/{stem}.txt"))) <= 80


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acme_privacy-2024.txt", "Acme privacy 2024"),
        ("ACME.md", "ACME"),
        ("cafe\u0301.md", "Café"),
        ("__.md", "Policy"),
    ],
)
def test_humanised(name: str, expected: str) -> None:
    assert humanised(Path(name)) == expected


@pytest.mark.parametrize(
    ("title", "provider", "expected"),
    [
        ("Acme Privacy Policy", "", "Acme"),
        ("Acme’s Cookie Notice", "", "Acme"),
        ("Acme Bank Terms of Service", "", "Acme Bank"),
        ("Acme Website Privacy Policy | Acme Inc.", "", "Acme"),
        ("Privacy Policy", "", "File name"),
        ("Website Terms of Use", "", "File name"),
        ("Online Privacy Policy", "", "File name"),
        ("", "", "File name"),
        ("Acme Privacy Policy", "Other Ltd", "Other Ltd"),
    ],
)
def test_provider(title: str, provider: str, expected: str) -> None:
    document = Document("text", (), "text/plain", title=title, provider=provider)
    assert provider_of(document, Path("/x/file_name.txt")) == expected


@pytest.mark.parametrize("name", ["a.exe", "a", "a.doc", "a.json"])
def test_a_type_that_is_not_supported_is_rejected(name: str) -> None:
    with pytest.raises(
        LoadError, match=rf"{re.escape(repr(name))} is of a type .* give one of \.d"
    ):
        read_document(Path(name), b"text")


def test_pdf_bytes_are_read_as_such_whatever_the_name() -> None:
    data = pdf([column(["Acme keeps your data for thirty days."])])
    document = read_document(Path("a.TXT"), data)
    assert document.media_type == "application/pdf"
    assert document.text == "Acme keeps your data for thirty days."


def test_a_zip_archive_is_rejected_under_a_text_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(LoadError, match=r"'a\.txt' is a zip archive"):
        read_document(Path("a.txt"), out.getvalue())


def test_policy_of_a_file_that_says_everything() -> None:
    front = "title: Acme Policy\nsource: acme.example\neffective_date: 2020-01-02"
    data = f"---\n{front}\n---\nLast updated 3 May 2021.\n".encode()
    policy = make_policy(read_document(Path("a.md"), data), "acme", Path("a.md"))
    assert (policy.id, policy.title, policy.source) == ("acme", "Acme Policy", "acme.example")
    assert (policy.effective_date, policy.media_type) == ("2020-01-02", "text/markdown")
    assert policy.text == "Last updated 3 May 2021.\n"
    assert policy.version == version_of("Last updated 3 May 2021.\n")


def test_what_cannot_be_stored_is_no_part_of_a_name() -> None:
    front = r'''title: "A\udc80"
source: "\ud800"
provider: "B\udfff"'''
    document = read_document(Path("a.md"), f"---\n{front}\n---\nWe keep logs.\n".encode())
    policy = make_policy(document, "acme", Path("a.md"))
    named = (policy.title, policy.source, provider_of(document, Path("a.md")))
    assert named == ("A?", "?", "B?")


def test_policy_of_a_file_that_says_nothing() -> None:
    path = Path("/x/acme_terms.txt")
    policy = make_policy(read_document(path, b"Revised 3 May 2021, it says."), "acme", path)
    assert (policy.title, policy.source) == ("Acme terms", "/x/acme_terms.txt")
    assert policy.effective_date == "2021-05-03"


def test_a_web_page_is_read_as_such_under_a_text_name() -> None:
    data = b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html><body><p>Acme keeps logs.</body></html>"
    document = read_document(Path("a.txt"), data)
    assert (document.media_type, document.text) == ("text/html", "Acme keeps logs.")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx"])
def test_rich_text_is_rejected_under_any_name(name: str) -> None:
    with pytest.raises(LoadError, match=rf"^'{name}' is in Rich Text Format: save it as \.docx$"):
        read_document(Path(name), b"{\\rtf1 Acme keeps logs.}")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx"])
@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\x00" * 9, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9],
)
def test_what_holds_no_text_is_one_line_that_names_the_file(name: str, data: bytes) -> None:
    with pytest.raises(LoadError) as caught:
        read_document(Path(name), data)
    assert f"'{name}'" in str(caught.value)
    assert ": " in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "kinds"),
    [
        ("a.txt", b"Privacy Policy", ["paragraph"]),
        ("a.md", b"# Privacy Policy", ["heading"]),
        ("a.md", b"| a | b |\n|---|---|\n| c | d |", ["paragraph"] * 3),
        (
            "a.md",
            b"# T\n\n| a | b |\n|---|---|\n| c | d |",
            ["heading", "table_row", "paragraph", "table_row"],
        ),
        ("a.html", b"<h1>Privacy Policy</h1>", ["heading"]),
        ("a.html", b"<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["table_row"] * 2),
    ],
)
def test_headings_alone_and_tables_alone_are_documents(
    name: str, data: bytes, kinds: list[str]
) -> None:
    document = read_document(Path(name), data)
    assert [block.kind.value for block in document.blocks] == kinds
