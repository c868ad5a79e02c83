"""questions_train and its documents, as a labelled set that `policy-assistant eval` reads.

python -m benchmarks.train_set FOLDER
"""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path
from typing import Any

from benchmarks.data import TRAIN_ARCHIVE, TRAIN_QUESTIONS


def write_train_set(
    folder: Path, questions: Path = TRAIN_QUESTIONS, archive: Path = TRAIN_ARCHIVE
) -> None:
    """Writes `policies/` and `questions.jsonl` into a folder, made if it is not there.

    The documents are copied byte by byte, so that the offsets hold as they are; each is named
    after its service. A question is asked of its own document. Of evidence in several pieces,
    those that lead in to a list (and end in a colon) are left out: they do not answer.
    """
    lines = questions.read_text(encoding="utf-8").split("\n")
    items = [json.loads(line) for line in lines if line.strip()]
    stems = {item["doc"]: _stem(item["doc"]) for item in items}
    if len(set(stems.values())) < len(stems):
        raise ValueError("two documents would get the same name: tell them apart in _stem")
    (folder / "policies").mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as documents:
        for document, stem in stems.items():
            member = documents.extractfile(f"terms/{document}")
            assert member is not None  # a folder, which no question is about
            (folder / "policies" / f"{stem}.md").write_bytes(member.read())
    converted = [json.dumps(_converted(item, stems[item["doc"]])) for item in items]
    (folder / "questions.jsonl").write_text("\n".join(converted) + "\n", encoding="utf-8")


def _stem(document: str) -> str:
    _, service, name = Path(document).with_suffix("").parts
    return f"{service} {name}"


def _converted(item: dict[str, Any], stem: str) -> dict[str, Any]:
    pieces = [each for each in item["evidence"] if not each["quote"].rstrip(" \n*_").endswith(":")]
    return {
        "id": item["id"],
        "question": item["question"],
        "policies": [stem],
        "answerable": item["answerable"],
        "evidence": [{"policy": stem, **each} for each in pieces or item["evidence"]],
    }


if __name__ == "__main__":
    write_train_set(Path(sys.argv[1]))
