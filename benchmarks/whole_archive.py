"""Adds every document of an archive, and asks each three questions: nothing may fail.

    python -m benchmarks.whole_archive [MOST]

Ordinary documents by the hundred contain what nobody thinks of: rules, links without text, marks.
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
_MOST_SHOWN = 20  # questions that failed


def main(most: int | None = None) -> None:
    if not TRAIN_ARCHIVE.is_file():
        print(f"left out: there is no {TRAIN_ARCHIVE}")
        return
    with tempfile.TemporaryDirectory() as scratch:
        extract(Path(scratch) / "documents", most)
        print("\n".join(ask_every_document(Path(scratch) / "documents", Path(scratch) / "index")))


def extract(folder: Path, most: int | None = None, largest: int | None = None) -> None:
    """Extracts the archive's documents: those of up to `largest` bytes, and about `most` of them,
    evenly spread."""
    with tarfile.open(TRAIN_ARCHIVE) as archive:
        files = [
            member
            for member in archive.getmembers()
            if member.name.endswith(".md") and (largest is None or member.size <= largest)
        ]
        archive.extractall(
            folder, files[:: max(1, len(files) // (most or len(files)))], filter="data"
        )


def ask_every_document(documents: Path, index: Path) -> Sequence[str]:
    """Adds the documents and asks them. Returns the report, whose last line counts failures."""
    assistant = Assistant.load(index)
    results = assistant.add([documents], progress=bars)
    rejected = [result.reason for result in results if result.reason]
    faults = [f"{check.name}: {check.detail}" for check in examine_index(index) if not check.ok]
    failures = []
    asked = unread = 0
    policies = assistant.policies()
    with bars("asking", len(policies), "policy") as bar:
        for entry in policies:
            for question in _QUESTIONS:
                asked += 1
                try:
                    answer = assistant.ask(question, policies=[entry.id], generate=False)
                    unread += len(answer.receipt.unread)
                except PolicyAssistantError as error:
                    failures.append(f"{entry.id}: {error}")
            bar.update(1)
    clauses = sum(entry.clauses for entry in policies)
    return [
        f"{len(results)} documents, {clauses} clauses; rejected: {rejected or 'none'}",
        f"doctor finds: {faults or 'nothing'}",
        *failures[:_MOST_SHOWN],
        f"{len(failures)} of {asked} questions failed, {unread} clauses were left out as damaged",
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else None)
