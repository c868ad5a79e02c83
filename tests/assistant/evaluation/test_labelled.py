from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant import LoadError, Policy
from assistant.evaluation.labelled import LabelledSet, Question
from assistant.evaluation.spans import PolicySpan
from index.documents.loader import make_policy, read_document
from tests.assistant.evaluation.samples import labelled_line, write_set

LOGS = "We keep logs."


def piece(start: int, quote: str = LOGS, policy: str = "acme") -> dict[str, Any]:
    return {"policy": policy, "start": start, "end": start + len(quote), "quote": quote}


def placed(folder: Path) -> list[Question]:
    """The questions of a set about its documents, each under its file stem as id."""
    labelled = LabelledSet.load(folder)
    policies: dict[str, Policy] = {
        path.stem: make_policy(read_document(path, path.read_bytes()), path.stem, path)
        for path in labelled.documents
    }
    return labelled.questions(policies)


def test_a_set(tmp_path: Path) -> None:
    documents = {"acme.txt": f"Acme\n\n{LOGS}", "b.md": "We keep nothing."}
    lines = [
        labelled_line("Are logs kept? ", evidence=[piece(6)], policies=["acme"]),
        labelled_line("Is it\u2028sold?", policies=["b", "acme"]),
    ]
    folder = write_set(tmp_path / "acme-set", documents, lines)
    labelled = LabelledSet.load(folder)
    assert labelled.name == "acme-set"
    assert [path.name for path in labelled.documents] == ["acme.txt", "b.md"]
    assert placed(folder) == [
        Question("Are logs kept?", ("acme",), True, (PolicySpan("acme", 6, 19),), (), None, "acme"),
        Question("Is it\u2028sold?", ("b", "acme"), False, (), (), None, "b"),
    ]


def test_a_question_of_no_policy_counts_with_that_of_its_evidence(tmp_path: Path) -> None:
    folder = write_set(
        tmp_path / "set", {"acme.txt": LOGS}, [labelled_line(evidence=[piece(0)]), labelled_line()]
    )
    assert [(question.policies, question.about) for question in placed(folder)] == [
        ((), "acme"),
        ((), ""),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("acme.md", f"---\ntitle: Acme\n---\n{LOGS} Yes. {LOGS}"),
        ("acme.txt", f"Acme\r\n\r\n{LOGS} Yes. {LOGS}"),
        ("acme.txt", f"Cafe\u0301\n\n{LOGS} Yes. {LOGS}"),
        ("acme.txt", "Acme\n\nWe  keep\nlogs. Yes. We keep\nlogs."),
    ],
    ids=["front matter", "newlines", "composed letters", "blanks"],
)
def test_evidence_is_found_where_the_canonical_text_holds_it(
    tmp_path: Path, name: str, text: str
) -> None:
    offsets = [match.start() for match in re.finditer("We", text)]
    lines = [labelled_line(evidence=[piece(offset)]) for offset in offsets]
    first, second = placed(write_set(tmp_path / "set", {name: text}, lines))
    policy = make_policy(read_document(Path(name), text.encode()), "acme", Path(name))
    (one,), (two,) = first.evidence, second.evidence
    for span in (one, two):
        assert policy.text[span.start : span.end].split() == LOGS.split()
    assert one.start < policy.text.index("Yes") < two.start


def test_overlapping_evidence_is_one_piece(tmp_path: Path) -> None:
    lines = [labelled_line(evidence=[piece(8, "logs."), piece(0, "We keep logs")])]
    (asked,) = placed(write_set(tmp_path / "set", {"acme.txt": LOGS}, lines))
    assert asked.evidence == (PolicySpan("acme", 0, 13),)


def test_lost_evidence_is_counted(tmp_path: Path) -> None:
    lines = [labelled_line(evidence=[piece(0), piece(0, "Nobody asked."), piece(50, "Not it.")])]
    (asked,) = placed(write_set(tmp_path / "set", {"acme.txt": LOGS}, lines))
    assert asked.evidence == (PolicySpan("acme", 0, 13),)
    assert asked.lost == (13, 7)


def test_segments_move_with_the_text(tmp_path: Path) -> None:
    text = f"---\ntitle: Acme\n---\n{LOGS} Yes."
    start = text.index(LOGS)
    segments = [[start, start + 13], [start + 14, len(text)]]
    lines = [
        labelled_line(evidence=[piece(start)], segments=segments),
        labelled_line(evidence=[piece(start)], segments=[]),
        labelled_line(evidence=[piece(start)]),
        labelled_line(policies=["acme"], segments=segments),
    ]
    asked = placed(write_set(tmp_path / "set", {"acme.md": text}, lines))
    both = (PolicySpan("acme", 0, 13), PolicySpan("acme", 14, 18))
    assert [question.segments for question in asked] == [both, (), None, both]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("{", "Expecting property name"),
        (100_000 * "[", "maximum recursion depth"),
        ("[]", "it should be an object, not []"),
        (labelled_line(answerable=1), "answerable should be a valid boolean, not 1"),
        (labelled_line(question=""), "the question is empty"),
        (labelled_line(question=None), "question should be a valid string, not None"),
        (labelled_line(policies="acme"), "policies should be a valid array, not 'acme'"),
        (labelled_line(policies=["other"]), "policies/ holds no document called 'other'"),
        (labelled_line(answerable=True), "it is answerable, but has no evidence"),
        (labelled_line(evidence=["acme"]), "evidence[0] should be an object, not 'acme'"),
        (labelled_line(evidence=[piece(0, policy="x")]), "policies/ holds no document called 'x'"),
        (
            labelled_line(evidence=[piece(0) | {"start": True}]),
            "evidence[0].start should be a valid integer, not True",
        ),
        (labelled_line(evidence=[piece(0, " ")]), "evidence[0]: the quote is blank"),
        (labelled_line(segments=[[1]]), "segments[0][1] is missing"),
        (labelled_line(segments=None), "segments should be a valid array, not None"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_line_that_cannot_be_read(tmp_path: Path, bad: Any, message: str) -> None:
    folder = write_set(tmp_path / "set", {"acme.txt": LOGS}, [labelled_line()])
    file = folder / "questions.jsonl"
    text = bad if isinstance(bad, str) else json.dumps(bad)
    file.write_text(f"{json.dumps(labelled_line())}\n\n{text}\n", encoding="utf-8")
    with pytest.raises(LoadError) as raised:
        LabelledSet.load(folder)
    assert str(raised.value).startswith(f"{str(file)!r}, line 3: {message}")
    assert str(raised.value).endswith("with question, policies, answerable, evidence")


def test_unanswerable_questions_need_no_evidence_and_use_none(tmp_path: Path) -> None:
    lines = [labelled_line(answerable=False, evidence=[piece(0)])]
    (asked,) = placed(write_set(tmp_path / "set", {"acme.txt": LOGS}, lines))
    assert (asked.answerable, asked.evidence, asked.lost) == (False, (), ())


def test_folders_that_are_not_a_set(tmp_path: Path) -> None:
    empty = write_set(tmp_path / "empty", {"acme.txt": LOGS}, [])
    for folder in (
        tmp_path,
        tmp_path / "none",
        write_set(tmp_path / "bare", {}, [labelled_line()]),
    ):
        with pytest.raises(LoadError, match="is not a labelled set: it needs policies/"):
            LabelledSet.load(folder)
    with pytest.raises(LoadError, match="holds no question: give one object per line"):
        LabelledSet.load(empty)
    (empty / "questions.jsonl").write_bytes(b"\xff")
    with pytest.raises(LoadError, match=r"is not UTF-8 .*: save it as UTF-8"):
        LabelledSet.load(empty)


def test_two_documents_of_one_name(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", {"acme.txt": LOGS, "acme.md": LOGS}, [labelled_line()])
    with pytest.raises(LoadError, match="holds 2 documents called 'acme': rename all but one"):
        LabelledSet.load(folder)
