"""What others build upon: names, signatures, fields, commands, and what an import costs."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import assistant
from assistant import (
    Answer,
    Assistant,
    Cell,
    Change,
    Clause,
    Coverage,
    ExportedQuote,
    Hit,
    Piece,
    Policy,
    PolicyDiff,
    PolicyVersion,
    QuestionChange,
    Quote,
    Resolution,
    Sentence,
    StanceRow,
    Support,
    Topic,
)
from tests.assistant.samples import corpus_folder

ROOT = Path(__file__).parents[1]
COMMANDS = (
    "add remove list ask search cite diff verify chat forget feedback doctor eval compare coverage "
    "export"
).split()
HEAVY = {
    "torch",
    "transformers",
    "sentence_transformers",
    "gradio",
    "faiss",
    "matplotlib",
    "sklearn",
    "pypdfium2",
    "pydantic",
}

PUBLIC = """
    AddResult AddStatus Answer AnswerFormatError Assistant Cell Change ChangeKind Citation
    CitationError Clause Coverage DatedBy Event EventKind ExportedQuote Hit IndexBusyError
    IndexDamagedError IndexDiskError IndexMismatchError IndexMissingError LoadError ModelError Part
    Piece Policy PolicyAssistantError PolicyDiff PolicyEntry PolicyVersion QuestionChange
    QuestionError Quote Receipt Rejected Resolution Sentence Settings Stance StanceRow Status
    Stream Support Topic
    UnknownPolicyError Verdict ask check_support default_index_path exported_quotes
    format_citation lookup parse_citation read_topics
""".split()

FIELDS: dict[type, str] = {
    Policy: "id title source media_type text version effective_date",
    Clause: "id policy_id version number heading_path start end page",
    Hit: "clause score rank",
    Quote: "citation_id policy_id version clause_id start end exact prefix suffix",
    Sentence: "text citations",
    Answer: "question verdict confidence text sentences quotes hits rejected receipt",
    Support: "supported score reasons",
    Resolution: "status quote policy clause current score nearest differences held others under",
    PolicyVersion: "policy_id version title date dated_by added_at clauses newest",
    PolicyDiff: "policy_id old new changes unchanged",
    Change: "kind old new clause words score",
    Piece: "part text",
    Topic: "name questions words",
    Cell: "question quote confidence",
    Coverage: "topics policies cells",
    StanceRow: "policy_id version provider stance quote confidence",
    QuestionChange: "before now old new resolutions added",
    ExportedQuote: "policy_id version start end exact prefix suffix",
}

ASKING = "question, *, policies=None, history=(), generate=True, as_of=None"


def parameters(function: Any) -> str:
    """The parameters as DESIGN.md writes them: without annotations and without self."""
    signature = inspect.signature(function)
    bare = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
        if parameter.name != "self"
    ]
    text = str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))
    return text[1:-1]


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT
    )


def test_public_names() -> None:
    assert assistant.__all__ == PUBLIC
    assert [name for name in PUBLIC if not hasattr(assistant, name)] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_public_names_are_described(name: str) -> None:
    assert inspect.getdoc(getattr(assistant, name))


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (Assistant.load, "index_path=None, settings=None"),
        (Assistant.ask, ASKING),
        (Assistant.stream, ASKING),
        (Assistant.search, "question, *, policies=None, k=8, as_of=None"),
        (Assistant.search_sentences, "question, *, policies=None, k=8, as_of=None"),
        (Assistant.lookup, "citation_id"),
        (Assistant.lookup_exported, "quote"),
        (Assistant.versions, "policy_id"),
        (Assistant.changes, "question, since, *, policies=None"),
        (Assistant.compare, "question, policies=None, *, progress=None"),
        (Assistant.coverage, "topics=None, policies=None, *, progress=None"),
        (Assistant.diff, "policy_id, old=None, new=None"),
        (assistant.exported_quotes, "data"),
        (assistant.ask, ASKING),
        (assistant.lookup, "citation_id"),
        (assistant.check_support, "sentence, quotes, threshold=0.83, *, company=''"),
        (Answer.to_dict, ""),
        (Answer.from_dict, "data"),
    ],
)
def test_signatures(function: Any, expected: str) -> None:
    assert parameters(function) == expected


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_values_are_frozen_and_slotted(kind: Any) -> None:
    assert [field.name for field in dataclasses.fields(kind)] == FIELDS[kind].split()
    assert kind.__dataclass_params__.frozen
    assert kind.__slots__ == tuple(FIELDS[kind].split())


def test_help_names_every_command() -> None:
    text = run("from ui.cli.main import main; main(['--help'])").stdout
    listed = [line.split()[0] for line in text.splitlines() if line.startswith("    ")]
    assert [name for name in listed if name.isalpha()] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_names_the_command(command: str) -> None:
    assert f"policy-assistant {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


LOADED = f"import sys; print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
COMMAND = f"""
import sys
from ui.cli.main import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
{LOADED}
sys.exit(code)
"""


def test_importing_is_light() -> None:
    done = run(f"import assistant, assistant.doors\n{LOADED}")
    assert (done.stdout, done.stderr, done.returncode) == ("", "[]\n", 0)


def test_help_is_light() -> None:
    done = run(COMMAND, "--help")
    assert (done.stderr, done.returncode) == ("[]\n", 0)


@pytest.mark.parametrize("command", ["list", "cite"])
def test_looking_up_is_light(command: str) -> None:
    index = ["--index", str(corpus_folder())]
    version = Assistant.load(corpus_folder()).policies()[0].version
    given = [f"cpw@{version}:5-10"] if command == "cite" else []
    done = run(COMMAND, command, *index, *given)
    assert (done.stderr, done.returncode) == ("[]\n", 0)
    assert "cpw" in done.stdout
