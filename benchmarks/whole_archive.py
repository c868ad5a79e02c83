"""Every document of the archive is added and asked three questions: nothing may fail.

    python -m benchmarks.whole_archive [MOST]

Ordinary documents by the hundred hold what nobody thinks of: rules, links without words, marks.
"""

from __future__ import annotations

import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant import Assistant, PolicyAssistantError
from assistant.doctor import examine_index
from benchmarks.data import TRAIN_ARCHIVE
from ui.cli.progress import bars

_QUESTIONS = (
    "How can I end the agreement?",
    "Which law applies?",
    "Is my personal data passed on to others?",
)


def main(most: int | None = None) -> None:
    if not TRAIN_ARCHIVE.is_file():
        print(f"left out: there is no {TRAIN_ARCHIVE}")
        return
    with tempfile.TemporaryDirectory() as scratch:
        print("\n".join(ask_every_document(Path(scratch), most)))


def ask_every_document(scratch: Path, most: int | None = None) -> Sequence[str]:
    """Adds the archive's documents, evenly spread where `most` is given; lines that say what came
    of it, the last one how many questions failed."""
    with tarfile.open(TRAIN_ARCHIVE) as archive:
        files = [each for each in archive.getmembers() if each.name.endswith(".md")]
        chosen = files[:: max(1, len(files) // most)] if most else files
        archive.extractall(scratch / "documents", chosen, filter="data")
    assistant = Assistant.load(scratch / "index")
    results = assistant.add([scratch / "documents"], progress=bars)
    rejected = [result.reason for result in results if result.reason]
    faults = [
        f"{each.name}: {each.detail}" for each in examine_index(scratch / "index") if not each.ok
    ]
    failed = []
    asked = unread = 0
    with bars("asking", len(results), "policy") as bar:
        for entry in assistant.policies():
            for question in _QUESTIONS:
                asked += 1
                try:
                    answer = assistant.ask(question, policies=[entry.id], generate=False)
                    unread += len(answer.receipt.unread)
                except PolicyAssistantError as error:
                    failed.append(f"{entry.id}: {error}")
            bar.update(1)
    clauses = sum(entry.clauses for entry in assistant.policies())
    return [
        f"{len(results)} documents, {clauses} clauses; rejected: {rejected or 'none'}",
        f"doctor finds: {faults or 'nothing'}",
        *failed[:20],
        f"{len(failed)} of {asked} questions failed, {unread} clauses were left out as damaged",
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else None)
