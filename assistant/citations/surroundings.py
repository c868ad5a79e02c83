"""Where a version says exactly the same words: as whole sentences, not as parts of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.citations.segments import Segment, overlapping
from assistant.english.list_lead_ins import introduction
from assistant.english.words import tokens
from assistant.values.answer import Quote
from index.text.list_marks import ENUMERATOR, bullet
from index.text.sentences import sentence_spans
from index.types import Clause

# Within a short list that is one segment, each item stands by itself.
_ITEM = re.compile(rf":\s*\n|\n(?=\s*(?:{bullet()}|\(?\w{{1,3}}[.)])\s)")
_MARK = re.compile(rf"\s*(?:{bullet(also='#>|')}+\s+|{ENUMERATOR}\s*)+")
_WORD = re.compile(r"\w+")
_NEGATING = frozenset(
    """
    not no never nor neither none nobody nothing nowhere without except excluding unless only
    cannot prohibited forbidden refuse refrain avoid
    """.split()
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a quote: the rest of its sentence, and the negations above it.

    `left` and `right` are the words of its first and last sentence that are outside the quote,
    without punctuation. A side whose `..._whole` is false is known only in part, and compared only
    that far. `negations` are the negating words in the lead-ins of the lists that the quote stands
    in; None where these are unknown.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    left_whole: bool = True
    right_whole: bool = True
    negations: frozenset[str] | None = frozenset()

    @classmethod
    def of(cls, text: str, segments: Sequence[Segment], start: int, end: int) -> Surroundings:
        """The surroundings of `text[start:end]`, in a version whose segments are known."""
        inside = overlapping(segments, start, end)
        first = min(inside[0].start, start) if inside else start
        last = max(inside[-1].end, end) if inside else end
        first, last = _item(text, first, last, start, end)
        return cls(
            _words(_MARK.sub("", text[first:start], count=1)),
            _words(text[end:last]),
            negations=frozenset(
                word
                for line in _introductions(text, start)
                for word in tokens(line[slice(*sentence_spans(line)[-1])])
            )
            & _NEGATING,
        )

    @classmethod
    def of_quote(cls, quote: Quote) -> Surroundings:
        """What prefix and suffix show, of a quote whose version is not held."""
        text = quote.prefix + quote.exact + quote.suffix
        start, end = len(quote.prefix), len(quote.prefix) + len(quote.exact)
        spans = [span for span in sentence_spans(text) if span[0] < end and span[1] > start]
        first = min(spans[0][0], start) if spans else start
        last = max(spans[-1][1], end) if spans else end
        breaks = [match.end() for match in re.finditer(r"\n\s*\n", text[:start])]
        first, last = _item(text, max([first, *breaks]), last, start, end)
        left, right = _MARK.sub("", text[first:start], count=1), text[end:last]
        open_left = first == 0 < quote.start and bool(left)
        open_right = last == len(text) and bool(right)
        return cls(
            _words(left)[1:] if open_left else _words(left),
            _words(right)[:-1] if open_right else _words(right),
            left_whole=not open_left,
            right_whole=not open_right,
            negations=None,
        )

    def like(self, other: Surroundings) -> bool:
        """Whether the quote, by its words, means the same in another place that is known whole."""
        left = other.left if self.left_whole else other.left[-len(self.left) or len(other.left) :]
        right = other.right if self.right_whole else other.right[: len(self.right)]
        same_negations = self.negations is None or self.negations == other.negations
        return (left, right) == (self.left, self.right) and same_negations


def occurrences(text: str, exact: str) -> list[int]:
    """Where a text holds the words, in order, overlapping places included."""
    starts, start = [], text.find(exact)
    while start >= 0:
        starts.append(start)
        start = text.find(exact, start + 1)
    return starts


def agreement(quote: Quote, text: str, start: int) -> float:
    """How similar the surroundings of an occurrence are to prefix and suffix, from 0 to 200."""
    end = start + len(quote.exact)
    before = text[max(0, start - len(quote.prefix)) : start]
    after = text[end : end + len(quote.suffix)]
    return fuzz.ratio(quote.prefix, before) + fuzz.ratio(quote.suffix, after)


def _item(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """The part of `text[first:last]` that is the item around `text[start:end]`."""
    for match in _ITEM.finditer(text, first, last):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            return first, match.start()
    return first, last


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def standing_under(text: str, clause: Clause | None, start: int) -> str:
    """The headings, and the lead-ins of lists, above what begins at `start`, outermost first."""
    headings = clause.heading_path if clause else ()
    return " › ".join([*headings, *reversed(_introductions(text, start))])


def _introductions(text: str, start: int) -> list[str]:
    """The lines that introduce the list at `start` and the lists around it, innermost first."""
    lines: list[str] = []
    while line := _introduction(text, start):
        lines.append(line)
        start = text.rindex(line, 0, start)
    return lines


def _introduction(text: str, start: int) -> str:
    """The line that introduces the list at `start`; "" where there is none.

    A paragraph that begins in bold print is not an item here, although it may look like one.
    """
    if text.startswith("**", text.rfind("\n", 0, start) + 1):
        return ""
    return introduction(text, start)
