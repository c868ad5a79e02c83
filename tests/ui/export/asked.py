"""A question to an index of one policy."""

from __future__ import annotations

from pathlib import Path

from assistant import Answer, Assistant, Settings
from index.models.embedder import Embedder
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeReranker

HOSTILE = "We keep <img src=x onerror=alert(1)> logs, [free](javascript:alert(1)) *and* \u202esold."


def asked(tmp_path: Path, embedder: Embedder, name: str, text: str) -> tuple[Answer, Assistant]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    settings = Settings(answer_threshold=0)
    assistant = Assistant(tmp_path / "index", settings, embedder, NO_MODEL, FakeReranker())
    assistant.add([path])
    return assistant.ask("Do you keep logs?", generate=False), assistant
