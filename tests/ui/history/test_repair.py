"""Conversations whose file is damaged: told, and repaired as far as can be."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from assistant import PolicyAssistantError
from tests.assistant.samples import ROOT
from tests.ui.history.test_conversations import answer_of
from ui.history import chat_file, file_access
from ui.history.conversations import History
from ui.history.feedback import KeptFeedback
from ui.history.kept import Feedback, Judgement
from ui.history.repair import history_fault, repair_history


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two answered questions with feedback, each of a conversation of its own."""
    history = History(tmp_path / "index")
    for name in ("one", "two"):
        asked = history.begin("me", name, f"{name}?")
        history.complete(asked, answer_of(tmp_path, f"{name}?"), {})
        KeptFeedback(tmp_path / "index").give("me", asked, Feedback(Judgement.WRONG, f"of {name}"))
    chat_file._SOUND.clear()
    return tmp_path / "index"


def _sql(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "chat.sqlite3", isolation_level=None)) as connection:
        connection.execute(statement)


def _notes(folder: Path) -> list[str]:
    chat_file._SOUND.clear()
    return [each.feedback.note for each in KeptFeedback(folder).questions() if each.feedback]


@pytest.mark.parametrize(
    ("statement", "lost", "left"),
    [
        ("UPDATE feedback SET note = 'x' WHERE note = 'of one'", "1 question may not", 2),
        ("DELETE FROM feedback WHERE note = 'of one'", "1 question may not", 1),
        ("UPDATE questions SET answer = '{' WHERE question = 'one?'", "1 question that cannot", 1),
        ("DELETE FROM questions WHERE question = 'one?'", "1 question with answers", 1),
        ("DELETE FROM conversations WHERE id = 'one'", "in which browser each of 1 conv", 2),
        ("UPDATE feedback SET judgement = 'x' WHERE note = 'of one'", "1 question may not", 1),
    ],
)
def test_what_was_changed_is_told_and_what_is_lost(
    folder: Path, statement: str, lost: str, left: int
) -> None:
    _sql(folder, statement)
    with pytest.raises(PolicyAssistantError, match="doctor --repair"):
        History(folder).conversations("me")
    repaired = repair_history(folder)
    assert repaired.lost[0].startswith(lost)
    assert len(_notes(folder)) == left
    assert history_fault(folder) == ""
    assert len(list(folder.glob("chat.sqlite3.damaged-*"))) == 1
    assert (folder / "chat.sqlite3").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["hardlink_to", "unlink", "replace"])
def test_a_repair_that_is_cut_short_leaves_a_file_to_repair(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _sql(folder, "UPDATE feedback SET note = 'x' WHERE note = 'of one'")

    def killed(path: Path, *_: object, **__: object) -> None:
        if name != "unlink" or path.name.endswith("-wal"):
            raise KeyboardInterrupt
        path.unlink_for_real(missing_ok=True)  # type: ignore[attr-defined]

    monkeypatch.setattr(Path, "unlink_for_real", Path.unlink, raising=False)
    monkeypatch.setattr(Path, name, killed)
    with pytest.raises(KeyboardInterrupt):
        repair_history(folder)
    monkeypatch.undo()
    with pytest.raises(PolicyAssistantError, match="doctor --repair"):
        _notes(folder)
    assert repair_history(folder).lost[0].startswith("1 question may not")
    assert _notes(folder) == ["x", "of two"]


def test_what_is_in_order_is_left_alone(folder: Path) -> None:
    before = (folder / "chat.sqlite3").read_bytes()
    assert repair_history(folder).done == []
    assert (folder / "chat.sqlite3").read_bytes() == before
    assert _notes(folder) == ["of one", "of two"]


def test_an_empty_file_was_cut(folder: Path) -> None:
    (folder / "chat.sqlite3").write_bytes(b"")
    with pytest.raises(PolicyAssistantError, match=r"it is damaged \(it is empty\)"):
        KeptFeedback(folder).questions()
    assert repair_history(folder).lost[0].startswith("the list of what was kept")
    assert _notes(folder) == []


_REPAIR = """
import sys
from pathlib import Path
from ui.history.repair import repair_history
print(len(repair_history(Path(sys.argv[1])).done))
"""


def test_what_is_asked_beside_a_repair_is_kept(folder: Path) -> None:
    history, asked, ended = History(folder), list[str](), threading.Event()
    _sql(folder, "UPDATE feedback SET note = 'x' WHERE note = 'of one'")
    chat_file._SOUND.add(folder / "chat.sqlite3")  # as of a page that was opened before

    def ask() -> None:
        while not ended.is_set():
            asked.append(history.begin("me", "three", "three?"))

    writer = threading.Thread(target=ask)
    writer.start()
    done = subprocess.run(
        [sys.executable, "-c", _REPAIR, folder], capture_output=True, text=True, cwd=ROOT
    )
    ended.set()
    writer.join()
    assert (done.stdout, done.stderr) == ("2\n", "")
    assert len(asked) > 2
    assert {each.id for each in history.questions("me", "three")} == set(asked)
    assert history_fault(folder) == ""


def test_a_repair_waits_and_gives_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_access, "_WAIT", 0.05)
    before = (folder / "chat.sqlite3").read_bytes()
    _sql(folder, "UPDATE feedback SET note = 'x' WHERE note = 'of one'")
    with (
        FileLock(folder / "chat.lock"),
        pytest.raises(PolicyAssistantError, match="another process uses them: try again"),
    ):
        run_beside(lambda: repair_history(folder))
    assert list(folder.glob("*.damaged-*")) == []
    assert len((folder / "chat.sqlite3").read_bytes()) == len(before)


def run_beside(work: Callable[[], object]) -> None:
    """Runs it in a thread of its own, as another process would, and raises what it raises."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
