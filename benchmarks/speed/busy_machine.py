"""A warm question on an idle machine and beside busy processes, OpenMP's threads spinning or not.

python -m benchmarks.speed.busy_machine
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import Assistant
from benchmarks.data import CORPUS, first_user_questions

_QUESTIONS = 6
_BUSY = (0, 1, 4)
_POLICIES = ("ACTIVE", "PASSIVE")  # the project sets the second


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        index = Path(scratch) / "index"
        Assistant.load(index).add(CORPUS)
        seconds = {
            (busy, policy): _asked_apart(index, busy, policy)
            for busy in _BUSY
            for policy in _POLICIES
        }
    for busy in _BUSY:
        active, passive = (seconds[busy, policy] for policy in _POLICIES)
        print(
            f"beside {busy} busy processes: spinning {active:.2f} s, passive {passive:.2f} s; "
            f"ratio {active / passive:.1f}"
        )


def _asked_apart(index: Path, busy: int, policy: str) -> float:
    """The median of some questions, in a new process, because each reads the variable only once."""
    environment = os.environ | {"OMP_WAIT_POLICY": policy}
    command = [sys.executable, "-m", "benchmarks.speed.busy_machine", str(index)]
    with _busy(busy):
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return float(done.stdout)


@contextmanager
def _busy(count: int) -> Iterator[None]:
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def _median_seconds(index: Path) -> float:
    questions = first_user_questions(_QUESTIONS + 1)
    assistant = Assistant.load(index)
    assistant.ask(questions.pop(), generate=False)  # loads the models
    seconds = []
    for question in questions:
        began = time.perf_counter()
        assistant.ask(question, generate=False)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(_median_seconds(Path(sys.argv[1])))
    else:
        main()
