"""Texts as the embedding model reads them: whole, or in windows where they are too long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.clauses.split import CountTokens
from index.types import EmbeddingText

_MOST_WINDOWS = 64


@dataclass(frozen=True, slots=True)
class Window:
    """One text as the model reads it, with its units as (unit, start, end) in characters."""

    text: str
    spans: tuple[tuple[int, int, int], ...]

    @staticmethod
    def of(context: str, parts: Sequence[tuple[int, str]]) -> Window:
        """A window of parts of units, each with the number of its unit."""
        text = f"{context}\n" if context else ""
        spans = []
        for unit, part in parts:
            spans.append((unit, len(text), len(text) + len(part)))
            text += f"{part} "
        return Window(text.rstrip(" "), tuple(spans))

    @staticmethod
    def whole(text: EmbeddingText) -> Window:
        return Window.of(text.context, list(enumerate(text.units)))


def windows_of(text: EmbeddingText, budget: int, count_tokens: CountTokens) -> list[Window]:
    """A text over budget in as many windows as it takes to read all of it, at most 64.

    Past that (some 50,000 characters without the end of a sentence) nothing is read.
    """
    room = max(budget - count_tokens([text.context])[0] - 4, budget // 2)
    windows: list[Window] = []
    parts: list[tuple[int, str]] = []
    used = 0
    for unit, words in enumerate(text.units):
        for part in _parts(words, room, count_tokens):
            tokens = count_tokens([part])[0]
            if parts and used + tokens > room:
                windows.append(Window.of(text.context, parts))
                parts, used = [], 0
            parts.append((unit, part))
            used += tokens
    windows.append(Window.of(text.context, parts))
    return windows[:_MOST_WINDOWS]


def _parts(words: str, room: int, count_tokens: CountTokens) -> Iterator[str]:
    if count_tokens([words])[0] <= room:
        yield words
        return
    # A token is at least one character, so that pieces of `room` characters always fit.
    for start in range(0, len(words), room):
        yield words[start : start + room]
