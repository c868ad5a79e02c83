from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from index.models.embedder import Embedder
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeReranker

HOSTILE = "We keep\x1b]0;pwned\x07 logs \u202eand\u2066 sell\u061c them\x9b31m.\u200f Bye."


@pytest.fixture
def hostile(tmp_path: Path, embedder: Embedder) -> Assistant:
    """A policy that tries to drive the terminal, in an index for the fake embedder."""
    path = tmp_path / "acme.md"
    text = f"---\ntitle: Acme\nprovider: Acme\n---\n\n# Acme\n\n## \u202eLogs\n\n{HOSTILE}\n"
    path.write_text(text, encoding="utf-8")
    settings = Settings(answer_threshold=0)
    assistant = Assistant(tmp_path / "index", settings, embedder, NO_MODEL, FakeReranker())
    assistant.add([path])
    return assistant


def controls(text: str) -> set[str]:
    return {char for char in text if not char.isprintable()} - {"\n"}
