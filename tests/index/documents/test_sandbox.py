"""The process that reads documents: same documents, and what stops it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.documents import sandbox
from index.documents.limits import DEFAULT_LIMITS, LARGEST_LIMIT, Limits
from index.documents.loader import read_document
from index.documents.sandbox import read_apart
from index.errors import LoadError
from tests.index.documents.pdf.encrypted_samples import ALGORITHMS, READER, SAID, encrypted

ROOT = Path(__file__).parents[3]
DOCUMENTS = sorted((ROOT / "corpus").glob("*.md"))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[sandbox._Reader]:
    """A process of this test's own."""
    made = sandbox._Reader()
    monkeypatch.setattr(sandbox, "_READER", made)
    yield made
    made.stop()


def in_the_process(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """What a loader of text does there in place of sandbox."""
    lines = (
        "import json, sys; sys.path[:] = json.loads(sys.argv[1])",
        "import index.documents.loader",
        f"def read(data, name):\n    {code}",
        "index.documents.loader.LOADERS['.txt'] = read",
        "from index.documents.sandbox import serve; serve()",
    )
    monkeypatch.setattr(sandbox, "_START", "\n".join(lines))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_document_is_the_same(path: Path) -> None:
    data = path.read_bytes()
    assert read_apart(path, data, DEFAULT_LIMITS) == read_document(path, data)


def test_what_the_loader_refuses_is_refused() -> None:
    with pytest.raises(LoadError, match=r"'a\.xyz' is of a type that is not supported"):
        read_apart(Path("a.xyz"), b"", DEFAULT_LIMITS)
    with pytest.raises(LoadError, match=r"'a\.txt' holds no text"):
        read_apart(Path("a.txt"), b" ", DEFAULT_LIMITS)
    assert read_apart(Path("a.txt"), b"We keep logs.", DEFAULT_LIMITS).text == "We keep logs."


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_passwords_reach_the_process(algorithm: str) -> None:
    path, data = Path("a.pdf"), encrypted("clé 🔑\n\x07", algorithm=algorithm)
    assert read_apart(path, data, DEFAULT_LIMITS, ["no", "clé 🔑\n\x07"]).text == SAID
    with pytest.raises(LoadError, match="is encrypted and needs a password"):
        read_apart(path, data, DEFAULT_LIMITS)  # those of the file before are forgotten
    assert (
        read_apart(Path("a.txt"), b"We keep logs.", DEFAULT_LIMITS, ["no"]).text == "We keep logs."
    )


def test_passwords_are_neither_arguments_nor_environment(
    reader: sandbox._Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    popen = subprocess.Popen

    def noted(*arguments: Any, **options: Any) -> Any:
        started.append((arguments, options))
        return popen(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", noted)
    assert read_apart(Path("a.pdf"), encrypted(), DEFAULT_LIMITS, [READER]).text == SAID
    (begun,) = started
    assert "index.documents.sandbox" in repr(begun)
    assert READER not in repr(begun)
    assert reader._process is not None
    seen = Path(f"/proc/{reader._process.pid}")
    if seen.exists():
        assert b"index.documents.sandbox" in (seen / "cmdline").read_bytes()
        assert READER.encode() not in (seen / "cmdline").read_bytes()
        assert READER.encode() not in (seen / "environ").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="looked at on Linux alone")
@pytest.mark.usefixtures("reader")
def test_a_crash_leaves_no_copy_of_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "import resource; raise RuntimeError(resource.getrlimit(resource.RLIMIT_CORE))"
    in_the_process(monkeypatch, asked)
    with pytest.raises(LoadError, match=r"\(RuntimeError: \(0, 0\)\)"):
        read_apart(Path("a.txt"), b"a", DEFAULT_LIMITS)


@pytest.mark.usefixtures("reader")
def test_an_error_that_nobody_thought_of_does_not_say_passwords(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_the_process(monkeypatch, "raise RuntimeError('no idea')")
    with pytest.raises(LoadError) as caught:
        read_apart(Path("a.txt"), b"a", DEFAULT_LIMITS, [READER])
    assert READER not in str(caught.value)


def test_a_file_that_is_too_large() -> None:
    with pytest.raises(LoadError, match=r"'a.txt' is 2 megabytes, more than the limit of 1: split"):
        read_apart(Path("a.txt"), b"a" * 2_000_000, Limits(megabytes=1))


@pytest.mark.usefixtures("reader")
def test_a_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_process(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(LoadError, match=r"takes long to read, more .* seconds="):
        read_apart(Path("a.txt"), b"a", Limits(seconds=0.5))
    monkeypatch.undo()
    assert read_apart(Path("a.txt"), b"We keep logs.", DEFAULT_LIMITS).text == "We keep logs."


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited so on Linux alone")
@pytest.mark.usefixtures("reader")
def test_a_file_that_takes_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_process(monkeypatch, "bytearray(10**10)")
    with pytest.raises(LoadError, match="takes much memory to read, more than the limit of 900: "):
        read_apart(Path("a.txt"), b"a", Limits(memory=900))


@pytest.mark.usefixtures("reader")
def test_a_file_that_brings_its_reader_down(monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_process(monkeypatch, "import ctypes; ctypes.string_at(0)")
    with pytest.raises(LoadError, match=r"its reader broke down, -11\): convert it"):
        read_apart(Path("a.txt"), b"a", DEFAULT_LIMITS)


@pytest.mark.usefixtures("reader")
def test_an_error_that_nobody_thought_of(monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_process(monkeypatch, "print('noise', flush=True); raise RuntimeError('no\\nidea')")
    with pytest.raises(LoadError, match=r"cannot read 'a.txt' \(RuntimeError: no idea\): convert"):
        read_apart(Path("a.txt"), b"a", DEFAULT_LIMITS)


def test_the_process_ends_when_it_is_not_needed(
    reader: sandbox._Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = "import index.documents.sandbox as r; r._IDLE = 0.2; serve()"
    start = sandbox._START.replace("serve()", idle)
    monkeypatch.setattr(sandbox, "_START", start)
    read_apart(Path("a.txt"), b"We keep logs.", DEFAULT_LIMITS)
    process = reader._process
    assert process is not None
    assert process.wait(timeout=20) == 0
    assert read_apart(Path("a.txt"), b"We keep logs.", DEFAULT_LIMITS).text == "We keep logs."


def test_one_that_is_just_leaving_is_replaced(
    reader: sandbox._Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_START", "")
    leaving = reader._started(DEFAULT_LIMITS.memory)
    monkeypatch.undo()
    monkeypatch.setattr(leaving, "poll", lambda: None)  # it was there when looked at
    assert reader.read("a.txt", b"We keep logs.", DEFAULT_LIMITS, ()).text == "We keep logs."
    assert reader._process is not leaving


@pytest.mark.usefixtures("reader")
def test_one_that_takes_nothing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_START", "import time; time.sleep(60)")
    with pytest.raises(LoadError, match="takes long to read"):
        read_apart(Path("a.txt"), b"x" * 1_000_000, Limits(seconds=0.5))


@pytest.mark.skipif(sys.platform != "linux", reason="timers and parents are as on Linux")
@pytest.mark.parametrize("busy", ["time.sleep(60)", "re.match('(a|a)*b', 'a' * 99)"])
def test_it_ends_with_the_one_that_started_it(tmp_path: Path, busy: str) -> None:
    """Also where a library does not let go of the interpreter."""
    noted = tmp_path / "pid"
    script = f"""
import pathlib
import tests.index.documents.test_sandbox as here
from index.documents import sandbox
class Patch:
    setattr = staticmethod(setattr)
here.in_the_process(Patch, "import os, pathlib, re, time; "
    "pathlib.Path({str(noted)!r}).write_text(str(os.getpid())); {busy}")
quick = "import index.documents.sandbox as r; r._GRACE = 1; serve()"
sandbox._START = sandbox._START.replace("serve()", quick)
sandbox.read_apart(pathlib.Path("a.txt"), b"a", sandbox.Limits(seconds=4))
"""
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    _until(lambda: noted.exists() and noted.read_text() != "")
    process.kill()
    process.wait()
    worker = Path(f"/proc/{noted.read_text()}")
    _until(lambda: not worker.exists() or "\nState:\tZ" in (worker / "status").read_text())


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.usefixtures("reader")
def test_no_module_comes_from_the_folder_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "lxml", "yaml", "index"):
        (tmp_path / f"{name}.py").write_text(f"open('{name} was run', 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    monkeypatch.syspath_prepend(str(tmp_path))
    page = b"---\ntitle: x\n---\n# T\n\nWe keep logs."
    assert read_apart(Path("a.md"), page, DEFAULT_LIMITS).title == "x"
    assert read_apart(Path("a.html"), b"<p>We keep logs.", DEFAULT_LIMITS).text == "We keep logs."
    assert list(tmp_path.glob("* was run")) == []


def test_stopped_by_ctrl_c_it_begins_anew(
    reader: sandbox._Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_process(monkeypatch, "import time; time.sleep(60)")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "join", stop)
    with pytest.raises(KeyboardInterrupt):
        read_apart(Path("a.txt"), b"a", DEFAULT_LIMITS)
    assert reader._process is None


@pytest.mark.parametrize("limit", ["megabytes", "seconds", "memory", "clauses"])
def test_the_largest_limits_work(limit: str) -> None:
    assert read_apart(Path("a.txt"), b"a", Limits(**{limit: LARGEST_LIMIT})).text == "a"
