from __future__ import annotations

import json
from collections import Counter

import pytest

from assistant import Status
from benchmarks.data import HISTORY, RESOLUTION_LABELS
from benchmarks.parts.durability import OldSentence, history, labelled, oracle, sentences
from index.documents.markdown import read_markdown


def test_the_labels_hold_no_text() -> None:
    labels = json.loads(RESOLUTION_LABELS.read_text("utf-8"))
    assert len(labels) == 60
    assert {tuple(label) for label in labels} == {("file", "start", "end", "sha256", "label")}
    assert Counter(label["label"] for label in labels) == {"changed": 45, "gone": 15}
    assert {len(label["sha256"]) for label in labels} == {64}


@pytest.mark.parametrize(
    ("text", "exact", "expected"),
    [
        ("We keep logs. Or not.", "We keep logs.", Status.INTACT),
        ("Well. We keep logs.", "We keep logs.", Status.MOVED),
        ("Nobody reads them.", "Nobody reads them.", Status.MOVED),
        ("So share all data here.", "share all data here.", None),
        ("We keep cats.", "We keep cats.", None),
    ],
)
def test_the_oracle(text: str, exact: str, expected: Status | None) -> None:
    newest = read_markdown(b"We keep logs. We share all data here.\n\nNobody reads them.\n", "a.md")
    start = text.index(exact)
    cited = OldSentence("a.md", "a", text, start, start + len(exact))
    assert oracle(newest, cited) is expected


def test_the_labels_fit_the_history() -> None:
    if not HISTORY.is_dir():
        pytest.skip(f"there is no {HISTORY}: the labels name sentences of its files")
    versions = {folder.name: history(folder) for folder in sorted(HISTORY.iterdir())}
    found = labelled(versions)
    newest = {policy: list(files.values())[-1] for policy, files in versions.items()}
    assert {oracle(newest[each.policy], each) for each, _ in found} == {None}
    assert all(
        each in set(sentences(each.policy, each.file, versions[each.policy][each.file]))
        for each, _ in found[:3]
    )
