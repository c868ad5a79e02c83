"""How large a file may be, and what reading it may cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from index.errors import LoadError

MEGABYTE = 1_000_000
LARGEST_LIMIT = 4_000_000
"""No limit may be larger: operating systems cannot wait for more seconds than about that."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a single file may be and may cost.

    `megabytes` is the size of the file, `seconds` the time it takes to read, `memory` the
    megabytes that takes (where the system can limit them), `clauses` how many it is split into.
    Raises ValueError unless each is positive and at most `LARGEST_LIMIT`.
    """

    megabytes: float = 100
    seconds: float = 120
    memory: float = 2000
    clauses: float = 200_000

    def __post_init__(self) -> None:
        for field in fields(self):
            if not 0 < getattr(self, field.name) <= LARGEST_LIMIT:
                raise ValueError(
                    f"the limit of {field.name} must be more than 0 and at most {LARGEST_LIMIT}"
                )

    def check_size(self, name: str, size: int) -> None:
        """Raises LoadError if a file of `size` bytes is too large."""
        if size > self.megabytes * MEGABYTE:
            fault = f"is {math.ceil(size / MEGABYTE)} megabytes"
            raise self.exceeded(name, "megabytes", fault, "split it")

    def exceeded(self, name: str, limit: str, fault: str, remedy: str) -> LoadError:
        """The error for a file over a limit: `fault` is what it is or does too much of."""
        return LoadError(
            f"{name!r} {fault}, more than the limit of {getattr(self, limit):g}: {remedy}, or "
            f"raise the limit (add --limit {limit}=...)"
        )


DEFAULT_LIMITS = Limits()
