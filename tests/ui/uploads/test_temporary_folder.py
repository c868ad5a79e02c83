"""The folder that uploads come into goes with the process, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant.samples import ROOT

pytestmark = pytest.mark.slow
_PAGE = """
import signal, sys, time
hung_up = signal.SIG_IGN if "nohup" in sys.argv else signal.SIG_DFL
if hasattr(signal, "SIGHUP"):  # whatever the tests themselves are run under
    signal.signal(signal.SIGHUP, hung_up)
from ui.cli.page_commands import end_as_ctrl_c
from ui.uploads.temporary_folder import make_upload_folder

end_as_ctrl_c()
folder = make_upload_folder()
(folder / "mine.txt").write_text("mine")
print(folder, flush=True)
time.sleep(60)
"""


def started(temp: Path, *arguments: str) -> tuple[subprocess.Popen[str], Path]:
    """A process that has a folder with an upload in it."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PAGE, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temp)},
    )
    assert process.stdout is not None
    with process.stdout:
        folder = Path(process.stdout.readline().strip())
    assert (folder / "mine.txt").exists()
    return process, folder


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
@pytest.mark.parametrize("ends", ["SIGHUP", "SIGTERM", "SIGINT"])
def test_it_goes_when_the_process_is_ended(tmp_path: Path, ends: str) -> None:
    process, _ = started(tmp_path)
    process.send_signal(getattr(signal, ends))
    process.wait(20)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
def test_under_nohup_the_page_stays(tmp_path: Path) -> None:
    process, _ = started(tmp_path, "nohup")
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.3)
    process.terminate()
    process.wait(20)
    assert list(tmp_path.iterdir()) == []


def test_what_killed_processes_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    running, used = started(tmp_path)
    killed, stale = started(tmp_path)
    killed.kill()
    killed.wait(20)
    others = tmp_path / "policy-assistant-uploads-mine"  # of no page: it has no lock
    others.mkdir()
    (tmp_path / "policy-assistant-uploads-link").symlink_to(ROOT)
    for folder in (used.parent, stale.parent, others):
        os.utime(folder, (0, 0))
    last, _ = started(tmp_path)
    assert not stale.parent.exists()
    assert used.exists()
    assert others.exists()
    assert (ROOT / "ui").is_dir()
    for process in (running, last):
        process.terminate()
        process.wait(20)
