"""Which passage of a version corresponds to a text, and how closely: the alignment score.

The score, in [0, 1], is the mean of two shares: of the words that the two have in common, each
weighed by how rare it is in the version (Dice's coefficient over stems, weighed by inverse
document frequency), and of the words that stand in the same order in both (twice the longest common
subsequence over the length of the two together). 1 means the same words in the same order.
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
_TRIED = 3  # runs of each length whose score is worked out
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Nearest:
    """A run of a version's segments, `first` to `last` inclusive, and its alignment score."""

    first: int
    last: int
    score: float


def stems(text: str, media_type: str) -> tuple[str, ...]:
    """The words of a text, markup and marks left out, each as its stem, in order."""
    found = _WORD.findall(plain(text, media_type).lower().replace("’", "'"))
    return tuple(stem(word) for word in found)


class Passages:
    """A version's segments, made ready to be compared with other texts."""

    def __init__(self, policy: Policy, found: Sequence[Segment]) -> None:
        self._words = [stems(policy.text[s.start : s.end], policy.media_type) for s in found]
        counts = Counter(word for words in self._words for word in set(words))
        self._size = len(found)
        self._rarity = {word: _rarity(count, self._size) for word, count in counts.items()}
        self._unseen = _rarity(0, self._size)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self._words):
            for word in set(words):
                self._holding[word].append(at)
        self._sums = [0.0, *accumulate(self._weight(set(words)) for words in self._words)]

    def nearest(self, words: Sequence[str], parts: int) -> Nearest | None:
        """The run of segments that a text of that many sentences corresponds to best.

        `words` are its stems. Of runs that score alike the shorter one counts, then the first;
        None where there is no word on either side.
        """
        wanted = set(words)
        if not self._size or not wanted:
            return None
        common = [0.0] * self._size
        for word in wanted:
            for at in self._holding.get(word, ()):
                common[at] += self._rarity[word]
        shared, whole = [0.0, *accumulate(common)], self._weight(wanted)
        best: Nearest | None = None
        for length in sorted({1, 2, parts - 1, parts, parts + 1} & set(range(1, self._size + 1))):
            ranked = sorted(
                range(self._size - length + 1),
                key=lambda at: (
                    (shared[at] - shared[at + length])
                    / (whole + self._sums[at + length] - self._sums[at])
                ),
            )
            for first in ranked[:_TRIED]:
                score = self.score(words, self._run(first, length))
                if best is None or score > best.score:
                    best = Nearest(first, first + length - 1, score)
        return best

    def score(self, words: Sequence[str], others: Sequence[str]) -> float:
        """The alignment score of two texts, given as stems."""
        one, other = set(words), set(others)
        if not one or not other:
            return 0.0
        weights = self._weight(one) + self._weight(other)
        common = 2 * self._weight(one & other) / weights
        ordered = 2 * LCSseq.similarity(words, others) / (len(words) + len(others))
        return min((common + ordered) / 2, 1.0)

    def alike(self, words: Sequence[str], among: Set[int], most: int) -> list[int]:
        """Of the segments of these numbers, those that share most with a text, at most so many."""
        common: dict[int, float] = defaultdict(float)
        for word in sorted(set(words)):
            for at in self._holding.get(word, ()):
                if at in among:
                    common[at] += self._rarity[word]
        return sorted(common, key=lambda at: (-common[at], at))[:most]

    def words(self, at: int) -> tuple[str, ...]:
        """The stems of the segment of that number."""
        return self._words[at]

    def _run(self, first: int, length: int) -> tuple[str, ...]:
        return tuple(word for at in range(first, first + length) for word in self._words[at])

    def _weight(self, words: Iterable[str]) -> float:
        # In one order, so that sums are the same to the last bit in every process.
        return sum(self._rarity.get(word, self._unseen) for word in sorted(words))


@lru_cache(maxsize=8)
def passages(policy: Policy, found: tuple[Segment, ...]) -> Passages:
    """The segments of a version made ready; those of the last few versions are kept."""
    return Passages(policy, found)


def _rarity(count: int, size: int) -> float:
    return math.log(1 + (size - count + 0.5) / (count + 0.5))
