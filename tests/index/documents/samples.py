"""Small sample files for the loaders' tests, and what must hold of every document."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx.document

from index.types import BlockKind, Document, canonical

_UNMAPPED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts "
    b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /DW 500 /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor "
    b"<< /Type /FontDescriptor /FontName /Sample /Flags 4 >> >>] >>"
)
SHARED = Path(__file__).parents[3].parent / "shared"


@dataclass(frozen=True)
class Text:
    """A piece of text on a PDF page, in points from its lower left corner."""

    text: str
    x: float
    y: float
    size: float = 10
    bold: bool = False
    glyph_offset: int | None = None  # from character to glyph, in a font that maps none back


def pdf(pages: Sequence[Sequence[Text]], *, title: str = "", trailer: str = "") -> bytes:
    """A PDF in Helvetica; codes 1 and 2 are the ligatures fi and ffl."""
    encoding = "<< /BaseEncoding /WinAnsiEncoding /Differences [1 /fi 2 /ffl] >>"
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 612 792] >>".encode(),
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding {encoding} >>".encode()
            for font in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for number, texts in enumerate(pages):
        stream = b"\n".join(map(_drawn, texts))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font "
            b"<< /F1 3 0 R /F2 4 0 R /F3 %s >> >> >>" % (6 + 2 * number, _UNMAPPED)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(f"<< /Title ({title}) >>".encode("latin-1"))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>\n"
        f"startxref\n{start}\n%%EOF\n".encode()
    )
    return out.getvalue()


def _drawn(text: Text) -> bytes:
    escaped = text.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    font = "F2" if text.bold else "F1"
    shown = b"(" + escaped.encode("cp1252") + b")"
    if text.glyph_offset is not None:
        glyphs = "".join(f"{ord(letter) + text.glyph_offset:04x}" for letter in text.text)
        font, shown = "F3", f"<{glyphs}>".encode()
    return f"BT /{font} {text.size} Tf {text.x} {text.y} Td ".encode() + shown + b" Tj ET"


def column(lines: Sequence[str], x: float = 72, y: float = 700, step: float = 12) -> list[Text]:
    """Lines one below the other."""
    return [Text(line, x, y - number * step) for number, line in enumerate(lines)]


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a .docx file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbering_level(depth: int, style: str, text: str, start: int = 1, more: str = "") -> str:
    """One level of a list, as numbering.xml holds it."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering_scheme(*levels: str) -> str:
    """A list of those levels, number 1, as numbering.xml holds it."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def outline(document: Document) -> list[tuple[str, int, str]]:
    """Kind, level and text of every block."""
    return [
        (block.kind.value, block.level, document.text[block.start : block.end])
        for block in document.blocks
    ]


def headings(document: Document) -> list[str]:
    """The titles of the headings."""
    return [block.title for block in document.blocks if block.kind is BlockKind.HEADING]


def check_invariants(document: Document) -> None:
    """What DESIGN.md promises of every document, and a loader of its text."""
    text = document.text
    assert text == canonical(text)
    assert text
    unwanted = {c for c in text if unicodedata.category(c) in ("Cc", "Cs")} - {"\n", "\t"}
    assert not unwanted | (set(text) & set("\u00a0\u00ad\ufeff\u200b"))
    covered = 0
    for block in document.blocks:
        assert covered <= block.start < block.end
        assert not text[covered : block.start].strip()
        stretch = text[block.start : block.end]
        assert stretch == stretch.strip()
        assert (block.level > 0) == (block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM))
        assert bool(block.title) == (block.kind is BlockKind.HEADING)
        covered = block.end
    assert not text[covered:].strip()
