"""Uploads that are cut short: what lay there before stays, whatever happens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from assistant import PolicyAssistantError
from index.add import AddResult
from index.errors import IndexBusyError
from tests.assistant.samples import ROOT
from tests.ui.fake_assistant import FakeAssistant
from ui.uploads import placement
from ui.uploads.receive import add_uploads, remove_policy

V1 = "We keep logs of every visit for thirty days."
V2 = "We keep logs of every visit for sixty days."


@pytest.fixture
def fake(tmp_path: Path) -> FakeAssistant:
    """It holds the first version of `zeta.txt`, uploaded."""
    made = FakeAssistant(tmp_path / "index")
    add_uploads(made, [incoming(tmp_path, "zeta.txt", V1)])
    return made


def incoming(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def held(fake: FakeAssistant) -> dict[str, str]:
    """What lies in the folder of uploads, hidden things too."""
    uploads = fake.folder / "uploads"
    return {file.name: file.read_text(encoding="utf-8") for file in uploads.iterdir()}


def test_a_full_disk_leaves_the_version_before(
    tmp_path: Path, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [incoming(tmp_path, "zeta.txt", V2), incoming(tmp_path, "eta.txt", V2)]
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        add_uploads(fake, files)
    assert held(fake) == {"zeta.txt": V1}
    assert not any(file.exists() for file in files)


def test_an_index_that_is_busy_leaves_the_version_before(
    tmp_path: Path, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> list[AddResult]:
        raise IndexBusyError("busy")

    monkeypatch.setattr(fake, "add", busy)
    files = [incoming(tmp_path, "zeta.txt", V2), incoming(tmp_path, "eta.txt", V2)]
    with pytest.raises(IndexBusyError):
        add_uploads(fake, files)
    assert held(fake) == {"zeta.txt": V1}


_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.ui.fake_assistant import FakeAssistant
from ui.uploads.receive import add_uploads
index, *files = map(Path, sys.argv[1:])
fake = FakeAssistant(index)
fake.add = lambda paths, progress: os.kill(os.getpid(), signal.SIGKILL)
add_uploads(fake, files)
"""


def killed(fake: FakeAssistant, *files: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, fake.folder, *files], cwd=ROOT)
    assert done.returncode == -9


def test_what_a_killed_process_began_is_put_back(tmp_path: Path, fake: FakeAssistant) -> None:
    killed(fake, incoming(tmp_path, "zeta.txt", V2), incoming(tmp_path, "eta.txt", V2))
    assert held_texts(fake) == {"zeta.txt": V2, "eta.txt": V2}
    add_uploads(fake, [incoming(tmp_path, "theta.txt", "Nobody else sees them.")])
    assert held(fake) == {"zeta.txt": V1, "theta.txt": "Nobody else sees them."}


def held_texts(fake: FakeAssistant) -> dict[str, str]:
    files = (fake.folder / "uploads").glob("[!.]*")
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def test_what_the_index_had_taken_in_stays(tmp_path: Path, fake: FakeAssistant) -> None:
    killed(fake, incoming(tmp_path, "zeta.txt", V2), incoming(tmp_path, "eta.txt", V2))
    fake.put("zeta", V2)
    fake.put("eta", V2)
    remove_policy(fake, "eta")
    assert held(fake) == {"zeta.txt": V2}


def test_between_two_steps_the_old_one_is_put_back(fake: FakeAssistant) -> None:
    uploads = fake.folder / "uploads"
    begun = placement.Placing(uploads)
    begun.begin()
    begun.bring(V2.encode(), uploads / "zeta.txt")
    (uploads / "zeta.txt").rename(uploads / ".pending" / "old" / "zeta.txt")
    begun.recover(lambda place: True)
    assert held(fake) == {"zeta.txt": V1}


def test_one_page_adds_at_a_time(tmp_path: Path, fake: FakeAssistant) -> None:
    with (
        FileLock(fake.folder / "uploads.lock"),
        pytest.raises(PolicyAssistantError, match="another page is adding files"),
    ):
        add_uploads(fake, [incoming(tmp_path, "zeta.txt", V2)])
    assert held(fake) == {"zeta.txt": V1}
