"""Follow-up questions: what "and for how long?" asks is in the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.query_words import content_words

Turn = tuple[str, str]
"""An earlier question and the text of its answer."""

_OPENING = re.compile(r"^(?:and|or|but|what about|how about|also|then|so)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|this|that|those|these|there|one)\b", re.IGNORECASE
)
_FEW_WORDS = 2


def searched_text(question: str, history: Sequence[Turn]) -> str:
    """What to search for: the question, with the one before it where it does not stand alone."""
    if not history:
        return question
    few = len(content_words(question)) <= _FEW_WORDS
    if _OPENING.match(question.strip()) or (few and _POINTING.search(question)):
        return f"{history[-1][0].strip()} {question.strip()}"
    return question
