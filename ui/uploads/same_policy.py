"""Whether an upload may be a new version of the file of its name: whether their texts overlap."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant import LoadError
from assistant.doors import Limits, read_apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST_COMMON = 0.2  # of the runs of four words of the shorter text
_LONG = 2_000_000  # characters, above which only some of the runs are compared


def may_be_versions(new: bytes, old: bytes, file: Path, limits: Limits) -> bool:
    """Whether two texts may be versions of one policy; true if one of them cannot be read."""
    try:
        texts = [read_apart(file, data, limits).text for data in (new, old)]
    except LoadError:
        return True  # `add` will say what is wrong with it
    one_in = 1 + min(map(len, texts)) // _LONG
    runs = [_runs(text, one_in) for text in texts]
    common = np.intersect1d(runs[0], runs[1], assume_unique=True)
    return len(common) >= _LEAST_COMMON * min(map(len, runs))


def _runs(text: str, one_in: int) -> NDArray[np.int64]:
    """A number for each run of four words, or for one run in so many; each number once, sorted.

    The words themselves would take 25 times the memory of the text.
    """

    def numbers() -> Iterator[int]:
        last: deque[int] = deque(maxlen=4)
        for word in re.finditer(r"\w+", text.lower()):
            last.append(hash(word[0]))
            run = hash(tuple(last))
            if len(last) == 4 and run % one_in == 0:
                yield run

    return np.unique(np.fromiter(numbers(), dtype=np.int64))
