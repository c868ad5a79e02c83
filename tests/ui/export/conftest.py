from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Answer
from index.models.embedder import Embedder
from tests.ui.export.asked import HOSTILE, asked
from ui.export import CitedQuote, cited_quotes


@pytest.fixture
def hostile(tmp_path: Path, embedder: Embedder) -> tuple[Answer, list[CitedQuote]]:
    answer, assistant = asked(tmp_path, embedder, "acme.txt", f"Acme policy\n\n{HOSTILE}\n")
    return answer, cited_quotes(answer, assistant)
