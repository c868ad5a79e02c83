"""Markdown: the text after the front matter is canonical; markdown-it finds its blocks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from index.documents.encoding import decode
from index.documents.plain_text import text_blocks
from index.errors import LoadError
from index.text.headings import heading_text, is_document_title, is_numbered_heading
from index.text.markup import plain
from index.types import Block, BlockKind, Document, canonical

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<title>[^*_\n].*?)(?:\*\*|__):?[ \t]*\\?(?:\n|\Z)")
_MEDIA_TYPE = "text/markdown"
_MAX_BOLD_HEADING = 90
_LONGEST_FRONT_MATTER = 50_000  # characters
_OF_ODD_VALUES = (  # what PyYAML raises over a tag whose value is none, such as !!int ""
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip


def read_markdown(data: bytes, name: str) -> Document:
    """Loads a Markdown file. Front matter that is no YAML mapping is kept as text.

    Raises LoadError where the file holds no text.
    """
    whole = canonical(decode(data, name))
    facts, text = split_front_matter(whole)
    if not text.strip():
        raise LoadError(f"{name!r} holds no text: there is nothing to ask about")
    blocks = _with_title(markdown_blocks(text))
    title = next(
        (block.title for block in blocks if block.kind is BlockKind.HEADING and not block.level), ""
    )
    return Document(
        text,
        tuple(blocks),
        _MEDIA_TYPE,
        title=facts.get("title", "") or title,
        provider=facts.get("provider", ""),
        source=facts.get("source", ""),
        effective_date=_date(facts),
    )


def split_front_matter(whole: str) -> tuple[dict[str, str], str]:
    """The front matter's top-level keys (lower case) and scalar values, and the text behind it."""
    match = _FRONT_MATTER.match(whole)
    if match is None or len(match["yaml"]) > _LONGEST_FRONT_MATTER:
        return {}, whole
    import yaml  # 20 ms that only files with front matter pay

    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(match["yaml"])):
            return {}, whole  # a few of them can stand for gigabytes
        facts = yaml.safe_load(match["yaml"])
        if not isinstance(facts, dict):
            return {}, whole
        scalars = {
            str(key).lower(): str(value).strip()
            for key, value in facts.items()
            if value is not None and not isinstance(value, (dict, list))
        }
    except (yaml.YAMLError, *_OF_ODD_VALUES):
        return {}, whole
    return scalars, whole[match.end() :]


def _date(facts: dict[str, str]) -> str:
    keys = (
        "effective_date",
        "effective",
        "revision_date",
        "revised",
        "last_updated",
        "updated",
        "date",
    )
    for key in keys:
        value = facts.get(key, "")
        with suppress(ValueError):
            return datetime.date.fromisoformat(value[:10]).isoformat()
    return ""


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text. A text without a single heading is read as plain text."""
    from markdown_it import MarkdownIt

    # Emphasis and links play no part here, and switching them off keeps hostile text fast.
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    tokens = parser.disable("inline", ignoreInvalid=True).parse(text)
    lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    blocks = _filled(text, _bold_headings(text, list(_token_blocks(text, tokens, lines))))
    if not any(block.kind is BlockKind.HEADING for block in blocks):
        return text_blocks(text)
    return blocks


def _token_blocks(text: str, tokens: Iterable[Token], lines: list[int]) -> Iterable[Block]:
    depth = 0
    item_start: int | None = None
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            item_start = None
        if token.map is None:
            continue
        start, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
        if token.type == "list_item_open":
            item_start = start
        elif token.type == "heading_open":
            yield _block(text, BlockKind.HEADING, start, end, int(token.tag[1]))
        elif token.type == "tr_open":
            yield _block(text, BlockKind.TABLE_ROW, start, end, 0)
        elif token.type in {"paragraph_open", "fence", "code_block", "html_block"}:
            kind = BlockKind.LIST_ITEM if depth else BlockKind.PARAGRAPH
            first = item_start if depth and item_start is not None else start
            item_start = None
            yield _block(text, kind, first, end, depth)


def _block(text: str, kind: BlockKind, start: int, end: int, level: int) -> Block:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    title = ""
    if kind is BlockKind.HEADING:
        bare = re.sub(r"\n[ \t]*[=-]+\s*$", "", text[start:end])
        title = heading_text(plain(bare.strip().strip("#").strip(), _MEDIA_TYPE))
        if not any(char.isalnum() for char in title):
            return Block(BlockKind.PARAGRAPH, start, end)
    return Block(kind, start, end, level, None, title)


def _bold_headings(text: str, blocks: list[Block]) -> list[Block]:
    """Paragraphs that are, or begin with, a line all in bold: that line is a heading."""
    result: list[Block] = []
    depth = 0
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            depth = block.level
        match = _BOLD_LINE.match(text, block.start, block.end)
        if block.kind is not BlockKind.PARAGRAPH or match is None:
            result.append(block)
            continue
        title = heading_text(plain(match["title"], _MEDIA_TYPE))
        follows = match.end() < block.end or at + 1 < len(blocks)
        ends_like_text = title[-1:] in {".", ";", ","} and not is_numbered_heading(title)
        if not follows or ends_like_text or not 0 < len(title) <= _MAX_BOLD_HEADING:
            result.append(block)
            continue
        heading = _block(text, BlockKind.HEADING, block.start, match.end(), depth + 1)
        result.append(Block(heading.kind, heading.start, heading.end, depth + 1, None, title))
        if match.end() < block.end:
            result.append(_block(text, BlockKind.PARAGRAPH, match.end(), block.end, 0))
    return result


def _filled(text: str, blocks: list[Block]) -> list[Block]:
    """Adds what no token covers (rules, link definitions, table separators) as paragraphs."""
    result: list[Block] = []
    position = 0
    for block in sorted(blocks, key=lambda block: block.start):
        start = max(block.start, position)
        if block.end <= start:
            continue
        gap = _block(text, BlockKind.PARAGRAPH, position, start, 0)
        if gap.start < gap.end:
            result.append(gap)
        trimmed = _block(text, block.kind, start, block.end, block.level)
        result.append(
            Block(
                trimmed.kind,
                trimmed.start,
                trimmed.end,
                block.level,
                None,
                block.title or trimmed.title,
            )
        )
        position = block.end
    rest = _block(text, BlockKind.PARAGRAPH, position, len(text), 0)
    if rest.start < rest.end:
        result.append(rest)
    return result


def _with_title(blocks: list[Block]) -> list[Block]:
    """Sets the heading that is the document's own title to level 0."""
    headings = [at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    if not headings or blocks[headings[0]].level == 0:
        return blocks
    at = headings[0]
    first, others = blocks[at], [blocks[other].level for other in headings[1:]]
    alone = all(level > first.level for level in others)
    titled = is_document_title(first.title)
    if (alone and (at == 0 or titled)) or (titled and at == 0):
        title = Block(first.kind, first.start, first.end, 0, None, first.title)
        return [*blocks[:at], title, *blocks[at + 1 :]]
    return blocks
