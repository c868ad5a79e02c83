"""A sample of ordinary published policies is added and asked, and nothing fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.data import TRAIN_ARCHIVE
from benchmarks.whole_archive import ask_every_document, extract


@pytest.mark.slow
@pytest.mark.skipif(not TRAIN_ARCHIVE.is_file(), reason=f"there is no {TRAIN_ARCHIVE}")
def test_nothing_fails_on_ordinary_documents(tmp_path: Path) -> None:
    extract(tmp_path / "documents", most=12, largest=4000)
    report = ask_every_document(tmp_path / "documents", tmp_path / "index")
    documents, doctor, *failures, last = report
    assert documents.startswith("13 documents, ")
    assert documents.endswith("rejected: none")
    assert doctor == "doctor finds: nothing"
    assert failures == []
    assert last == "0 of 39 questions failed, 0 clauses were left out as damaged"
