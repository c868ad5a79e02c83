"""Stretches of text on one baseline, put together from the letters that a page draws."""

from __future__ import annotations

import math
from dataclasses import dataclass

from index.documents.document_builder import clean, one_line
from index.documents.pdf.layout import Line

_WORD_GAP = 0.18  # of the font size
_HYPHEN_GAP = 0.5  # the same, after a hyphen
_COLUMN_GAP = 1.5  # the same: more than a wide space of a justified line


@dataclass(slots=True)
class Letter:
    """A letter, or a ligature's letters, in points on the page turned so that it stands upright.

    `turns` counts the quarter turns by which it runs up (1), upside down (2) or down (3) the page.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    turns: int


class Piece:
    """The letters on one baseline so far; it begins with its first, and so with a word."""

    def __init__(self, first: Letter, is_bold: bool) -> None:
        self.turns = first.turns
        self.baseline = first.baseline
        self.size = first.size
        self._left = first.left
        self._right = first.right
        self._text = [first.text]
        self._words = 1
        self._bold_words = int(is_bold)

    def is_continued_by(self, letter: Letter) -> bool:
        """Whether the letter stands on the same line, no further away than a word would."""
        size = max(self.size, letter.size)
        return (
            letter.turns == self.turns
            and abs(letter.baseline - self.baseline) < size / 2
            and -self.size < letter.left - self._right < _COLUMN_GAP * size
        )

    def is_far_from(self, letter: Letter) -> bool:
        """Whether the gap before the letter is as wide as one between words."""
        return letter.left - self._right > _WORD_GAP * self.size

    def end_word(self, letter: Letter, *, is_certain: bool) -> None:
        """Add a space before the letter that begins the next word.

        Behind a hyphen, where PDFium sees words that end, only if that `is_certain` or it is wide.
        """
        after_hyphen = self._text[-1] == "-" and self._text[-2:-1] not in ([], [" "])
        if is_certain or not after_hyphen or letter.left - self._right > _HYPHEN_GAP * self.size:
            self._text.append(" ")

    def begin_word(self, is_bold: bool) -> None:
        """Count a word; a line is bold if every word's first letter is."""
        self._words += 1
        self._bold_words += is_bold

    def add(self, letter: Letter) -> None:
        """Add the next letter. The largest ones give the line its size and baseline."""
        self._text.append(letter.text)
        self._right = letter.right
        if letter.size > self.size:
            self.baseline, self.size = letter.baseline, letter.size

    def line(self, page: int) -> Line:
        """What has been added, as a line of that page."""
        return Line(
            one_line(clean("".join(self._text))),
            _finite(self._left),
            _finite(self._right),
            _finite(self.baseline),
            max(1.0, round(_finite(self.size), 1)),
            self._bold_words == self._words,
            page,
        )


def _finite(value: float) -> float:
    """The value, or 0 where a damaged file gives none."""
    return value if math.isfinite(value) else 0.0
