"""A sample of ordinary published policies is added and asked, and nothing fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.data import TRAIN_ARCHIVE
from benchmarks.whole_archive import ask_every_document


@pytest.mark.skipif(not TRAIN_ARCHIVE.is_file(), reason=f"there is no {TRAIN_ARCHIVE}")
def test_nothing_fails_on_ordinary_documents(tmp_path: Path) -> None:
    documents, doctor, *failed, last = ask_every_document(tmp_path, 5)
    assert documents.endswith("rejected: none")
    assert doctor == "doctor finds: nothing"
    assert failed == []
    assert last.startswith("0 of ")
    assert last.endswith(" questions failed, 0 clauses were left out as damaged")
