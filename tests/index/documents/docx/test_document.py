from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from index.documents.docx.document import read_docx
from index.errors import LoadError
from tests.index.documents.samples import (
    check_invariants,
    numbering_level,
    numbering_scheme,
    outline,
    saved,
)

W = nsdecls("w")


def read(word: Word) -> list[tuple[str, int, str]]:
    document = read_docx(saved(word), "a.docx")
    check_invariants(document)
    return outline(document)


def with_body(xml: str) -> Word:
    word = docx.Document()
    for element in parse_xml(f"<w:body {W}>{xml}</w:body>"):
        word.element.body.insert_element_before(element, "w:sectPr")
    return word


def with_lists(xml: str, numbering: str) -> Word:
    word = with_body(xml)
    root = word.part.numbering_part.element
    root[:] = parse_xml(f"<w:numbering {W}>{numbering}</w:numbering>")[:]
    return word


def item(text: str, depth: int = 0, number: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def test_a_policy() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Acme confidential"
    word.sections[0].footer.paragraphs[0].text = "Page 1"
    word.add_paragraph("Acme Leave Policy", "Title")
    word.add_heading("Scope", 1)
    word.add_paragraph("All\tstaff \u00a0and guests.\nAlways.")
    word.add_heading("Days", 2)
    word.add_paragraph("Thirty", "List Number")
    word.add_paragraph("More", "List Number")
    table = word.add_table(2, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "wide"
    document = read_docx(saved(word), "a.docx")
    check_invariants(document)
    assert document.text == (
        "Acme Leave Policy\n\nScope\n\nAll staff and guests.\nAlways.\n\nDays\n\n"
        "1. Thirty\n2. More\n\n"
        "cell 0 | cell 1 | cell 2\nwide | cell 5"
    )
    assert outline(document) == [
        ("heading", 1, "Acme Leave Policy"),
        ("heading", 1, "Scope"),
        ("paragraph", 0, "All staff and guests.\nAlways."),
        ("heading", 2, "Days"),
        ("list_item", 1, "1. Thirty"),
        ("list_item", 1, "2. More"),
        ("table_row", 0, "cell 0 | cell 1 | cell 2"),
        ("table_row", 0, "wide | cell 5"),
    ]
    assert document.title == "Acme Leave Policy"
    assert document.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Leave rules", "Leave rules"), ("leave_v2.docx", "Days"), ("Word Document", "Days")],
)
def test_the_title_of_the_properties_is_believed_if_sensible(title: str, shown: str) -> None:
    word = docx.Document()
    word.core_properties.title = title
    word.add_heading("Details", 2)
    word.add_heading("Days", 1)
    assert read_docx(saved(word), "a.docx").title == shown


def test_numbers_of_several_levels() -> None:
    numbering = numbering_scheme(
        numbering_level(0, "decimal", "%1."),
        numbering_level(1, "decimal", "%1.%2"),
        numbering_level(2, "lowerLetter", "(%3)"),
    )
    items = (("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 2), ("G", 0), ("H", 2))
    word = with_lists("".join(item(text, depth) for text, depth in items), numbering)
    assert read(word) == [
        ("list_item", 1, "1. A"),
        ("list_item", 2, "1.1 B"),
        ("list_item", 3, "(a) C"),
        ("list_item", 3, "(b) D"),
        ("list_item", 2, "1.2 E"),
        ("list_item", 3, "(a) F"),
        ("list_item", 1, "2. G"),
        ("list_item", 3, "(a) H"),
    ]


def test_a_numbered_heading_by_outline_level_of_its_style() -> None:
    word = with_lists("", numbering_scheme(numbering_level(0, "decimal", "%1.")))
    style = word.styles.add_style("Clause Title", WD_STYLE_TYPE.PARAGRAPH)
    style.element.append(
        parse_xml(
            f'<w:pPr {W}><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>'
        )
    )
    child = word.styles.add_style("Child", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = style
    word.add_paragraph("Scope", "Clause Title")
    word.add_paragraph("Fees", "Child")
    plain = word.add_paragraph("Fees are due.", "Child")
    properties: Any = plain._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:outlineLvl {W} w:val="9"/>'))
    properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="0"/></w:numPr>'))
    assert read(word) == [
        ("heading", 2, "1. Scope"),
        ("heading", 2, "2. Fees"),
        ("paragraph", 0, "Fees are due."),
    ]


def test_tracked_changes_are_accepted() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    word = with_body(
        f"<w:p>{run('We ')}<w:ins w:id='1'>{run('never ')}</w:ins>"
        "<w:del w:id='2'><w:r><w:delText>always </w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3'>{run('moved ')}</w:moveFrom>{run('share.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del w:id='4'/></w:rPr></w:pPr>{run('One ')}</w:p>"
        f"<w:p>{run('line.')}</w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:id='5'/></w:rPr></w:pPr>"
        "<w:del w:id='6'><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:moveTo w:id='7'>{run('Last.')}</w:moveTo></w:p>"
    )
    assert [text for _, _, text in read(word)] == ["We never share.", "One line.", "Last."]


def test_text_in_links_controls_boxes_and_fields_is_kept() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    word = with_body(
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('Control')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p>{run('See ')}<w:hyperlink>{run('our site')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{run(' or ')}</w:sdtContent></w:sdt>"
        f"<w:fldSimple w:instr='REF a'>{run('part')}</w:fldSimple>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r>"
        "<w:r><w:noBreakHyphen/><w:t>4</w:t><w:softHyphen/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        f"<w:r><w:pict><w:txbxContent><w:p>{run('Boxed')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    assert [text for _, _, text in read(word)] == ["Control", "See our site or part-4", "Boxed"]


def test_a_table_of_one_column_only_frames_its_text() -> None:
    word = docx.Document()
    word.add_table(1, 1).cell(0, 0).text = "Framed"
    assert read(word) == [("paragraph", 0, "Framed")]


def test_cells_merged_downwards_are_told_once() -> None:
    word = docx.Document()
    table = word.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "tall"
    table.cell(0, 1).text, table.cell(1, 1).text = "a", "b"
    assert [text for _, _, text in read(word)] == ["tall | a", "b"]


def test_an_empty_document_holds_no_text() -> None:
    with pytest.raises(LoadError, match=r"^'a\.docx' holds no text"):
        read_docx(saved(docx.Document()), "a.docx")


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def sample() -> bytes:
    word = docx.Document()
    word.add_paragraph("Text.")
    return saved(word)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"^'a\.docx' is no Word document \(no zip\)"),
        (b"plain text", r"^'a\.docx' is no Word document \(no zip\)"),
        (sample()[:2000], r"^'a\.docx' is no Word document \(no zip\)"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), r"^'a\.docx' is locked or in Word's old format"),
        (archive({"a.txt": b"x"}), r"^'a\.docx' is damaged or no Word document"),
        (
            archive(parts_of(sample()) | {"word/document.xml": b"<w:document"}),
            r"^'a\.docx' is damaged or no Word document",
        ),
        (
            archive(parts_of(sample()) | {"word/document.xml": b"<x/>"}),
            r"^'a\.docx' is damaged or no Word document",
        ),
    ],
)
def test_what_is_no_word_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(LoadError, match=message):
        read_docx(data, "a.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = archive(parts_of(sample()) | {"word/extra.xml": b" " * 200_000_001})
    assert len(bomb) < 1_000_000
    with pytest.raises(LoadError, match=r"^'a\.docx' unpacks to 200,\d+,\d+ bytes of XML"):
        read_docx(bomb, "a.docx")


def test_external_relationships_are_not_followed() -> None:
    parts = parts_of(sample())
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" TargetMode="External" Target="http://127.0.0.1:9/x" Type="http://'
        b'schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b"</Relationships>",
    )
    assert read_docx(archive(parts), "a.docx").text == "Text."


def edited(old: bytes, new: bytes, declared: bytes = b"") -> bytes:
    """The sample with other XML in its document's part."""
    parts = parts_of(sample())
    xml = parts["word/document.xml"].replace(b"<w:document", declared + b"<w:document", 1)
    xml = re.sub(rb"standalone=.yes.", b"", xml)  # where other files may declare entities
    return archive(parts | {"word/document.xml": xml.replace(old, new)})


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE d [<!ENTITY e "boom">]>',
        b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">',
    ],
)
@pytest.mark.parametrize("new", [b"We keep &e; logs.", b"We keep</w:t>&e;<w:t> logs."])
def test_entities_are_refused(declared: bytes, new: bytes) -> None:
    with pytest.raises(LoadError, match=r"^'a\.docx' has an entity \(&e;\), which no Word"):
        read_docx(edited(b"Text.", new, declared), "a.docx")


def test_comments_in_a_text_end_nothing() -> None:
    data = edited(b"Text.", b"We keep <!-- all -->no<?x y?> logs &amp; sell <!---->none.")
    assert read_docx(data, "a.docx").text == "We keep no logs & sell none."


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
            st.sampled_from(["Normal", "Heading 1", "Title", "List Bullet", "List Number 2"]),
        ),
        max_size=8,
    )
)
def test_blocks_cover_the_text_of_any_document(paragraphs: list[tuple[str, str]]) -> None:
    word = docx.Document()
    word.add_paragraph("policy")
    for text, style in paragraphs:
        word.add_paragraph(text.replace("\ufffe", "").replace("\uffff", ""), style)
    check_invariants(read_docx(saved(word), "a.docx"))


def test_a_struck_out_paragraph_end_before_a_table_or_the_end_loses_nothing() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    joined = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('Text.')}</w:p>"
    cell = f"<w:tc><w:p>{run('cell')}</w:p></w:tc>"
    word = with_body(f"{joined}<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>{joined}")
    assert read(word) == [
        ("paragraph", 0, "Text."),
        ("table_row", 0, "cell | cell"),
        ("paragraph", 0, "Text."),
    ]
