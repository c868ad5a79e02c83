"""The file itself: who may read it, and what happens where it cannot be used."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from assistant import PolicyAssistantError
from ui.history.conversations import History


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "index")


def test_only_its_owner_may_read_the_file(tmp_path: Path, history: History) -> None:
    history.begin("me", "c", "Q?")
    mode = (tmp_path / "index" / "chat.sqlite3").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_what_cannot_be_used_is_reported(tmp_path: Path, history: History) -> None:
    history.begin("me", "c", "Q?")
    file = tmp_path / "index" / "chat.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(PolicyAssistantError, match="have format 9, this version reads 2: update"):
        history.conversations("me")
    file.write_bytes(b"no database at all, but long enough to be read as one" * 20)
    with pytest.raises(PolicyAssistantError, match=r"cannot use the conversations in .* move"):
        history.begin("me", "c", "Q?")
    (tmp_path / "file").touch()
    with pytest.raises(PolicyAssistantError, match="cannot use the conversations"):
        History(tmp_path / "file" / "index").begin("me", "c", "Q?")


def test_a_file_of_another_format_is_refused(tmp_path: Path, history: History) -> None:
    history.begin("me", "c", "Q?")
    with sqlite3.connect(tmp_path / "index" / "chat.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(PolicyAssistantError, match="have format 1, this version reads 2"):
        history.begin("me", "c", "Q?")
