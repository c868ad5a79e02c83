from __future__ import annotations

from pathlib import Path

import pytest

from index.add import add_files
from index.progress import no_progress
from index.store.database import Store
from tests.conftest import FakeEmbedder
from tests.index.repair.damaged_index import TEXTS


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """Two policies of two clauses each, from files in `tmp_path`."""
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    add_files(store, FakeEmbedder(), [tmp_path / f"{name}.md" for name in TEXTS], no_progress)
    return store
