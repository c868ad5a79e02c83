from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.documents.docx.numbering import DocxNumbering
from tests.index.documents.samples import numbering_level, numbering_scheme

W = nsdecls("w")


@pytest.mark.parametrize(
    ("style", "text", "start", "labels"),
    [
        ("decimal", "Article %1", 9, ["Article 9", "Article 10"]),
        ("upperLetter", "%1)", 26, ["Z)", "AA)"]),
        ("lowerRoman", "%1.", 3, ["iii.", "iv."]),
        ("upperRoman", "%1", 9, ["IX", "X"]),
        ("decimalZero", "%1", 9, ["09", "10"]),
        ("bullet", "\uf0b7", 1, ["•", "•"]),
        ("bullet", "o", 1, ["◦", "◦"]),
        ("bullet", "-", 1, ["-", "-"]),
        ("none", "", 1, ["", ""]),
    ],
)
def test_styles_of_numbers(style: str, text: str, start: int, labels: list[str]) -> None:
    root = parse_xml(
        f"<w:numbering {W}>{numbering_scheme(numbering_level(0, style, text, start))}</w:numbering>"
    )
    numbering = DocxNumbering(root)
    assert [numbering.label("1", 0).strip() for _ in labels] == labels


def test_legal_numbers_restarts_and_numbers_that_touch_the_text() -> None:
    numbering = (
        numbering_scheme(
            numbering_level(0, "upperRoman", "%1.", more='<w:suff w:val="nothing"/>'),
            numbering_level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
        )
        + '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    root = parse_xml(f"<w:numbering {W}>{numbering}</w:numbering>")
    counted = DocxNumbering(root)
    asked = [("1", 0), ("1", 1), ("2", 0), ("2", 0), ("1", 0), ("9", 0)]
    assert [counted.label(*each) for each in asked] == ["I.", "1.1 ", "V.", "VI.", "VII.", ""]
