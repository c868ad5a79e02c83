"""Paragraphs, headings and list items, from the lines of a PDF's pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from index.documents.document_builder import DocumentBuilder
from index.documents.pdf.layout import Line
from index.text.list_marks import PDF_HANGING_MARK, PDF_MARK
from index.types import BlockKind

_ENDS_SENTENCE = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LAST_WORD = re.compile(r"\b(\w+)[-‐]$")
_FIRST_WORD = re.compile(r"[^\W\dA-Z]+")
_PARAGRAPH_GAP = 1.3  # of the usual distance between lines
_HEADING_SIZE = 1.12  # of the body's font size
_TAIL = 200  # characters
_MOST_FOOTNOTES = 5  # on a page
_LONGEST_HEADING = 160  # characters
_MOST_BOLD = 0.4  # of all characters: where more is bold, bold says nothing


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line]
    level: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    _parts: list[str] = field(init=False)
    tail: str = field(init=False)  # the last of the text, by which it is told how it goes on

    def __post_init__(self) -> None:
        self._parts = [self.lines[0].text]
        self.tail = self.lines[0].text[-_TAIL:]

    @property
    def text(self) -> str:
        """The whole text, joined anew each time."""
        return "".join(self._parts)

    def take(self, line: Line, words: frozenset[str]) -> None:
        """Add a line; `words` are those of the document, which tell what a hyphen is for."""
        self.lines.append(line)
        before, after = _LAST_WORD.search(self.tail), _FIRST_WORD.match(line.text)
        gap = "" if before else " "
        if before and after and _is_hyphenated(before.group(1).lower(), after.group(), words):
            self._parts[-1] = self._parts[-1][:-1]
            self.tail = self.tail[:-1]
        self._parts.extend((gap, line.text))
        self.tail = (self.tail + gap + line.text)[-_TAIL:]


def _is_hyphenated(start: str, end: str, words: frozenset[str]) -> bool:
    """Whether a hyphen at the end of a line only breaks one word, and is not part of it."""
    return start + end in words or not (start in words and end in words)


def add_blocks(builder: DocumentBuilder, pages: Sequence[Sequence[Line]]) -> None:
    """The paragraphs, headings and list items of the pages' lines, which stand in reading order."""
    paragraphs = _paragraphs([line for lines in pages for line in lines])
    _find_kinds(paragraphs)
    indents: list[float] = []
    for paragraph in paragraphs:
        first = paragraph.lines[0]
        is_item = paragraph.kind is BlockKind.LIST_ITEM
        tight = is_item and bool(indents)
        if is_item:
            while indents and first.left < indents[-1] - first.size / 2:
                indents.pop()
            if not indents or first.left > indents[-1] + first.size / 2:
                indents.append(first.left)
            paragraph.level = len(indents)
        else:
            indents.clear()
        builder.add(
            paragraph.kind, paragraph.text, level=paragraph.level, page=first.page, tight=tight
        )


def _paragraphs(lines: Sequence[Line]) -> list[_Paragraph]:
    steps = [
        before.baseline - after.baseline
        for before, after in pairwise(lines)
        if before.page == after.page and 0 < before.baseline - after.baseline < 3 * before.size
    ]
    step = median(steps) if steps else 0.0
    body = _body_size(lines)
    words = _whole_words(lines)
    margins = _margins(lines)
    paragraphs: list[_Paragraph] = []
    for line in lines:
        open_one = _open_paragraph(paragraphs, line)
        if open_one and _goes_on(open_one, line, step * max(1.0, line.size / body), margins):
            open_one.take(line, words)
        else:
            paragraphs.append(_Paragraph([line]))
    return paragraphs


def _whole_words(lines: Sequence[Line]) -> frozenset[str]:
    """The document's words in lower case, but for those that a line's end may have broken."""
    words: set[str] = set()
    is_broken = False
    for line in lines:
        whole = re.sub(r"^\w+", "", line.text) if is_broken else line.text
        is_broken = _LAST_WORD.search(line.text) is not None
        words.update(re.findall(r"\w+", _LAST_WORD.sub("", whole).lower()))
    return frozenset(words)


def _margins(lines: Sequence[Line]) -> dict[int, tuple[float, float]]:
    """Where the text of every page begins and ends, from left to right."""
    margins: dict[int, tuple[float, float]] = {}
    for line in lines:
        left, right = margins.get(line.page, (line.left, line.right))
        margins[line.page] = min(left, line.left), max(right, line.right)
    return margins


def _open_paragraph(paragraphs: Sequence[_Paragraph], line: Line) -> _Paragraph | None:
    """The paragraph that the line may go on with: over a page break, not a footnote."""
    for paragraph in reversed(paragraphs[-_MOST_FOOTNOTES - 1 :]):
        last = paragraph.lines[-1]
        if last.page == line.page or last.size > 0.9 * line.size:
            return paragraph
    return None


def _goes_on(
    paragraph: _Paragraph, line: Line, step: float, margins: dict[int, tuple[float, float]]
) -> bool:
    last = paragraph.lines[-1]
    if abs(last.size - line.size) > 0.1 * max(last.size, line.size) or PDF_MARK.match(line.text):
        return False
    down = last.baseline - line.baseline
    if line.page != last.page or down < 0:
        is_cell = line.page == last.page and line.left < last.right
        is_open = not _ENDS_SENTENCE.search(paragraph.tail) and last.bold == line.bold
        return is_open and not is_cell and line.text[0].islower()
    if down > _PARAGRAPH_GAP * step:
        return False
    left, right = margins[last.page]
    is_centred = all(_is_centred(part, left, right) for part in (last, line))
    room = right - last.right + (last.left - left if is_centred else 0)
    word = (line.right - line.left) * len(line.text.split()[0]) / len(line.text)
    if room > word + line.size and (
        last.bold != line.bold or _ENDS_SENTENCE.search(last.text) or not line.text[0].islower()
    ):
        return False
    if is_centred or abs(line.left - last.left) <= line.size:
        return True
    is_first = len(paragraph.lines) == 1
    return is_first and (
        line.left < last.left or PDF_HANGING_MARK.match(paragraph.lines[0].text) is not None
    )


def _is_centred(line: Line, left: float, right: float) -> bool:
    before, after = line.left - left, right - line.right
    return min(before, after) > line.size and abs(before - after) < 2 * line.size


def _find_kinds(paragraphs: Sequence[_Paragraph]) -> None:
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    body = _body_size(lines)
    bold_letters = sum(len(line.text) for line in lines if line.bold)
    bold_counts = bold_letters < _MOST_BOLD * sum(len(line.text) for line in lines)
    headings: list[tuple[_Paragraph, float]] = []
    for paragraph in paragraphs:
        size = max(line.size for line in paragraph.lines)
        is_bold = bold_counts and all(line.bold for line in paragraph.lines)
        text = paragraph.text
        is_short = len(text) <= _LONGEST_HEADING and any(map(str.isalpha, text))
        is_large = size >= _HEADING_SIZE * body
        stands_out = is_large or (is_bold and size >= 0.9 * body)
        if stands_out and is_short and text[-1] not in ".;,":
            headings.append((paragraph, round(size) if is_large else body))
        elif PDF_MARK.match(text):
            paragraph.kind = BlockKind.LIST_ITEM
    sizes = sorted({size for _, size in headings}, reverse=True)
    for paragraph, size in headings:
        paragraph.kind = BlockKind.HEADING
        paragraph.level = min(6, sizes.index(size) + 1)


def _body_size(lines: Sequence[Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 1.0
