"""What `--help` shows of a command, and how a function becomes one."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from assistant import QuestionError
from assistant.doors import DEFAULT_LIMITS
from assistant.settings import INDEX_VARIABLE, KEY_VARIABLE
from tests.test_layout import COMMANDS
from ui.access.listening import PASSWORD_VARIABLE
from ui.cli import main as program
from ui.cli.command import command
from ui.cli.main import main
from ui.export import CHAT_ADDRESS


def help_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_examples_can_be_typed(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = help_of(capsys, *filter(None, [name]))
    head, _, examples = shown.partition("\nexamples:\n")
    assert head.startswith(f"usage: policy-assistant {name}".rstrip())
    lines = [line.removeprefix("  policy-assistant ") for line in examples.splitlines()]
    assert lines
    root = get_command(program._program)
    for line in lines:
        *_, typed = line.split("| policy-assistant ")  # what is typed last
        words = shlex.split(typed.partition(" > ")[0])
        if "--help" in words:
            continue
        assert words[0] == name or not name
        with root.make_context("policy-assistant", words) as context:
            found = root.get_command(context, words[0])  # type: ignore[attr-defined]
            found.make_context(words[0], words[1:], parent=context)


def test_help_is_plain_text_of_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("FORCE_COLOR", "1")
    for name in COMMANDS:
        shown = help_of(capsys, name)
        assert shown.isascii()
        assert "\x1b" not in shown
        assert all(len(line) <= 80 for line in shown.partition("\nexamples:\n")[0].splitlines())


def test_help_states_what_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    def shown(name: str) -> str:
        return " ".join(help_of(capsys, name).split())

    limits = ", ".join(f"{name}={value:g}" for name, value in asdict(DEFAULT_LIMITS).items())
    assert f"default: {limits})" in shown("add")
    assert f"${INDEX_VARIABLE}" in shown("list")
    assert f"${KEY_VARIABLE}" in shown("ask")
    assert f"${PASSWORD_VARIABLE}" in shown("chat")
    assert f"[default: {CHAT_ADDRESS}]" in shown("export")


@dataclass(frozen=True)
class Group:
    loud: Annotated[bool, typer.Option("--loud")] = False
    times: Annotated[int, typer.Option("--times", metavar="N")] = 1


def test_a_dataclass_stands_for_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    seen = []

    @command(app, "say", "say hello")
    def say(word: Annotated[str, typer.Argument(metavar="WORD", help="any")], group: Group) -> int:
        """Say a word."""
        seen.append((word, group))
        if group.times > 2:
            raise QuestionError("too\noften")
        return 7

    said = get_command(app)
    assert said.main(["hello", "--loud"], standalone_mode=False) == 7
    assert said.main(["--times", "3", "hello"], standalone_mode=False) == 1
    assert seen == [("hello", Group(loud=True)), ("hello", Group(times=3))]
    assert capsys.readouterr().err == "policy-assistant: too often\n"
