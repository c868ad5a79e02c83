"""The program as a process: interrupted, in a small terminal, beside a reader that goes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import assistant
from tests.assistant.samples import ROOT, corpus_folder
from tests.ui.commands import Run

pytestmark = pytest.mark.slow


def process(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **variables},
    )


def test_an_interruption(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(assistant.Assistant, "policies", interrupted)
    assert run("list") == (130, "", "policy-assistant: stopped; nothing is half done\n")


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal, sys, types; from ui.cli import main as cli\n"
        "torch = types.ModuleType('torch'); "
        "torch.__spec__ = types.SimpleNamespace(_initializing=True); sys.modules['torch'] = torch; "
        "cli._stop_while_torch_loads(); os.kill(os.getpid(), signal.SIGINT); print('went on')",
        "import sys, types; broken = types.ModuleType('ui.cli.main')\n"
        "sys.modules['ui.cli.main'] = broken\n"
        "def stopped(name):\n    raise KeyboardInterrupt\n"
        "broken.__getattr__ = stopped\n"
        "from ui.__main__ import main; sys.exit(main())",
    ],
    ids=["torch", "the program"],
)
def test_an_interruption_while_that_is_imported(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "policy-assistant: stopped; nothing is half done\n"


def test_as_a_module() -> None:
    done = process("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: policy-assistant ")
    assert process("--version").stdout == "0.1.0\n"


def test_a_process_fails_in_one_line(index: Path) -> None:
    done = process("cite", "cpw@000000000000:1-2", POLICY_ASSISTANT_INDEX=str(index))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"policy-assistant: there is no index in {str(index)!r}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "status", "out", "err"),
    [
        ("list --index none >&-", 0, "", ""),
        ("verify - --index none <&-", 1, "", "policy-assistant: '-' is not a JSON file"),
        ("cite --json bogus --index none 2>&-", 1, "", ""),
        ("cite --json bogus --index none <&- >&- 2>&-", 1, "", ""),
    ],
)
def test_closed_streams(tmp_path: Path, line: str, status: int, out: str, err: str) -> None:
    done = subprocess.run(
        f"{sys.executable} -m ui {line}",
        shell=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout) == (status, out)
    assert done.stderr.startswith(err)
    assert done.stderr.count("\n") == bool(err)


def test_a_terminal_without_the_letters() -> None:
    variables = {"POLICY_ASSISTANT_INDEX": str(corpus_folder()), "PYTHONIOENCODING": "ascii"}
    version = assistant.Assistant.load(corpus_folder()).policy("cpw").version
    done = process("cite", f"cpw@{version}:5-10", **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u201c" in done.stdout
    done = process("cite", "--json", f"cpw@{version}:5-10", **variables)
    assert json.loads(done.stdout)["status"] == "intact"


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    command = (
        f"{sys.executable} -m ui list --index {corpus_folder()} | true; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr == ""
    assert done.stdout in {"141\n", "0\n"}
