"""A word of a question and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.question.followups.parsed_question import lowered


@dataclass(frozen=True, slots=True)
class Position:
    """The word at `index` of a question.

    `words` are the question's as they are typed, `low` the same in lower case without punctuation.
    """

    words: Sequence[str]
    low: Sequence[str]
    index: int

    @classmethod
    def all_of(cls, words: Sequence[str]) -> Iterator[Position]:
        """Each word of the question, in order."""
        low = lowered(words)
        return (cls(words, low, index) for index in range(len(low)))

    @property
    def word(self) -> str:
        return self.low[self.index]

    @property
    def is_last(self) -> bool:
        return self.index == len(self.low) - 1

    @property
    def before(self) -> str:
        """The word before it, "" at the beginning."""
        return self.low[self.index - 1] if self.index else ""

    @property
    def earlier(self) -> str:
        """The word before that one, "" where there is none."""
        return self.low[self.index - 2] if self.index > 1 else ""

    @property
    def after(self) -> str:
        """The word behind it, "" at the end or before punctuation."""
        return "" if self.is_last or ending(self.words[self.index]) else self.low[self.index + 1]

    @property
    def second_after(self) -> str:
        """The second word behind it, "" where there is none."""
        return self.low[self.index + 2] if self.index + 2 < len(self.low) else ""


def ending(word: str) -> str:
    """The punctuation at the end of a word, or the whole of one that is nothing else."""
    return word[len(word.rstrip(",;:.!?-–—&/")) :]
