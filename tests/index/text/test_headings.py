from __future__ import annotations

import pytest

from index.text.headings import (
    BareHeading,
    Numbered,
    heading_text,
    is_bare_heading,
    is_document_title,
    is_lead_in,
    is_numbered_heading,
    nest,
    run_in_title,
    split_number,
)

LONG = "We keep what you give us for as long as the law asks us to keep it."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Data", Numbered("1", "Data", 1)),
        ("1.2 Data", Numbered("1.2", "Data", 2)),
        ("1.2.3. Data we keep", Numbered("1.2.3", "Data we keep", 3)),
        ("4) Data", Numbered("4", "Data", 1)),
        ("2\\. Data", Numbered("2", "Data", 1)),
        ("IV. Data", Numbered("IV", "Data", 1)),
        ("A. Data", Numbered("A", "Data", 1)),
        ("Article 5 - Data", Numbered("Article 5", "Data", 1)),
        ("SECTION 2.1: Data", Numbered("Section 2.1", "Data", 2)),
        ("Article IV", Numbered("Article IV", "", 1)),
        ("30 days", None),
        ("2019 - 2020", None),
        ("5 - Data", None),
        ("I agree", None),
        ("A policy", None),
        ("i. item", None),
        ("a) item", None),
        ("Data", None),
        ("", None),
    ],
)
def test_split_number(line: str, expected: Numbered | None) -> None:
    assert split_number(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Data", True),
        ("1.2. Access to Data", True),
        ("ARTICLE IV", True),
        ("3.", False),
        ("1. we keep data", False),
        ("1. We keep your data for thirty days.", False),
        ("1. Data;", False),
        ("1. See https://a.example", False),
        ("1. " + "Word " * 15, False),
        ("Data", False),
    ],
)
def test_is_numbered_heading(line: str, expected: bool) -> None:
    assert is_numbered_heading(line) is expected


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("Data Security", LONG, True),
        ("DATA", LONG, True),
        ("Data security and you", LONG, True),
        ("How long do we keep the things that you give to us?", LONG, True),
        ("Information Sharing:", LONG, True),
        ("IT support:", LONG, True),
        ("Data Security", None, False),
        ("Data Security", "Short", False),
        ("Data Security.", LONG, False),
        ("We collect:", LONG, False),
        ("We use your data to:", LONG, False),
        ("You must:", LONG, False),
        ("Use:", LONG, False),
        ("me@a.example", LONG, False),
        ("<< home", LONG, False),
        ("your data", LONG, False),
        ("Phone 604 555 0100", LONG, False),
        ("To provide service", LONG, False),
        ("Your name and the address of your house or flat", LONG, False),
        ("Data " * 13, LONG, False),
        ("123", LONG, False),
    ],
)
def test_is_bare_heading(line: str, following: str | None, expected: bool) -> None:
    assert is_bare_heading(line, following) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("We use it for the following purposes:", True),
        ("We share it with:", True),
        ("We collect:", True),
        ("Use:", True),
        ("USE:", False),
        ("You and Acme:", False),
        ("You:", True),
        ("Information Sharing:", False),
        ("We use it", False),
    ],
)
def test_is_lead_in(line: str, expected: bool) -> None:
    assert is_lead_in(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Privacy Policy", True),
        ("ACME TERMS OF SERVICE", True),
        ("ixanet Privacy Policy", True),
        ("Our Data", False),
        ("This privacy policy says what we do", False),
        ("Privacy Policy.", False),
        ("1. Privacy Policy", False),
    ],
)
def test_is_document_title(line: str, expected: bool) -> None:
    assert is_document_title(line) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CONFIDENTIALITY. The term means much.", "CONFIDENTIALITY"),
        ("Data Use: We use it.", "Data Use"),
        ("We keep data. We use it.", ""),
        ("no title here", ""),
    ],
)
def test_run_in_title(text: str, expected: str) -> None:
    assert run_in_title(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  ## Data: ", "Data"),
        ("**Data**", "Data"),
        ("== Data \t we ==", "Data we"),
        ("1\\. A", "1. A"),
    ],
)
def test_heading_text(line: str, expected: str) -> None:
    assert heading_text(line) == expected


def _bare(line: str, after_heading: bool = False, after_lead_in: bool = False) -> BareHeading:
    return BareHeading(line, after_heading, after_lead_in, group_ended=False)


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        ([], []),
        ([_bare("Data"), _bare("Sharing")], [1, 1]),
        ([_bare("Cookies"), _bare("What are they?", after_heading=True)], [1, 2]),
        # "cookies" says that the third still belongs to the first; "Changes" leaves it
        (
            [
                _bare("Cookies"),
                _bare("What are cookies?", after_heading=True),
                _bare("How to manage cookies"),
                _bare("Changes"),
            ],
            [1, 2, 2, 1],
        ),
        # a group that a colon announced goes on while its siblings look alike
        (
            [
                _bare("Why do we collect it?"),
                _bare("Contact Data", after_lead_in=True),
                _bare("Technical Data"),
                _bare("CONSENT"),
            ],
            [1, 2, 2, 1],
        ),
    ],
)
def test_nest(headings: list[BareHeading], levels: list[int]) -> None:
    assert nest(headings) == levels


def test_a_group_that_has_ended_is_left() -> None:
    headings = [
        _bare("Why do we collect it?"),
        _bare("Contact Data", after_lead_in=True),
        BareHeading("Technical Data", False, False, group_ended=True),
    ]
    assert nest(headings) == [1, 2, 1]
