"""How long each stage of answering took."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timer:
    """Milliseconds per stage; a stage ends where the next begins."""

    timings: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def done(self, stage: str) -> None:
        now = time.perf_counter()
        self.timings[stage] = round((now - self._since) * 1000, 3)
        self._since = now
