"""Puts a document together, block by block, so that every offset is right by construction."""

from __future__ import annotations

import re

from index.errors import LoadError
from index.types import Block, BlockKind, Document, nfc

_SPACES = dict.fromkeys(map(ord, "\v\f\x85\xa0"), " ") | dict.fromkeys(
    map(ord, "\u2028\u2029"), "\n"
)
_CONTROLS = [
    c for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in _SPACES and chr(c) not in "\n\t"
]
_UNSEEN = map(ord, "\u00ad\u200b\u2060\ufeff")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SCRAP_LENGTH = 100
_SCRAPS_LENGTH = 1000
_EDGES = re.compile(r"\A[\s\u200c-\u200f]+|[\s\u200c-\u200f]+\Z")  # joiners join nothing there
_NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|rtf|odt|indd|pages|txt)\b|_|^microsoft word|^untitled|^(?:word )?document\d*$"
    r"|^title$|^slide|\b(?:final|draft|copy|rev)\b|\brev\d",
    re.IGNORECASE,
)
_CLEANED = _SPACES | dict.fromkeys((*_CONTROLS, *_UNSEEN, *range(0xD800, 0xE000)), None)


def clean(text: str) -> str:
    """Unicode NFC with LF newlines, without control characters and others that nobody sees.

    Soft hyphens, zero-width spaces, byte order marks and lone surrogates go; a no-break space
    becomes a space.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEANED)
    return nfc(text)


def one_line(text: str) -> str:
    """The text with every run of blanks, also newlines, as one space, and none at the ends."""
    return " ".join(text.split())


def sensible_title(title: str) -> str:
    """The title that a file's properties give, or "" where that is only the name of a file."""
    title = one_line(clean(title))
    return title if any(map(str.isalpha, title)) and not _NO_TITLE.search(title) else ""


class DocumentBuilder:
    """Accumulates blocks and the canonical text that they stand in."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        page: int | None = None,
        tight: bool = False,
    ) -> None:
        """Append a block; a text with nothing to see in it is passed over.

        `tight` sets the block on the next line, without a blank line before it. Every stretch
        between blank lines becomes a block of its own.
        """
        text = clean(text).strip()
        if kind is BlockKind.HEADING:
            text = one_line(text)
        for stretch in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text):
            if stretch := _EDGES.sub("", stretch):
                self._append(kind, stretch, level, page, tight)
                tight = kind is not BlockKind.PARAGRAPH

    def holds_only_scraps(self) -> bool:
        """Whether there are but a few short blocks, and no year that may date the document."""
        return (
            self._length <= _SCRAPS_LENGTH
            and all(block.end - block.start <= _SCRAP_LENGTH for block in self._blocks)
            and not _YEAR.search("".join(self._parts))
        )

    def _append(
        self, kind: BlockKind, text: str, level: int, page: int | None, tight: bool
    ) -> None:
        if self._parts:
            gap = "\n" if tight else "\n\n"
            self._parts.append(gap)
            self._length += len(gap)
        start, end = self._length, self._length + len(text)
        title = text if kind is BlockKind.HEADING else ""
        self._blocks.append(Block(kind, start, end, level, page, title))
        self._parts.append(text)
        self._length = end

    def build(self, name: str, media_type: str, *, title: str = "", source: str = "") -> Document:
        """The document so far; `title` defaults to its first outermost heading.

        Raises LoadError, with `name` for the file, when there is no text at all.
        """
        if not self._blocks:
            raise LoadError(f"{name!r} holds no text: nothing to index, leave it out")
        text = "".join(self._parts)
        headings = [block for block in self._blocks if block.kind is BlockKind.HEADING]
        if not title and headings:
            title = min(headings, key=lambda block: block.level).title
        return Document(
            text, tuple(self._blocks), media_type, one_line(clean(title)), source=source
        )
