"""Plain text: the decoded file is the canonical text; lines become blocks as a reader sees them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from index.documents.encoding import decode
from index.errors import LoadError
from index.text.headings import (
    BareHeading,
    breaks_list,
    heading_text,
    is_bare_heading,
    is_document_title,
    is_lead_in,
    is_numbered_heading,
    nest,
    split_number,
)
from index.text.list_marks import TEXT_MARK
from index.types import Block, BlockKind, Document, canonical

_SHORT_ITEM = 160
_LONG_PARAGRAPH = 90


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool


def read_text(data: bytes, name: str) -> Document:
    """Loads a text file of any encoding. Raises LoadError where it holds no text."""
    text = canonical(decode(data, name))
    if not text.strip():
        raise LoadError(f"{name!r} holds no text: there is nothing to ask about")
    blocks = text_blocks(text)
    first = blocks[0]
    title = first.title if first.kind is BlockKind.HEADING and first.level == 0 else ""
    return Document(text, tuple(blocks), "text/plain", title=title)


def text_blocks(text: str) -> list[Block]:
    """The blocks of a plain text. The document's own title is a heading of level 0."""
    pieces = _merged(text, _lines(text))
    return _classified(text, pieces)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    after_blank = True
    for match in re.finditer(r"[^\n]*", text):
        stripped = match[0].strip()
        if not stripped:
            after_blank = after_blank or match.start() != match.end() or _empty_line(text, match)
            continue
        indent = len(match[0]) - len(match[0].lstrip())
        start = match.start() + indent
        lines.append(_Line(start, start + len(stripped), indent, after_blank))
        after_blank = False
    return lines


def _empty_line(text: str, match: re.Match[str]) -> bool:
    # finditer also yields the empty match at the end of every line; only an empty line counts.
    return match.start() == 0 or text[match.start() - 1] == "\n"


def _merged(text: str, lines: list[_Line]) -> list[_Line]:
    """Joins a lone list mark to its text, and the lines of a hard-wrapped paragraph."""
    width = _wrap_width(text, lines)
    merged: list[_Line] = []
    for line in lines:
        if merged:
            last = merged[-1]
            lone_mark = TEXT_MARK.fullmatch(text, last.start, last.end) is not None
            if lone_mark or (not line.after_blank and _continues(text, last, line, width)):
                merged[-1] = _Line(last.start, line.end, last.indent, last.after_blank)
                continue
        merged.append(line)
    return merged


def _wrap_width(text: str, lines: list[_Line]) -> int:
    """The column at which the text is hard-wrapped, or 0 where it is not."""
    broken = [
        line.end - line.start + line.indent
        for line, following in itertools.pairwise(lines)
        if not following.after_blank
        and text[following.start].islower()
        and text[line.end - 1] not in ".!?:;"
    ]
    full = [length for length in broken if 40 <= length <= 200]
    return max(full) if len(full) >= 3 and len(full) * 5 >= len(lines) else 0


def _continues(text: str, last: _Line, line: _Line, width: int) -> bool:
    if TEXT_MARK.match(text, line.start) or is_numbered_heading(text[line.start : line.end]):
        return False
    tail_start = max(text.rfind("\n", 0, last.end) + 1, last.start)
    tail = text[tail_start : last.end]
    if tail[-1] in ":;":
        return False
    if text[line.start].islower() and tail[-1] not in ".!?" and len(tail) >= 40:
        return True
    first_word = text[line.start : line.end].split(maxsplit=1)[0]
    column = text.rfind("\n", 0, tail_start) + 1
    return bool(width) and last.end - column + 1 + len(first_word) > width


def _classified(text: str, pieces: list[_Line]) -> list[Block]:
    lines = [text[piece.start : piece.end] for piece in pieces]
    numbered = sum(is_numbered_heading(line) for line in lines) >= 3
    blocks: list[Block] = []
    bare: dict[int, BareHeading] = {}
    lead_in = ""  # the open lead-in line, while its items last
    group_ended = False
    for at, (piece, line) in enumerate(zip(pieces, lines, strict=True)):
        following = lines[at + 1] if at + 1 < len(lines) else None
        previous = blocks[-1] if blocks else None
        kind, level, title = BlockKind.PARAGRAPH, 0, ""
        if at == 0 and following is not None and is_document_title(line):
            kind, title = BlockKind.HEADING, heading_text(line)
        elif TEXT_MARK.match(line):
            kind, level, lead_in = BlockKind.LIST_ITEM, 1, ""
        elif is_numbered_heading(line) and not (lead_in and not piece.after_blank):
            number = split_number(line)
            kind, level, title = (
                BlockKind.HEADING,
                number.depth if number else 1,
                heading_text(line),
            )
            lead_in = ""
        elif (
            lead_in and not piece.after_blank and _is_item(line, lines[at - 1], following, lead_in)
        ):
            kind, level = BlockKind.LIST_ITEM, 1
        elif _bare_heading(line, following, numbered):
            kind, title = BlockKind.HEADING, heading_text(line)
            after_heading = previous is not None and previous.kind is BlockKind.HEADING
            titled = previous is not None and previous.level == 0 and len(blocks) == 1
            announced = lines[at - 1].endswith(":") and not after_heading if at else False
            bare[at] = BareHeading(line, after_heading and not titled, announced, group_ended)
            group_ended = False
            lead_in = ""
        elif bare and len(line) >= _LONG_PARAGRAPH and previous is not None:
            # A full paragraph after list items closes a group that a colon announced.
            group_ended = group_ended or previous.kind is not BlockKind.HEADING
        if kind is not BlockKind.HEADING and line.endswith(":"):
            lead_in = line
        elif kind is BlockKind.PARAGRAPH:
            lead_in = ""
        blocks.append(Block(kind, piece.start, piece.end, level, None, title))
    return _levelled(blocks, bare, lines)


def _is_item(line: str, before: str, following: str | None, lead_in: str) -> bool:
    """True for a line that goes on with the list its lead-in opened, though it has no mark."""
    if line.endswith("?"):
        return False
    if before.endswith(";"):
        return True
    if len(line) > _SHORT_ITEM or breaks_list(line, lead_in):
        return False
    if following is not None and len(following.split()) == 1 and is_lead_in(following):
        return False  # "Technical data" over "Use:" is a heading
    if before is not lead_in and before[-1] in ".;" and line[-1] not in ".;,:":
        return False  # the items were sentences, and this is none
    return not (before is not lead_in and is_lead_in(line))


def _bare_heading(line: str, following: str | None, numbered: bool) -> bool:
    if not is_bare_heading(line, following):
        return False
    return not numbered or line.isupper() or len(following or "") >= _LONG_PARAGRAPH


def _levelled(blocks: list[Block], bare: dict[int, BareHeading], lines: list[str]) -> list[Block]:
    levels = dict(zip(bare, nest(list(bare.values())), strict=True))
    result: list[Block] = []
    depth = 0
    announced: set[int] = set()  # levels of headings under a line that announced them
    opened = -1  # the last bare heading; no full paragraph after it has closed its group
    for at, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        level = levels.get(at, block.level)
        full = (
            block.kind is BlockKind.PARAGRAPH
            and len(line) >= _LONG_PARAGRAPH
            and not line.endswith(":")
        )
        if block.kind is BlockKind.HEADING:
            depth = level
        elif full and opened >= 0:
            in_group = levels[opened] >= 2 and levels[opened] in announced
            if in_group and at > opened + 1:
                # The first full paragraph after an announced group of short sub-headings.
                level = depth = max(depth - 1, 1)
            opened = -1
        if at in bare:
            opened = at
            if bare[at].after_lead_in:
                announced.add(level)
        result.append(Block(block.kind, block.start, block.end, level, block.page, block.title))
    return result
