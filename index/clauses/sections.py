"""Blocks -> sections: the headings and the number that each block stands under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.text.headings import LONGEST_TITLE, run_in_title, split_number
from index.text.markup import has_words, plain
from index.types import Block, BlockKind, Document

_MANY_NUMBERED = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A run of blocks under the same headings.

    `number` is the nearest numbered heading's or paragraph's ("1.2"), or None. `heading_path`
    is outermost first, without numbers, each title up to `LONGEST_TITLE`. `blocks`
    begin with the section's own heading, and with those above it that have no text of their own.
    """

    number: str | None
    heading_path: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Open:
    level: float
    number: str | None
    title: str


def sections(document: Document) -> list[Section]:
    """The sections of a document, in order; every block is in exactly one of them."""
    reader = _Reader(document)
    for block in document.blocks:
        reader.read(block)
    return reader.finished()


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._stack: list[_Open] = []
        self._waiting: list[Block] = []  # headings whose text is still to come
        self._done: list[Section] = []
        self._numbered_levels = _numbered_levels(document.blocks)

    def read(self, block: Block) -> None:
        if not self._says_something(block):
            # A rule or a link without words opens no section: it stays with what it stands beside.
            (self._waiting if self._waiting or not self._done else self._done[-1].blocks).append(
                block
            )
            return
        if block.kind is BlockKind.HEADING:
            if block.level > 0:
                self._open_heading(block)
            self._waiting.append(block)
            return
        opened = self._open_numbered(block)
        if block.kind is BlockKind.PARAGRAPH and block.level > 0:
            self._stack = [entry for entry in self._stack if entry.level <= block.level]
            opened = True
        if opened or self._waiting or not self._done:
            self._done.append(self._section(self._waiting))
            self._waiting = []
        self._done[-1].blocks.append(block)

    def _says_something(self, block: Block) -> bool:
        text = self._document.text[block.start : block.end]
        return has_words(plain(text, self._document.media_type))

    def finished(self) -> list[Section]:
        if self._waiting and not any(map(self._says_something, self._waiting)) and self._done:
            self._done[-1].blocks.extend(self._waiting)
        elif self._waiting:
            self._done.append(self._section(self._waiting))
        return self._done

    def _section(self, waiting: list[Block]) -> Section:
        number = next((entry.number for entry in reversed(self._stack) if entry.number), None)
        path = tuple(entry.title for entry in self._stack if entry.title)
        return Section(number, path, list(waiting))

    def _open_heading(self, block: Block) -> None:
        numbered = split_number(block.title)
        number = numbered.number if numbered else None
        title = numbered.title if numbered and numbered.title else block.title
        level: float = block.level
        parent = self._numbered_parent(number)
        if parent is not None:
            del self._stack[parent + 1 :]
        else:
            if number is None and self._stack and block.level in self._numbered_levels:
                # Among numbered headings of one level, one without a number is below them.
                level += 0.5
            while self._stack and self._stack[-1].level >= level:
                self._stack.pop()
        self._stack.append(_Open(level, number, title[:LONGEST_TITLE].rstrip()))

    def _numbered_parent(self, number: str | None) -> int | None:
        if number is None or "." not in number:
            return None
        for at in range(len(self._stack) - 1, -1, -1):
            above = self._stack[at].number
            if above is not None and number.startswith(above + "."):
                return at
        return None

    def _open_numbered(self, block: Block) -> bool:
        """Opens a section at a numbered paragraph ("2.1 We may ..."); True if it is one."""
        text = plain(self._document.text[block.start : block.end], self._document.media_type)
        numbered = split_number(text)
        if numbered is None or not numbered.title or not numbered.number[-1].isdigit():
            return False
        title = run_in_title(numbered.title)
        if block.kind is not BlockKind.PARAGRAPH and not title and "." not in numbered.number:
            return False
        parent = self._numbered_parent(numbered.number)
        if parent is not None:
            del self._stack[parent + 1 :]
        else:
            while self._stack and self._stack[-1].level >= 100:
                self._stack.pop()
        self._stack.append(_Open(100 + numbered.depth, numbered.number, title))
        return True


def _numbered_levels(blocks: Sequence[Block]) -> set[int]:
    counts: dict[int, list[bool]] = {}
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level > 0:
            counts.setdefault(block.level, []).append(split_number(block.title) is not None)
    return {
        level
        for level, marks in counts.items()
        if sum(marks) >= _MANY_NUMBERED and sum(marks) * 2 >= len(marks)
    }
