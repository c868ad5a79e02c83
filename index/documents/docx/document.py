"""Word documents: their paragraphs, lists and tables as a person sees them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from index.documents.document_builder import DocumentBuilder, clean, one_line, sensible_title
from index.documents.docx.numbering import DocxNumbering
from index.documents.docx.text import content, paragraphs_of, runs_on, unwrapped
from index.documents.element_tree import Element, first_entity
from index.errors import LoadError
from index.types import BlockKind, Document

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # locked documents, and those of Word before 2007
_UNREADABLE = (  # what zipfile and python-docx raise over a damaged archive or part
    AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError,
    ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_MOST_XML = 200_000_000  # bytes, unpacked
_MOST_OF_ALL = 1_000_000_000  # bytes, unpacked: pictures too
_LONGEST_CHAIN = 50  # styles that are each based on the next
_LONGEST_CELL = 3000  # characters: what is longer is a column of a page, not a cell of a table


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str | None
    properties: Element | None


@dataclass(slots=True)
class _Reader:
    builder: DocumentBuilder
    styles: dict[str, _Style]
    default_style: str
    numbering: DocxNumbering
    title: str = ""
    in_list: bool = False


def read_docx(data: bytes, name: str) -> Document:
    """The text of a Word document with its numbers and bullets, all tracked changes accepted.

    `name` is the file's name, for errors. Headers, footers, notes and comments are left out.
    Raises LoadError for a file that is damaged, locked, no Word document, or holds no text.
    """
    _check_archive(data, name)
    import docx  # takes a tenth of a second
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        styles = document.styles.element
        title = sensible_title(document.core_properties.title or "")
        related = {rel.reltype: rel for rel in document.part.rels.values() if not rel.is_external}
        numbers = related.get(RELATIONSHIP_TYPE.NUMBERING)
        numbering = DocxNumbering(numbers and numbers.target_part.element)
    except _UNREADABLE as error:
        raise LoadError(
            f"{name!r} is damaged or no Word document: save it again as .docx"
        ) from error
    if body is None:
        raise LoadError(f"{name!r} is damaged (no body): save it again as .docx")
    entity = first_entity(body)
    if entity is not None:  # it is not expanded, and leaving it out might change the meaning
        raise LoadError(
            f"{name!r} has an entity ({entity}), which no Word document has: save it again as .docx"
        )
    reader = _Reader(DocumentBuilder(), *_styles(styles), numbering)
    _read_blocks(reader, body)
    return reader.builder.build(name, _MEDIA_TYPE, title=title or reader.title)


def _check_archive(data: bytes, name: str) -> None:
    if data.startswith(_OLE_MAGIC):
        raise LoadError(f"{name!r} is locked or in Word's old format: save it as .docx, unlocked")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise LoadError(f"{name!r} is no Word document (no zip): save it again as .docx") from error
    sizes = [(part.file_size, part.filename.endswith((".xml", ".rels"))) for part in parts]
    xml = sum(size for size, is_xml in sizes if is_xml)
    if xml > _MOST_XML or sum(size for size, _ in sizes) > _MOST_OF_ALL:
        raise LoadError(f"{name!r} unpacks to {xml:,} bytes of XML: too large, split it")


def _styles(element: Element) -> tuple[dict[str, _Style], str]:
    styles, default = {}, ""
    for style in element.iterchildren(f"{_W}style"):
        key = style.get(f"{_W}styleId") or ""
        name = (_value(style, "name") or "").lower()
        styles[key] = _Style(name, _value(style, "basedOn"), style.find(f"{_W}pPr"))
        if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
            default = key
    return styles, default


def _read_blocks(reader: _Reader, container: Element) -> None:
    carried: list[str] = []  # of paragraphs whose end was struck out
    last: Element | None = None
    for block in unwrapped(container, ("p", "tbl")):
        if block.tag == f"{_W}tbl":
            _add_carried(reader, last, carried)
            _read_table(reader, block)
            continue
        last = block
        text, boxes = content(block)
        carried.append(text)
        if not runs_on(block):
            _add_carried(reader, block, carried)
        for box in boxes:
            _read_blocks(reader, box)
    _add_carried(reader, last, carried)


def _add_carried(reader: _Reader, paragraph: Element | None, carried: list[str]) -> None:
    if paragraph is not None and carried:
        _add_paragraph(reader, paragraph, "".join(carried))
        carried.clear()


def _add_paragraph(reader: _Reader, paragraph: Element, text: str) -> None:
    properties, names = _chain(reader, paragraph)
    label, depth = _label(reader, properties)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", clean(text))).strip()
    if not text:
        return
    level = _heading_level(properties, names)
    if level:
        reader.builder.add(BlockKind.HEADING, label + text, level=level)
        if "title" in names and not reader.title:
            reader.title = one_line(text)
    elif depth is not None:
        text = label + text
        reader.builder.add(BlockKind.LIST_ITEM, text, level=depth + 1, tight=reader.in_list)
    else:
        reader.builder.add(BlockKind.PARAGRAPH, text)
    reader.in_list = depth is not None and not level


def _chain(reader: _Reader, paragraph: Element) -> tuple[list[Element], list[str]]:
    """The paragraph's properties, its own first and then those of its styles, and their names."""
    own = paragraph.find(f"{_W}pPr")
    properties = [] if own is None else [own]
    key = (None if own is None else _value(own, "pStyle")) or reader.default_style
    names: list[str] = []
    seen: set[str] = set()
    while key in reader.styles and key not in seen and len(seen) < _LONGEST_CHAIN:
        seen.add(key)
        style = reader.styles[key]
        names.append(style.name)
        if style.properties is not None:
            properties.append(style.properties)
        key = style.parent or ""
    return properties, names


def _heading_level(properties: list[Element], names: list[str]) -> int:
    for name in names:
        if name == "title":
            return 1
        if heading := re.fullmatch(r"heading ([1-9])", name):
            return int(heading.group(1))
    outline = next((found for p in properties if (found := _value(p, "outlineLvl"))), "9")
    return int(outline) + 1 if re.fullmatch("[0-8]", outline) else 0


def _label(reader: _Reader, properties: list[Element]) -> tuple[str, int | None]:
    """The number or bullet of the paragraph, and how deep it lies; None when in no list."""
    list_id = depth = None
    for numbered in (p.find(f"{_W}numPr") for p in properties):
        if numbered is not None:
            list_id = list_id or _value(numbered, "numId")
            depth = depth or _value(numbered, "ilvl")
    if list_id is None or list_id == "0":
        return "", None
    level = int(depth) if depth and re.fullmatch("[0-8]", depth) else 0
    return reader.numbering.label(list_id, level), level


def _read_table(reader: _Reader, table: Element) -> None:
    rows = [
        list(unwrapped(row, ("tc",)))
        for row in unwrapped(table, ("tr",))
        if row.find(f"{_W}trPr/{_W}del") is None
    ]
    lengths = (sum(len(t.text or "") for t in cell.iter(f"{_W}t")) for row in rows for cell in row)
    if max(map(len, rows), default=0) < 2 or max(lengths) > _LONGEST_CELL:
        for cell in (cell for row in rows for cell in row):
            _read_blocks(reader, cell)
        return
    is_first = True
    for row in rows:
        text = " | ".join(_cell_text(reader, cell) for cell in row).strip("| ")
        if text:
            reader.builder.add(BlockKind.TABLE_ROW, text, tight=not is_first)
            is_first = reader.in_list = False


def _cell_text(reader: _Reader, cell: Element) -> str:
    texts = []
    for paragraph in paragraphs_of(cell):
        label, _ = _label(reader, _chain(reader, paragraph)[0])
        text = one_line(clean(content(paragraph)[0]))
        texts.append(label + text if text else "")
    return " ".join(filter(None, texts))


def _value(element: Element, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")
