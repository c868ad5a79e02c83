"""The blocks of a web page, in the order and with the line breaks that a browser shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.documents.document_builder import DocumentBuilder, clean, one_line
from index.documents.element_tree import Element
from index.documents.html.elements import heading_level, is_block, is_longer
from index.documents.html.lists import HtmlList
from index.text.list_marks import HTML_MARK
from index.types import BlockKind

_PREFORMATTED = frozenset(("pre", "listing", "xmp"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BLANKS = re.compile(r"[ \t\n\r\f\v\xa0]+")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_SENTENCE_END = re.compile(r"[.,;!]\W*$")
_LONGEST_BOLD_HEADING = 100  # characters
_LONGEST_ITEM = 3000  # characters: what is longer is a section of its own


@dataclass(slots=True)
class _Item:
    marker: str
    is_section: bool = False  # it holds a heading, so its paragraphs are no list


@dataclass(slots=True)
class _Table:
    is_data: bool
    is_first_row: bool = True
    row: list[str] | None = None
    cell: list[str] | None = None


@dataclass(slots=True)
class HtmlBlocks:
    """Feed it the start and the end of every element; the blocks go to `builder`."""

    builder: DocumentBuilder
    data_tables: set[Element]
    title: str = ""
    _pieces: list[str] = field(default_factory=list)
    _plain: list[bool] = field(default_factory=lambda: [False])
    _heading: int = 0
    _last_heading: int = 1
    _preformatted: int = 0
    _bold: list[Element] = field(default_factory=list)
    _lists: list[HtmlList] = field(default_factory=list)
    _items: list[_Item] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _after_item: bool = False

    def start(self, element: Element) -> None:
        """The element begins: everything but its children."""
        tag = element.tag
        if tag == "br":
            self._pieces.append("\n")
            self._plain.append(False)
        elif is_block(element):
            self._break()
            self._open(element)
        elif tag in ("b", "strong") or _BOLD_STYLE.search(element.get("style") or ""):
            self._bold.append(element)
        self.text(element.text)

    def end(self, element: Element) -> None:
        """The element ends; the text after it comes by `text`."""
        if is_block(element):
            self._break()
            self._close(element)
        elif self._bold and self._bold[-1] is element:
            self._bold.pop()

    def text(self, text: str | None) -> None:
        """Running text, with blanks as they stand in the file."""
        if text:
            self._plain[-1] |= not self._bold and not text.isspace()
            self._pieces.append(text if self._preformatted else _BLANKS.sub(" ", text))

    def _open(self, element: Element) -> None:
        tag = element.tag
        if level := heading_level(element):
            self._heading = level
        elif tag in _PREFORMATTED:
            self._preformatted += 1
        elif tag in _LISTS:
            self._lists.append(HtmlList.of(element))
        elif tag == "li":
            if self._items:
                self._items[-1].marker = ""
            self._items.append(self._item(element))
        elif tag == "table":
            self._tables.append(_Table(element in self.data_tables))
        elif self._tables and self._tables[-1].is_data:
            if tag == "tr":
                self._tables[-1].row = []
            elif tag in ("td", "th") and self._tables[-1].row is not None:
                self._tables[-1].cell = []

    def _close(self, element: Element) -> None:
        tag = element.tag
        if heading_level(element):
            self._heading = 0
        elif tag in _PREFORMATTED:
            self._preformatted -= 1
        elif tag in _LISTS:
            self._lists.pop()
        elif tag == "li":
            self._items.pop()
        elif tag == "table":
            self._tables.pop()
        elif self._tables and (row := self._tables[-1].row) is not None:
            if tag in ("td", "th") and self._tables[-1].cell is not None:
                row.append(one_line(" ".join(self._tables[-1].cell)))
                self._tables[-1].cell = None
            elif tag == "tr":
                self._add_row(self._tables[-1], row)

    def _add_row(self, table: _Table, row: list[str]) -> None:
        table.row = None
        if any(row):
            text = " | ".join(row).strip("| ")
            self.builder.add(BlockKind.TABLE_ROW, text, tight=not table.is_first_row)
            table.is_first_row = self._after_item = False

    def _item(self, element: Element) -> _Item:
        marker = self._lists[-1].marker(element) if self._lists else "- "
        is_section = is_longer(element, _LONGEST_ITEM)
        return _Item("" if is_section and marker == "- " else marker, is_section)

    def _break(self) -> None:
        """What has run up to here is a block of its own."""
        running, self._pieces = "".join(self._pieces), []
        plain, self._plain = self._plain, [False]  # by line, as <br> parts them
        if self._preformatted:
            text = clean(running).strip("\n")
            plain = [True]
        else:
            lines = [one_line(clean(line)) for line in running.split("\n")]
            seen = next((number for number, line in enumerate(lines) if line), 0)
            plain = plain[seen:]
            text = "\n".join(lines[seen:]).rstrip()
        if not text.strip():
            return
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(self._take_marker(text) + text)
        elif self._heading:
            self._add_heading(text, self._heading)
        else:
            first, _, rest = text.partition("\n")
            if not plain[0] and self._is_bold_heading(first) and (any(plain[1:]) or not rest):
                self._add_heading(first, min(6, self._last_heading + 1))
                text = rest
            if text:
                self._add_text(text)

    def _is_bold_heading(self, line: str) -> bool:
        """A short line all in bold, outside lists: what a person takes for a heading."""
        item = self._items[-1] if self._items else None
        return (
            (item is None or item.is_section or item.marker[:1].isalnum())
            and len(line) <= _LONGEST_BOLD_HEADING
            and any(letter.isalpha() for letter in line)
            and not _SENTENCE_END.search(line)
        )

    def _add_heading(self, text: str, level: int) -> None:
        if self._heading:
            self._last_heading = level
            if level == 1 and not self.title:
                self.title = one_line(text)
                if self.builder.holds_only_scraps():  # of menus, above the title
                    self.builder = DocumentBuilder()
        marker = self._take_marker(text)
        if self._items:
            self._items[-1].is_section = True
        self.builder.add(BlockKind.HEADING, ("" if marker == "- " else marker) + text, level=level)
        self._after_item = False

    def _add_text(self, text: str) -> None:
        level = sum(not item.is_section for item in self._items)
        if level and not self._items[-1].is_section:
            text = self._take_marker(text) + text
            self.builder.add(BlockKind.LIST_ITEM, text, level=level, tight=self._after_item)
            self._after_item = True
        else:
            self.builder.add(BlockKind.PARAGRAPH, text)
            self._after_item = False

    def _take_marker(self, text: str) -> str:
        """The marker of the list item that begins here, unless the text brings one along."""
        if not self._items:
            return ""
        marker, self._items[-1].marker = self._items[-1].marker, ""
        return "" if HTML_MARK.match(text) else marker
