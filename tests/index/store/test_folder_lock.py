from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from index.errors import PolicyAssistantError
from index.store.folder_lock import folder_lock

BUSY = PolicyAssistantError("in use: wait")


def _denied(error: OSError) -> PolicyAssistantError:
    return PolicyAssistantError(f"cannot write: {error.strerror}")


def test_one_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "a.lock"
    for _ in range(2):
        with folder_lock(file, busy=BUSY, denied=_denied):
            pass
    with folder_lock(file, busy=BUSY, denied=_denied):
        began = time.monotonic()
        with (
            pytest.raises(PolicyAssistantError, match="in use: wait"),
            folder_lock(file, busy=BUSY, denied=_denied, wait=0.05),
        ):
            pass
        assert time.monotonic() - began >= 0.05


def test_a_lock_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.lock").mkdir()
    with (
        pytest.raises(PolicyAssistantError, match="cannot write: Is a directory"),
        folder_lock(tmp_path / "a.lock", busy=BUSY, denied=_denied),
    ):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_private_lock_is_its_owners_alone(tmp_path: Path) -> None:
    with folder_lock(tmp_path / "a.lock", busy=BUSY, denied=_denied, private=True):
        assert (tmp_path / "a.lock").stat().st_mode & 0o777 == 0o600
