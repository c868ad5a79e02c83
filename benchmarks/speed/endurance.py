"""Many questions in a row: does memory grow?

    python -m benchmarks.speed.endurance [COUNT]

COUNT questions (by default 10,000), no two alike, are asked of the sample corpus, quotes only. The
process's own memory is read after the first tenth, when the models and their caches are loaded,
and at the end. The aim is less than 2% more. Pages of files, which the system may drop and read
again, do not count.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from assistant import Assistant
from benchmarks.data import CORPUS

_COUNT = 10_000
_OWN = ("RssAnon:", "VmSwap:")
_ASKED = (
    "How long does {who} keep {what}?",
    "Does {who} share {what} with {whom}?",
    "Can I have {what} deleted by {who} if {whom} asks for it?",
    "Is {what} sold to {whom}?",
    "Who at {who} can see {what}?",
)
_WHO = ("Introplex", "ixanet", "imgwg", "Intraworks", "CPW", "the company")
_WHAT = ("my {} address", "server logs of {}", "cookies from {}", "my {} card", "records about {}")
_WHOM = ("advertisers", "the police", "my employer", "a court", "other customers", "partners")


def questions() -> Iterator[str]:
    """Endless questions, no two alike."""
    for number in itertools.count():
        for form, who, what, whom in itertools.product(_ASKED, _WHO, _WHAT, _WHOM):
            yield form.format(who=who, what=what.format(f"number {number}"), whom=whom)


def memory() -> float:
    """Megabytes of this process that back no file, swapped out or not. Linux only."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(_OWN)) / 1000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _COUNT
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant.load(Path(scratch) / "index")
        assistant.add(CORPUS)
        begun = 0.0
        for number, question in enumerate(tqdm(itertools.islice(questions(), count), total=count)):
            assistant.ask(question, generate=False)
            if number == count // 10:
                begun = memory()
        ended = memory()
    print(
        f"{count} questions: {begun:.0f} MB after a tenth of them, {ended:.0f} MB at the end "
        f"({ended / begun - 1:+.1%}; aim: less than 2% more)"
    )


if __name__ == "__main__":
    main()
