"""Sections -> clauses: whole sentences of one section, within what the embedder reads."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.clauses.sections import Section, sections
from index.text.headings import LONGEST_TITLE
from index.text.list_marks import BULLET
from index.text.markup import has_words, plain
from index.text.sentences import Span, sentence_spans
from index.types import Block, BlockKind, Clause, Document, EmbeddingText, Policy

# Recorded in every index: a change of the rules below makes files be split anew.
SPLITTER = "clauses-2"

CountTokens = Callable[[Sequence[str]], list[int]]

TARGET_CHARS = 560  # a clause is closed before it grows past this ...
LONGEST_CHARS = 860  # ... but a paragraph is left whole up to this
_LONGEST_SENTENCE = 10_000  # what goes on for longer is none, and is cut at blanks
_SMALL_CHARS = 120  # a rest shorter than this joins its neighbour
_CONTEXT_SHARE = 0.35  # of the token budget that headings may take
_GROUP_CHARS = 320  # a list no longer than this is one unit of evidence with its lead-in
_ITEM_CHARS = 90  # and only if its items are short
_BULLET_BEFORE = re.compile(rf"{BULLET.pattern}\Z")
_MOST_READINGS = 4096
_LONGEST_BULLET = 20  # with the blanks behind it


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause with what is embedded of it.

    `context` is the line of title and headings that the embedder reads before the clause.
    `units` are the spans (code points of the policy's text) that can be quoted, in order:
    sentences, or a short list together with its lead-in. `unit_texts` are the same without
    markup: joined by blanks and put behind the context, they are the embedded text.
    """

    clause: Clause
    context: str
    units: tuple[Span, ...]
    unit_texts: tuple[str, ...]

    @property
    def embedding_text(self) -> EmbeddingText:
        return EmbeddingText(self.context, self.unit_texts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence or short list: never cut. `block` numbers the block that it belongs to.

    One that is not `worded` is a rule or other marks alone: it is part of a clause, never a unit.
    """

    start: int
    end: int
    text: str
    tokens: int
    block: int
    quotable: bool
    worded: bool


def split(
    policy: Policy, document: Document, count_tokens: CountTokens, budget: int
) -> list[ClauseText]:
    """Splits a policy into clauses.

    `count_tokens` counts the embedder's tokens of each text, without special ones; `budget` is
    how many of them, context included, it reads. Clauses are in order, do not overlap and cover
    every non-blank character of the text. Only a single sentence may exceed the budget.
    """
    title = document.title[:LONGEST_TITLE] or policy.title
    result: list[ClauseText] = []
    for section in sections(document):
        context, room = _context(title, section, count_tokens, budget)
        pieces = _pieces(document, section, count_tokens)
        lead_ins = _lead_ins(document, section)
        for group in _packed(pieces, room):
            made = _clause_text(policy, document, section, context, group, len(result) + 1)
            lead = lead_ins.get(group[0].block, "")
            longer = " > ".join(part for part in (context, lead) if part)
            if longer != context and _has_room(longer, made.unit_texts, count_tokens, budget):
                made = replace(made, context=longer)
            result.append(made)
    return result


def _context(
    title: str, section: Section, count_tokens: CountTokens, budget: int
) -> tuple[str, int]:
    parts = [part for part in (title, *section.heading_path) if part]
    limit = int(budget * _CONTEXT_SHARE)
    while parts:
        context = " > ".join(parts)
        used = count_tokens([context])[0]
        if used <= limit:
            return context, budget - used
        parts = parts[1:] if len(parts) > 1 else [parts[0][: len(parts[0]) // 2]]
    return "", budget


def _has_room(context: str, units: Sequence[str], count_tokens: CountTokens, budget: int) -> bool:
    """True if the budget holds all, or half of it the context where one long unit is alone."""
    used, *tokens = count_tokens([context, *units])
    return used + sum(tokens) <= budget or (len(units) == 1 and used <= budget // 2)


def _pieces(document: Document, section: Section, count_tokens: CountTokens) -> list[_Piece]:
    text = document.text
    spans: list[tuple[Span, int, bool]] = []
    for at, block in enumerate(section.blocks):
        if block.kind is BlockKind.HEADING:
            spans.append(((block.start, block.end), at, False))
        elif block.kind is BlockKind.TABLE_ROW:
            spans.append(((block.start, block.end), at, True))
        else:
            spans.extend((span, at, True) for span in sentence_spans(text, block.start, block.end))
    spans = _with_short_lists(spans, section.blocks, text)
    spans = [(part, at, quotable) for span, at, quotable in spans for part in _cut(text, span)]
    read = [plain(text[start:end], document.media_type) for (start, end), _, _ in spans]
    counts = count_tokens(read)
    pieces = []
    for ((start, end), at, quotable), words, tokens in zip(spans, read, counts, strict=True):
        worded = has_words(words)
        pieces.append(_Piece(start, end, words, tokens * worded, at, quotable and worded, worded))
    return pieces


def _cut(text: str, span: Span) -> Iterator[Span]:
    """The span in parts that can be shown and searched: at a blank, where there is any."""
    start, end = span
    while end - start > _LONGEST_SENTENCE:
        stop = start + _LONGEST_SENTENCE
        blank = max(text.rfind(mark, start + 1, stop) for mark in " \n")
        part = text[start : blank if blank > 0 else stop].rstrip()
        yield start, start + len(part)
        start += len(part)
        while text[start].isspace():  # a span ends in none
            start += 1
    yield start, end


def _with_short_lists(
    spans: list[tuple[Span, int, bool]], blocks: Sequence[Block], text: str
) -> list[tuple[Span, int, bool]]:
    """Joins a lead-in sentence and a short list of short items into one piece."""
    result: list[tuple[Span, int, bool]] = []
    at = 0
    while at < len(spans):
        (start, end), block, quotable = spans[at]
        last = at
        if quotable and text[end - 1] == ":":
            stop = at + 1
            while (
                stop < len(spans)
                and _short_item(spans[stop], blocks, block)
                and spans[stop][0][1] - start <= _GROUP_CHARS
            ):
                stop += 1
            complete = stop == len(spans) or blocks[spans[stop][1]].kind is not BlockKind.LIST_ITEM
            if stop > at + 1 and complete:
                last = stop - 1
        result.append(((start, spans[last][0][1]), block, quotable))
        at = last + 1
    return result


def _short_item(span: tuple[Span, int, bool], blocks: Sequence[Block], lead_block: int) -> bool:
    (start, end), block, _ = span
    return (
        block != lead_block
        and blocks[block].kind is BlockKind.LIST_ITEM
        and end - start <= _ITEM_CHARS
    )


class _Group:
    """Pieces of a clause, with what they come to."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self.pieces = list(pieces)
        self.tokens = sum(piece.tokens for piece in pieces)
        self.quotable = any(piece.quotable for piece in pieces)
        self.worded = any(piece.worded for piece in pieces)

    @property
    def length(self) -> int:
        return self.pieces[-1].end - self.pieces[0].start

    def take(self, other: _Group) -> None:
        self.pieces.extend(other.pieces)
        self.tokens += other.tokens
        self.quotable = self.quotable or other.quotable
        self.worded = self.worded or other.worded


def _packed(pieces: Sequence[_Piece], room: int) -> Iterable[list[_Piece]]:
    """Groups pieces into clauses: blocks kept whole where they fit, then sentences."""
    blocks: list[list[_Piece]] = []
    for piece in pieces:
        if blocks and blocks[-1][-1].block == piece.block:
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    groups: list[_Group] = []
    sticky = False  # the open group ends in a heading or lead-in, which stays with what follows
    for block in blocks:
        for part in map(_Group, _block_parts(block, room)):
            if groups and _fits(groups[-1], part, room, sticky):
                groups[-1].take(part)
            else:
                groups.append(part)
            last = part.pieces[-1]
            sticky = not last.quotable or last.text.endswith(":")
    return [group.pieces for group in _small_joined(groups, room)]


def _block_parts(block: list[_Piece], room: int) -> list[list[_Piece]]:
    """A block whole, or as few runs of its sentences as fit, of about the same length."""
    length = block[-1].end - block[0].start
    tokens = sum(piece.tokens for piece in block)
    if length <= LONGEST_CHARS and tokens <= room:
        return [block]
    wanted = max(2, round(length / TARGET_CHARS), -(-tokens // max(room, 1)))
    share = length / wanted
    parts: list[list[_Piece]] = [[]]
    for piece in block:
        part = parts[-1]
        full = part and (
            piece.end - part[0].start > LONGEST_CHARS
            or sum(other.tokens for other in part) + piece.tokens > room
            or (part[-1].end - part[0].start) + (piece.end - piece.start) / 2 > share
        )
        if full:
            parts.append([piece])
        else:
            part.append(piece)
    return parts


def _fits(group: _Group, part: _Group, room: int, sticky: bool) -> bool:
    tokens = group.tokens + part.tokens
    limit = LONGEST_CHARS if sticky else TARGET_CHARS
    if not group.quotable:
        # Headings alone make no clause while their section has text, unless they are very many.
        return tokens <= room or part.quotable
    return tokens <= room and part.pieces[-1].end - group.pieces[0].start <= limit


def _small_joined(groups: list[_Group], room: int) -> list[_Group]:
    joined: list[_Group] = []
    for group in groups:
        small = any(each.length < _SMALL_CHARS for each in (group, *joined[-1:]))
        silent = not all(each.worded for each in (group, *joined[-1:]))
        if joined and (silent or (small and _fits(joined[-1], group, room, sticky=True))):
            joined[-1].take(group)
        else:
            joined.append(group)
    return joined


def _clause_text(
    policy: Policy,
    document: Document,
    section: Section,
    context: str,
    group: list[_Piece],
    ordinal: int,
) -> ClauseText:
    first = section.blocks[group[0].block]
    clause = Clause(
        id=f"{policy.id}@{policy.version}#{ordinal}",
        policy_id=policy.id,
        version=policy.version,
        number=section.number,
        heading_path=section.heading_path,
        start=group[0].start,
        end=group[-1].end,
        page=first.page,
    )
    units = [piece for piece in group if piece.quotable] or [
        piece for piece in group if piece.worded
    ]
    return ClauseText(
        clause,
        context,
        tuple(_quotable_span(document.text, piece) for piece in units),
        tuple(piece.text for piece in units),
    )


def _quotable_span(text: str, piece: _Piece) -> Span:
    """The piece without the bullet in front of it."""
    bullet = BULLET.match(text, piece.start, piece.end)
    start = bullet.end() if bullet and bullet.end() < piece.end else piece.start
    return start, piece.end


def _lead_ins(document: Document, section: Section) -> dict[int, str]:
    """By the number of each list item's block: the lead-in of its list, for the context."""
    lead_ins: dict[int, str] = {}
    lead = ""
    for at, block in enumerate(section.blocks):
        if block.kind is BlockKind.LIST_ITEM:
            lead_ins[at] = lead
        elif block.kind is BlockKind.HEADING:
            lead = ""
        elif block.kind is BlockKind.PARAGRAPH and document.text[block.end - 1] == ":":
            start, end = sentence_spans(document.text, block.start, block.end)[-1]
            lead = plain(document.text[start:end], document.media_type)[:200]
    return lead_ins


def unit_texts(policy: Policy, units: Sequence[Span]) -> Iterator[tuple[str, ...]]:
    """What the texts of stored units may have been: spans leave out the bullet in front of them,
    of which the document, not its text, says whether it belongs to the sentence. The likeliest
    first."""

    def read(start: int, end: int) -> str:
        return plain(policy.text[start:end], policy.media_type)

    either = [
        tuple(dict.fromkeys((read(_before_bullet(policy.text, a), b), read(a, b))))
        for a, b in units
    ]
    return itertools.islice(itertools.product(*either), _MOST_READINGS)


def _before_bullet(text: str, start: int) -> int:
    bullet = _BULLET_BEFORE.search(text, max(start - _LONGEST_BULLET, 0), start)
    return bullet.start() if bullet else start
