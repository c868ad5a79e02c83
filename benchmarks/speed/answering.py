"""The first verified quote on a warm assistant, as a multiple of one bare query encoding.

python -m benchmarks.speed.answering
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sentence_transformers import SentenceTransformer

from assistant import Assistant, EventKind, Settings
from benchmarks.data import CORPUS, first_user_questions
from index.models.sentence_transformer import packaged_folder

_QUESTIONS = 50


def main() -> None:
    questions = first_user_questions(_QUESTIONS)
    model = SentenceTransformer(str(packaged_folder()), device="cpu")
    with tempfile.TemporaryDirectory() as scratch:
        # Nothing is withheld, so that every question has a first quote.
        assistant = Assistant.load(Path(scratch) / "index", Settings(answer_threshold=0.0))
        assistant.add(CORPUS)
        for question in questions[:5]:
            assistant.ask(question, generate=False)
            model.encode(question)
        first, bare = [], []
        for question in questions:
            began = time.perf_counter()
            for event in assistant.stream(question, generate=False):
                if event.kind is EventKind.EVIDENCE:
                    first.append(time.perf_counter() - began)
            began = time.perf_counter()
            model.encode(question, show_progress_bar=False)
            bare.append(time.perf_counter() - began)
    ratio = statistics.median(ours / theirs for ours, theirs in zip(first, bare, strict=True))
    print(
        f"first quote {1000 * statistics.median(first):.1f} ms, bare query encoding "
        f"{1000 * statistics.median(bare):.1f} ms, {len(first)} questions"
    )
    print(f"first quote / query encoding: {ratio:.2f} (median; aim at most 3)")
    _start_up()


def _start_up() -> None:
    """Commands that must not wait for torch, beside a Python that does nothing."""
    script = "import sys; sys.argv = ['x', '--help']; from ui.cli.main import main\ntry: main()\n"
    script += "except SystemExit: print('torch' in sys.modules, file=sys.stderr)"
    times = {}
    for name, code in (("python", "pass"), ("--help", script)):
        runs = []
        for _ in range(5):
            began = time.perf_counter()
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
            runs.append(time.perf_counter() - began)
        times[name] = statistics.median(runs)
    loaded = done.stderr.decode().strip()
    print(
        f"--help: {times['--help']:.2f} s beside {times['python']:.2f} s of bare Python; "
        f"torch loaded: {loaded}"
    )


if __name__ == "__main__":
    main()
