from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.file_sha256 import sha256_of


def test_files_are_read_one_after_another(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"x" * 300_000)
    second.write_bytes(b"y")
    assert sha256_of(first) == hashlib.sha256(b"x" * 300_000).hexdigest()
    assert sha256_of(first, second) == hashlib.sha256(b"x" * 300_000 + b"y").hexdigest()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sha256_of(tmp_path / "gone")
