"""What holds of every file that is read: the promises that the fuzzer tries to break.

A file is read or refused in one line with its name; what is read keeps the promises of text,
blocks and clauses. The first byte of an input says what it is read as, the rest is the file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from index.clauses.split import split
from index.documents import loader
from index.errors import LoadError
from index.types import BlockKind, Document, canonical, version_of
from tests.index.documents.samples import Text, column, numbering_level, numbering_scheme, pdf

KINDS = ("a.txt", "a.md", "a.html", "a.pdf", "a.docx", "parts.docx")
_BUDGET = 254  # tokens, as of the packaged embedder
_PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
_PART_SEPARATOR = "\n====\n"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DOCUMENT = (
    f'<w:document {_NAMESPACE}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>'
    'Privacy</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>'
    "</w:numPr>"
    "<w:rPr><w:del/></w:rPr></w:pPr><w:ins><w:r><w:t>We keep</w:t></w:r></w:ins></w:p><w:tbl><w:tr>"
    "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
    "</w:tr></w:tbl></w:body></w:document>"
)
_NUMBERING = (
    f"<w:numbering {_NAMESPACE}>"
    + numbering_scheme(
        numbering_level(0, "decimal", "%1."), numbering_level(1, "lowerRoman", "(%2)")
    )
    + "</w:numbering>"
)
_STYLES = (
    f'<w:styles {_NAMESPACE}><w:style w:type="paragraph" w:styleId="Heading1">'
    '<w:name w:val="heading 1"/></w:style></w:styles>'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension'
    '="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_OFFICE}.numbering+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/></Types>'
)


def file_of(data: bytes) -> tuple[str, bytes]:
    """The name and the content of the file that an input stands for; `data` is not empty."""
    name = KINDS[data[0] % len(KINDS)]
    return name, _word_file(data[1:]) if name == KINDS[-1] else data[1:]


def check(name: str, data: bytes) -> None:
    """Raises AssertionError for a broken promise, and whatever reading raises but LoadError."""
    try:
        document = loader.read_document(Path(name), data)
    except LoadError as error:
        reason = str(error)
    else:
        _check_policy(document, name)
        return
    assert "\n" not in reason, f"more than a line: {reason}"
    assert repr(name) in reason, f"no name: {reason}"


def _check_policy(document: Document, name: str) -> None:
    _check_document(document)
    policy = loader.make_policy(document, "a", Path(name))
    assert policy.version == version_of(document.text)
    for name_or_source in (policy.title, policy.source, loader.provider_of(document, Path(name))):
        name_or_source.encode("utf-8")
    covered = 0
    for clause_text in split(policy, document, _count_tokens, _BUDGET):
        clause = clause_text.clause
        assert covered <= clause.start < clause.end, "clauses overlap, or one is empty"
        assert not document.text[covered : clause.start].strip(), "text between clauses"
        covered = clause.end
        inside = clause.start
        for start, end in clause_text.units:
            assert inside <= start < end <= clause.end, "a unit out of its clause"
            inside = end
    assert not document.text[covered:].strip(), "text after the last clause"


def _count_tokens(texts: Sequence[str]) -> list[int]:
    return [len(text) // 4 for text in texts]


def _check_document(document: Document) -> None:
    text = document.text
    text.encode("utf-8")
    assert text.strip(), "no text"
    assert text == canonical(text), "not canonical"
    assert "\0" not in text, "a NUL"
    covered = 0
    for block in document.blocks:
        assert covered <= block.start < block.end, "blocks overlap, or one is empty"
        assert not text[covered : block.start].strip(), "text between blocks"
        stretch = text[block.start : block.end]
        assert stretch == stretch.strip(), "a blank at the edge of a block"
        assert bool(block.title) == (block.kind is BlockKind.HEADING), "a heading without title"
        covered = block.end
    assert not text[covered:].strip(), "text after the last block"


def seeds() -> list[bytes]:
    """Small files of every kind, made here."""
    prose = "We keep your data for 30 days. You may ask us, e.g. by e-mail, to delete it.\n\n"
    text = f"Acme Privacy Policy\n\n1. Data\n\n{prose}We collect:\n- your name;\n- your\n  age.\n"
    marked = f"---\ntitle: Acme\ndate: 2020-01-02\n---\n# Acme\n\n{prose}## 1.1 Data\n\n* a\n"
    marked += f"  1. b\n\n|a|b|\n|-|-|\n|c|d|\n\n**Rights**\n{prose}```\ncode\n```\n<div>x</div>\n"
    page = (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Acme - Privacy</title></head><body>"
        f"<nav><a>Home</a></nav><main><h1>Privacy</h1><p>{prose}</p><ol type=a start=3><li>x<li>y"
        "<ul style='list-style:none'><li>z</ul></ol><table><tr><th>a<th>b<tr><td>c<td>d</table>"
        f"<p><b>Rights</b><br>{prose}<pre>a\n b</pre><div hidden>x</div></main><footer>f</footer>"
    )
    lines = ["1. Your data is kept for thirty days un-", "less the law asks for more.", "- item"]
    drawn = [[Text("Privacy", 72, 730, 18, True), *column(lines)], column(["We keep logs."])]
    parts = _PART_SEPARATOR.join((_DOCUMENT, _NUMBERING, _STYLES)).encode()
    files = (
        *(string.encode() for string in (text, marked, page)),
        *(pdf(drawn, title="Acme"), _word_file(parts), parts),
    )
    encoded = [text.encode(encoding, "replace") for encoding in ("utf-16", "utf-32", "cp1252")]
    return [
        *(bytes((kind,)) + data for kind, data in enumerate(files)),
        *(b"\0" + data for data in encoded),
    ]


def _word_file(data: bytes) -> bytes:
    """A Word document whose parts are those of the input, so that they need not be unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _related("officeDocument", "word/document.xml"))
        more = _related("numbering", "numbering.xml", "styles", "styles.xml")
        archive.writestr("word/_rels/document.xml.rels", more)
        parts: list[bytes | str] = [*data.split(_PART_SEPARATOR.encode(), 2), _NUMBERING, _STYLES]
        for name, content in zip(_PARTS, parts, strict=False):
            archive.writestr(name, content)
    return out.getvalue()


def _related(*pairs: str) -> str:
    """The relationships of those types to those parts."""
    relationships = (
        f'<Relationship Id="r{number}" Type="{_TYPE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(zip(pairs[::2], pairs[1::2], strict=True))
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{"".join(relationships)}</Relationships>'
