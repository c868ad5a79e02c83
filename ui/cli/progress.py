"""Progress bars with rates, on stderr. The only file that imports tqdm."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.doors import Bar


@contextmanager
def bars(what: str, total: int, unit: str) -> Iterator[Bar]:
    """A bar that shows how many are done, the rate and what is left; none off a terminal."""
    from tqdm import tqdm

    quiet = not sys.stderr.isatty()
    with tqdm(total=total, desc=what, unit=f" {unit}s", disable=quiet, leave=False) as bar:
        yield bar
