"""What the product quotes for each training question, asked of its own document."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant import Assistant
from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS
from index.text.markup import plain


@dataclass(frozen=True, slots=True)
class Quoted:
    """A training question with the product's quotes as the writer sees them, best first.

    `holds` says of each quote whether it overlaps labelled evidence.
    """

    id: str
    document: str
    provider: str
    question: str
    answerable: bool
    quotes: tuple[str, ...]
    holds: tuple[bool, ...]


def read_quoted(file: Path) -> list[Quoted]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [
        Quoted(**{**each, "quotes": tuple(each["quotes"]), "holds": tuple(each["holds"])})
        for each in map(json.loads, lines)
    ]


def write_quoted(work: Path, file: Path, report: Callable[[str], None]) -> None:
    """Indexes the documents asked about in `work`, and asks each question extractively."""
    questions = [json.loads(line) for line in TRAIN_QUESTIONS.read_text("utf-8").splitlines()]
    names = sorted({each["doc"] for each in questions})
    assistant = Assistant.load(work / "index")
    paths = _extracted(names, work / "documents")
    results = assistant.add([str(path) for path in paths.values()])
    ids = {str(each.path): each.policy_id for each in results}
    entries = {entry.id: entry for entry in assistant.policies()}
    with file.open("w", encoding="utf-8") as out:
        for number, each in enumerate(questions, start=1):
            policy = entries.get(ids[str(paths[each["doc"]])] or "")
            if policy is None:
                continue  # the loader rejected the document
            answer = assistant.ask(each["question"], policies=[policy.id], generate=False)
            golden = [_squeezed(piece["quote"]) for piece in each["evidence"]]
            quotes = [quote.exact for quote in answer.quotes]
            quoted = Quoted(
                each["id"],
                each["doc"],
                paths[each["doc"]].parent.name,
                each["question"],
                each["answerable"],
                tuple(plain(quote, "text/markdown") for quote in quotes),
                tuple(any(_same(_squeezed(quote), piece) for piece in golden) for quote in quotes),
            )
            out.write(json.dumps(asdict(quoted), ensure_ascii=False) + "\n")
            if number % 100 == 0:
                report(f"asked {number} of {len(questions)}")


def _extracted(names: list[str], folder: Path) -> dict[str, Path]:
    paths = {name: folder / name for name in names}
    with tarfile.open(TRAIN_ARCHIVE) as archive:
        for name, path in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            file = archive.extractfile(f"terms/{name}")
            assert file is not None
            path.write_bytes(file.read())
    return paths


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _same(quote: str, piece: str) -> bool:
    return piece in quote or quote in piece
