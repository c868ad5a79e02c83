from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.asking import timer as module
from assistant.asking.timer import Timer


def test_a_stage_ends_where_the_next_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter([1.25, 1.75])
    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: next(readings)))
    timer = Timer({}, 1.0)
    timer.done("route")
    timer.done("embed")
    assert timer.timings == {"route": 250.0, "embed": 500.0}
