"""Which passage of a version corresponds to a text, and how closely: the alignment score.

The score, in [0, 1], is the mean of two shares: that of the words both have, weighted by how rare
they are in the version (Dice's coefficient over stems, with inverse document frequencies), and that
of the words in the same order in both (twice the length of the longest common subsequence over the
total length). 1 means the same words in the same order.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from rapidfuzz.distance import LCSseq

from assistant.citations.segments import Segment
from assistant.english.words import stem
from index.text.markup import plain
from index.types import Policy

# A passage corresponds from this score; fitted on half the labels of benchmarks.parts.durability.
CORRESPONDS = 0.32
_SCORED = 3  # runs of each length that are scored in full
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Nearest:
    """A run of a version's segments, `first` to `last` inclusive, and its alignment score."""

    first: int
    last: int
    score: float


def stems(text: str, media_type: str) -> tuple[str, ...]:
    """The stems of a text's words, in order, without markup and punctuation."""
    words = _WORD.findall(plain(text, media_type).lower().replace("’", "'"))
    return tuple(stem(word) for word in words)


class Passages:
    """A version's segments, prepared for being compared with other texts."""

    def __init__(self, policy: Policy, segments: Sequence[Segment]) -> None:
        self._words = [
            stems(policy.text[segment.start : segment.end], policy.media_type)
            for segment in segments
        ]
        counts = Counter(word for words in self._words for word in set(words))
        self._size = len(segments)
        self._rarity = {word: _rarity(count, self._size) for word, count in counts.items()}
        self._unseen = _rarity(0, self._size)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(self._words):
            for word in set(words):
                self._holding[word].append(index)
        self._sums = [0.0, *accumulate(self._weight(set(words)) for words in self._words)]

    def nearest(self, words: Sequence[str], parts: int) -> Nearest | None:
        """The run of segments that best corresponds to a text of `parts` sentences.

        `words` are its stems. Of runs with the same score the shortest is taken, then the first;
        None where either side has no words.
        """
        sought = set(words)
        if not self._size or not sought:
            return None
        common = [0.0] * self._size
        for word in sought:
            for index in self._holding.get(word, ()):
                common[index] += self._rarity[word]
        shared, weight = [0.0, *accumulate(common)], self._weight(sought)
        best: Nearest | None = None
        for length in sorted({1, 2, parts - 1, parts, parts + 1} & set(range(1, self._size + 1))):
            ranked = sorted(
                range(self._size - length + 1),
                key=lambda first: (
                    (shared[first] - shared[first + length])
                    / (weight + self._sums[first + length] - self._sums[first])
                ),
            )
            for first in ranked[:_SCORED]:
                score = self.score(words, self._run(first, length))
                if best is None or score > best.score:
                    best = Nearest(first, first + length - 1, score)
        return best

    def score(self, words: Sequence[str], others: Sequence[str]) -> float:
        """The alignment score of two texts, given as stems."""
        word_set, other_set = set(words), set(others)
        if not word_set or not other_set:
            return 0.0
        weights = self._weight(word_set) + self._weight(other_set)
        common = 2 * self._weight(word_set & other_set) / weights
        ordered = 2 * LCSseq.similarity(words, others) / (len(words) + len(others))
        return min((common + ordered) / 2, 1.0)

    def alike(self, words: Sequence[str], among: Set[int], limit: int) -> list[int]:
        """The segments, by index, that share most with a text: at most `limit`, all in `among`."""
        common: dict[int, float] = defaultdict(float)
        for word in sorted(set(words)):
            for index in self._holding.get(word, ()):
                if index in among:
                    common[index] += self._rarity[word]
        return sorted(common, key=lambda index: (-common[index], index))[:limit]

    def words(self, index: int) -> tuple[str, ...]:
        """The stems of a segment."""
        return self._words[index]

    def _run(self, first: int, length: int) -> tuple[str, ...]:
        return tuple(word for words in self._words[first : first + length] for word in words)

    def _weight(self, words: Iterable[str]) -> float:
        # Sorted, so that sums are the same to the last bit in every process.
        return sum(self._rarity.get(word, self._unseen) for word in sorted(words))


@lru_cache(maxsize=8)
def passages(policy: Policy, segments: tuple[Segment, ...]) -> Passages:
    """The segments of a version, prepared; those of the last few versions are kept."""
    return Passages(policy, segments)


def _rarity(count: int, size: int) -> float:
    return math.log(1 + (size - count + 0.5) / (count + 0.5))
