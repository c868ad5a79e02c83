"""Weak pairs: a section's heading, and a clause of the section read without that heading."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.training.documents import TrainingClause, TrainingDocument
from index.types import EmbeddingText

_MIN_ENGLISH = 0.08  # of a document's words: other languages have few of these
_ENGLISH = frozenset("the of and to or you your in we that is for this our any not".split())
_LONGEST_HEADING = 120
_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class HeadingPair:
    """`text` is a clause less its heading, so that nothing gives the heading away."""

    document: str
    heading: str
    text: EmbeddingText

    @property
    def key(self) -> str:
        """The same for headings of the same words."""
        return " ".join(sorted(_WORD.findall(self.heading.lower())))


def heading_pairs(documents: Iterable[TrainingDocument], seed: int) -> list[HeadingPair]:
    """One pair a section that has a heading of words: a clause of it, drawn at random."""
    draw = random.Random(seed)
    pairs = []
    for document in documents:
        if not _is_english(document.text):
            continue
        sections: dict[str, list[TrainingClause]] = defaultdict(list)
        for clause in document.clauses:
            if clause.units and _WORD.search(clause.heading):
                sections[clause.heading[:_LONGEST_HEADING]].append(clause)
        for heading, clauses in sections.items():
            clause = draw.choice(clauses)
            context = clause.text.context.replace(clause.heading, "").strip(" >")
            text = EmbeddingText(context, clause.text.units)
            pairs.append(HeadingPair(document.name, heading, text))
    return pairs


def _is_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH for word in words) >= _MIN_ENGLISH * len(words) > 0
