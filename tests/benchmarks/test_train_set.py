from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.labelled import LabelledSet
from benchmarks.train_set import write_train_set

TERMS = "---\ntitle: Acme\n---\nYou must not:\n\n* copy\r\n* sell\n"


def archived(folder: Path, documents: dict[str, bytes]) -> Path:
    path = folder / "terms.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        for name, data in documents.items():
            member = tarfile.TarInfo(f"terms/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def item(document: str, *quotes: str) -> dict[str, Any]:
    starts = [(TERMS.index(quote), quote) for quote in quotes]
    return {
        "id": "b0-1",
        "doc": document,
        "question": "May I sell it?",
        "kind": "yesno",
        "answerable": bool(quotes),
        "evidence": [{"start": at, "end": at + len(text), "quote": text} for at, text in starts],
        "answer": "No.",
        "near": [],
    }


def written(folder: Path, items: list[dict[str, Any]], documents: list[str]) -> Path:
    questions = folder / "questions_train.jsonl"
    questions.write_text("\n".join(json.dumps(each) for each in items), encoding="utf-8")
    archive = archived(folder, {name: TERMS.encode() for name in documents})
    write_train_set(folder / "set", questions, archive)
    return folder / "set"


def test_a_set_is_written(tmp_path: Path) -> None:
    terms = "contrib/Acme Inc. Shop/Terms of Service.md"
    items = [item(terms, "You must not:", "* sell"), item(terms, "You must not:"), item(terms)]
    folder = written(tmp_path, items, [terms, "contrib/Other/Terms of Service.md"])
    stem = "Acme Inc. Shop Terms of Service"
    assert [path.name for path in (folder / "policies").iterdir()] == [f"{stem}.md"]
    assert (folder / "policies" / f"{stem}.md").read_bytes() == TERMS.encode()
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert {tuple(each["policies"]) for each in found} == {(stem,)}
    assert [[piece["quote"] for piece in each["evidence"]] for each in found] == [
        ["* sell"],
        ["You must not:"],
        [],
    ]
    assert found[0]["evidence"][0] == {"policy": stem, "start": 43, "end": 49, "quote": "* sell"}
    assert len(LabelledSet.load(folder).documents) == 1


def test_two_documents_of_one_name(tmp_path: Path) -> None:
    documents = ["contrib/Acme/Terms.md", "pga/Acme/Terms.md"]
    with pytest.raises(ValueError, match="two documents would get the same name"):
        written(tmp_path, [item(each) for each in documents], documents)
