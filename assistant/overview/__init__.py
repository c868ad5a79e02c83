"""Several policies side by side: what each says to one question, or on each of many topics."""

from assistant.overview.compare import Stance, StanceRow, compare
from assistant.overview.coverage import Cell, Coverage, cover
from assistant.overview.topics import Topic, read_topics

__all__ = [
    "Cell",
    "Coverage",
    "Stance",
    "StanceRow",
    "Topic",
    "compare",
    "cover",
    "read_topics",
]
