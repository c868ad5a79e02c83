"""Documents, read in a process of their own.

A file that takes too long or too much memory is stopped there, and one that brings its reader down
brings down nothing else. The process reads one file after the other, ends when it has had nothing
to do for a minute, and with the one that started it. A request is a line of JSON and the file's
bytes; so is a reply, with the document as JSON. Passwords come in that line alone: other users of
the machine can read the arguments of a process, and its heirs its environment. No module comes from
the current folder, which may be the one that documents were downloaded into.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from index.documents.limits import MEGABYTE, Limits
from index.documents.loader import read_document
from index.errors import LoadError
from index.types import Block, BlockKind, Document

_IDLE = 60  # seconds
_ORPHANED = 1  # seconds between two looks at whether the one that started it is still there
_GRACE = 10  # seconds after which a file's time is up also where nobody is left to say so
_MUCH = 10_000_000  # bytes of a file, after which the memory is given back
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from index.documents.sandbox import serve; serve()"
)


def read_apart(path: Path, data: bytes, limits: Limits, passwords: Sequence[str] = ()) -> Document:
    """As `index.documents.loader.read_document`, within the limits. Raises LoadError."""
    limits.check_size(path.name, len(data))
    return _READER.read(path.name, data, limits, passwords)


class _Reader:
    """The process, from outside."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._memory = 0.0

    def read(self, name: str, data: bytes, limits: Limits, passwords: Sequence[str]) -> Document:
        with self._lock:
            try:
                reply = self._asked(name, data, limits, passwords)
            except BaseException:
                self.stop()
                raise
            if len(data) > _MUCH:
                self.stop()
        if "error" in reply:
            raise LoadError(reply["error"])
        return _document(reply)

    def _asked(
        self, name: str, data: bytes, limits: Limits, passwords: Sequence[str]
    ) -> dict[str, Any]:
        header = {"name": name, "passwords": list(passwords), "seconds": limits.seconds}
        code = 0
        for _ in range(2):  # one that has had nothing to do may be leaving just now
            process = self._started(limits.memory)
            received: list[bytes | None] = []
            exchange = (process, data, header, received)
            asking = threading.Thread(target=_exchange, args=exchange, daemon=True)
            asking.start()
            asking.join(limits.seconds)
            if not received:
                raise limits.exceeded(name, "seconds", "takes long to read", "convert it to text")
            if received[0] is not None:
                reply: dict[str, Any] = json.loads(received[0])
                return reply
            code = process.wait()
            if code == _OUT_OF_MEMORY:
                raise limits.exceeded(name, "memory", "takes much memory to read", "split it")
            self.stop()
            if code:
                break
        raise LoadError(
            f"cannot read {name!r} (its reader broke down, {code}): convert it to another format"
        )

    def _started(self, memory: float) -> subprocess.Popen[bytes]:
        running = self._process is not None and self._process.poll() is None
        if not running or self._memory != memory:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, json.dumps(_module_path()), str(memory)],
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._memory = memory
        assert self._process is not None
        return self._process

    def stop(self) -> None:
        """Ends the process, if there is one; the next file begins another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _exchange(
    process: subprocess.Popen[bytes],
    data: bytes,
    header: dict[str, Any],
    received: list[bytes | None],
) -> None:
    """Sends a request, and puts down the reply: None where the process is gone."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(BrokenPipeError, ValueError):  # ended, or ended by us
        _send(process.stdin, data, **header)
    received.append(_received(process.stdout))


def _module_path() -> list[str]:
    """Where modules are looked for: as here, but not in the current folder."""
    here = os.path.realpath("")
    return [str(_ROOT), *(each for each in sys.path if each and os.path.realpath(each) != here)]


_READER = _Reader()
atexit.register(_READER.stop)
_OUT_OF_MEMORY = 77  # exit status


def serve() -> None:
    """Reads what it is sent, until nothing comes any more. Run in the process itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it decides
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    _limit_memory(float(sys.argv[2]))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    while _comes(sys.stdin.buffer) and (header := sys.stdin.buffer.readline()):
        asked = json.loads(header)
        data = sys.stdin.buffer.read(asked["size"])
        _alarm(asked["seconds"] + _GRACE)
        try:
            reply = asdict(read_document(Path(asked["name"]), data, asked["passwords"]))
            for block in reply["blocks"]:
                block["kind"] = block["kind"].value
        except LoadError as error:
            reply = {"error": str(error)}
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        except Exception as error:  # noqa: BLE001 - one bad file never stops the others
            kind = f"{type(error).__name__}: {' '.join(str(error).split())}"
            told = f"cannot read {asked['name']!r} ({kind}): convert it to another format"
            reply = {"error": told}
        _alarm(0)
        _send(replies, json.dumps(reply).encode("utf-8"))


def _end_with(parent: int) -> None:
    """Ends the process when the one that started it is gone, whatever it is doing."""
    while os.getppid() == parent:
        time.sleep(_ORPHANED)
    os._exit(1)


def _alarm(seconds: float) -> None:
    """The system ends the process then, also where a library holds every thread up; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(megabytes: float) -> None:
    try:
        import resource  # there is none on Windows
    except ImportError:
        return
    size = int(megabytes * MEGABYTE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash puts no password on disk
    with contextlib.suppress(ValueError, OSError):  # not every system limits it
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _comes(source: IO[bytes]) -> bool:
    if os.name == "nt":
        return True  # pipes cannot be waited for there: it ends with the one that started it
    import select

    return bool(select.select([source], [], [], _IDLE)[0])


def _send(target: IO[bytes], data: bytes, **header: Any) -> None:
    target.write(json.dumps({**header, "size": len(data)}).encode("utf-8") + b"\n")
    target.write(data)
    target.flush()


def _received(source: IO[bytes]) -> bytes | None:
    """One message, None where its sender is gone."""
    try:
        header = source.readline()
        size = json.loads(header)["size"] if header else 0
        data = source.read(size)
    except ValueError:
        return None  # closed meanwhile
    return data if header and len(data) == size else None


def _document(reply: dict[str, Any]) -> Document:
    blocks = (Block(**{**each, "kind": BlockKind(each["kind"])}) for each in reply["blocks"])
    return Document(**{**reply, "blocks": tuple(blocks)})
