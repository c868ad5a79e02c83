from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import LoadError
from index.loading import humanised, make_policy, provider_of, read_document, slug
from index.types import Document, version_of
from tests.index.loader_samples import column, pdf


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


def test_policy_of_a_file_that_says_nothing() -> None:
    path = Path("/x/acme_terms.txt")
    policy = make_policy(read_document(path, b"Revised 3 May 2021, it says."), "acme", path)
    assert (policy.title, policy.source) == ("Acme terms", "/x/acme_terms.txt")
    assert policy.effective_date == "2021-05-03"
