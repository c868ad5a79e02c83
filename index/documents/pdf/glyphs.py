"""PDF files: from their glyphs to lines of text, and on to the document that a person reads."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from index.documents.document_builder import DocumentBuilder, sensible_title
from index.documents.pdf.layout import Line, in_reading_order, without_running_lines
from index.documents.pdf.paragraphs import add_blocks
from index.documents.pdf.passwords import refusal, spellings
from index.documents.pdf.pieces import Letter, Piece
from index.errors import LoadError
from index.text.list_marks import SYMBOL_FONT_BULLETS
from index.types import Document

_MEDIA_TYPE = "application/pdf"
_BOLD_FONT = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))  # what PDFium gives for one at the end of a line
_LETTERS_OF_CODES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st", **{ord(code): bullet for code, bullet in SYMBOL_FONT_BULLETS.items()},
}  # fmt: skip


def read_pdf(data: bytes, name: str, passwords: Sequence[str] = ()) -> Document:
    """The text of a PDF file, without what runs along its pages' heads and feet.

    `name` is the file's name, for errors. An encrypted file is tried with the empty password, then
    with each of `passwords`, as that of a reader or of the owner. Every block has its page. Raises
    LoadError for a file that is damaged, that none of these opens, or that holds no text.
    """
    import pypdfium2  # loads a shared library

    pdf = _opened(data, name, passwords)
    try:
        count = len(pdf)
        pages = _read_pages(pdf, name)
        title = sensible_title(pdf.get_metadata_value("Title"))
        is_undeciphered = b"/Encrypt" in data and not _is_encrypted(pdf)
    except pypdfium2.PdfiumError as error:
        raise LoadError(f"{name!r} is damaged ({error}): save or export it again") from error
    finally:
        pdf.close()
    if not any(pages) and is_undeciphered:
        raise LoadError(f"{name!r} is damaged, in how it is encrypted: save or export it again")
    if not any(pages):
        noun = "page" if count == 1 else "pages"
        raise LoadError(f"no text layer in {name!r} ({count} {noun}): run OCR on it first")
    builder = DocumentBuilder()
    lines = [
        [line for direction in directions for line in in_reading_order(direction)]
        for directions in pages
    ]
    add_blocks(builder, without_running_lines(lines))
    return builder.build(name, _MEDIA_TYPE, title=title)


def _opened(data: bytes, name: str, passwords: Sequence[str]) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    is_locked = b"/Encrypt" in data  # else the error's code may be that of a file before
    refused: Exception | None = None
    for password in ("", *(form for each in passwords for form in spellings(each))):
        try:
            return pypdfium2.PdfDocument(data, password)
        except pypdfium2.PdfiumError as error:
            code = error.err_code if is_locked else None
            if code == pdfium.FPDF_ERR_PASSWORD:
                refused = error
                continue
            message = f"{name!r} is damaged, without pages or no PDF: save or export it again"
            if code == pdfium.FPDF_ERR_SECURITY:
                message = f"{name!r} is encrypted for certificates, or in another way that is not "
                message += "supported: save it without encryption first"
            raise LoadError(message) from error
    raise LoadError(refusal(name, len(passwords))) from refused


def _is_encrypted(pdf: Any) -> bool:
    import pypdfium2.raw as pdfium

    return bool(pdfium.FPDF_GetSecurityHandlerRevision(pdf) >= 0)


def _read_pages(pdf: Any, name: str) -> list[list[list[Line]]]:
    """The pieces of every page, by the direction in which they run: the commonest first."""
    by_glyph_number = _codes_are_glyph_numbers(pdf, name)
    pages = []
    for number, text_page in enumerate(_text_pages(pdf), 1):
        directions: list[list[Line]] = [[], [], [], []]
        for turns, line in _pieces(text_page, number, by_glyph_number):
            if line.text:
                directions[turns].append(line)
        in_use = [lines for lines in directions if lines]
        in_use.sort(key=lambda lines: sum(len(line.text) for line in lines), reverse=True)
        pages.append(in_use)
    return pages


def _text_pages(pdf: Any) -> Iterator[Any]:
    for index in range(len(pdf)):
        page = pdf[index]
        text_page = page.get_textpage()
        yield text_page
        text_page.close()
        page.close()


def _pieces(text_page: Any, page: int, by_glyph_number: bool) -> Iterator[tuple[int, Line]]:
    """Stretches of text on one baseline, as the file draws them, parted at wide gaps.

    With each, by how many quarter turns it runs up, upside down or down the page.
    """
    letters = _Letters(text_page, by_glyph_number)
    piece: Piece | None = None
    starts_word = is_certain = True
    for index in range(text_page.count_chars()):
        text = letters.text(index)
        if not text:
            starts_word = True  # as PDFium takes it: by the gap alone
            continue
        if text.isspace():
            starts_word = is_certain = True
            continue
        letter = letters.letter(index, text, None if starts_word else piece)
        if piece is None or not piece.is_continued_by(letter):
            if piece is not None:
                yield piece.turns, piece.line(page)
            piece = Piece(letter, letters.is_bold(index))
        else:
            if starts_word or piece.is_far_from(letter):
                piece.end_word(letter, is_certain=is_certain)
                piece.begin_word(letters.is_bold(index))
            piece.add(letter)
        starts_word = is_certain = False
    if piece is not None:
        yield piece.turns, piece.line(page)


class _Letters:
    """The letters of a page, by their index in it."""

    def __init__(self, text_page: Any, by_glyph_number: bool) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = text_page
        self._by_glyph_number = by_glyph_number
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._font_name, self._font_flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self._size, self._turns = 0.0, 0

    def text(self, index: int) -> str:
        """The letter, also a blank; "" for a break that only PDFium sees there."""
        pdfium = self._pdfium
        code = pdfium.FPDFText_GetUnicode(self._page, index)
        if self._by_glyph_number and pdfium.FPDFText_HasUnicodeMapError(self._page, index) == 1:
            return _letter_of_glyph(code)
        if pdfium.FPDFText_IsGenerated(self._page, index) == 1 or code in (0x0A, 0x0D):
            return ""
        return "-" if code in _HYPHENS else _LETTERS_OF_CODES.get(code) or chr(code)

    def letter(self, index: int, text: str, piece: Piece | None) -> Letter:
        """The letter with its place. In the midst of a word, `piece` is what it goes on from.

        Size and direction are costly to read; they are those of the letter before, unless this
        one begins a word or stands off the piece's baseline.
        """
        pdfium = self._pdfium
        pdfium.FPDFText_GetLooseCharBox(self._page, index, self._box)
        pdfium.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        baseline = self._y.value
        if piece is None or piece.turns or abs(baseline - piece.baseline) > piece.size / 10:
            pdfium.FPDFText_GetMatrix(self._page, index, self._matrix)
            self._turns = _quarter_turns(self._matrix)
            size = pdfium.FPDFText_GetFontSize(self._page, index)
            self._size = size * math.hypot(self._matrix.c, self._matrix.d)
        left, right = self._box.left, self._box.right
        if self._turns:
            left, right, baseline = _turned_back(self._box, self._x.value, baseline, self._turns)
        return Letter(text, left, right, baseline, self._size, self._turns)

    def is_bold(self, index: int) -> bool:
        """Whether the letter's font is bold, by its name, its flags or its weight."""
        pdfium = self._pdfium
        pdfium.FPDFText_GetFontInfo(self._page, index, self._font_name, 128, self._font_flags)
        return bool(
            _BOLD_FONT.search(self._font_name.value)
            or self._font_flags.value & _FORCE_BOLD
            or pdfium.FPDFText_GetFontWeight(self._page, index) >= 600
        )


def _quarter_turns(matrix: Any) -> int:
    """How often the text is turned by a right angle, counter-clockwise; what leans is not."""
    if abs(matrix.b) > abs(matrix.a):
        return 1 if matrix.b > 0 else 3
    return 2 if matrix.a < 0 and matrix.d < 0 else 0


def _turned_back(box: Any, x: float, y: float, turns: int) -> tuple[float, float, float]:
    """Left, right and baseline of a letter on the page turned so that it stands upright."""
    if turns == 1:
        return box.bottom, box.top, -x
    if turns == 2:
        return -box.right, -box.left, -y
    return -box.top, -box.bottom, x


def _codes_are_glyph_numbers(pdf: Any, name: str) -> bool:
    """Whether the letters without a Unicode value are numbers of glyphs, in the usual order.

    So write some programs that leave out the font's character map: then code 3, which is a
    control character, is the blank, and turns up between the words.
    """
    import pypdfium2.raw as pdfium

    unmapped: Counter[int] = Counter()
    total = 0
    for text_page in _text_pages(pdf):
        count = text_page.count_chars()
        total += count
        for index in range(count):
            if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
                unmapped[pdfium.FPDFText_GetUnicode(text_page, index)] += 1
    count = unmapped.total()
    letters = sum(n for code, n in unmapped.items() if _letter_of_glyph(code).isalpha())
    if count and 0.05 < unmapped[3] / count < 0.35 and letters > 0.6 * count:
        return True
    if count > total / 2:
        raise LoadError(f"the fonts in {name!r} do not say what their letters are: run OCR on it")
    return False


def _letter_of_glyph(number: int) -> str:
    """The character of a glyph in the order of Apple's and Microsoft's TrueType fonts.

    From glyph 3, the blank, on they stand as in Mac OS Roman, without its no-break space and
    delete character.
    """
    if not 3 <= number <= 222:
        return "•"  # in practice the round bullet, which stands far behind
    code = number + (29 if number <= 97 else 30 if number <= 171 else 31)
    return bytes((code,)).decode("mac_roman")
