"""The commands that hold words against the index: `cite`, `diff` and `verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import arguments
from ui.cli.command import command
from ui.cli.options import ResultOptions, WritingOptions
from ui.cli.printing import DONE, FAILED, failed, print_json, read_json
from ui.text.counted import counted
from ui.text.inert import inert
from ui.text.terminal import wants_colour

if TYPE_CHECKING:
    from assistant import Resolution

app = typer.Typer()


@command(
    app,
    "cite",
    "cite introplex@0f35a9ebd620:2733-2896",
    "cite answer.json",
    'ask "Are logs kept?" --json | policy-assistant cite -',
)
def cite(
    cited: Annotated[
        str,
        typer.Argument(
            metavar="CITATION_ID|FILE.json|-",
            help="a citation id, or a file (- for standard input) with an exported answer or quote",
        ),
    ],
    result: ResultOptions,
) -> int:
    """Look up a citation: does the newest version still say it?"""
    from assistant import CitationError, exported_quotes

    assistant = result.open()
    file = Path(cited)
    if cited != "-" and file.suffix != ".json":
        _print_resolution(assistant.lookup(cited), result)
        return DONE
    status = DONE
    for quote in exported_quotes(read_json(file)):
        try:
            _print_resolution(assistant.lookup_exported(quote), result)
        except CitationError as error:  # the other quotes can be looked up all the same
            status = failed(str(error))
    return status


def _print_resolution(resolution: Resolution, result: ResultOptions) -> None:
    from ui.text.citation_text import resolution_text

    if result.json:
        print_json(resolution.to_dict())
    else:
        print(resolution_text(resolution, wants_colour(sys.stdout)))


@command(app, "diff", "diff acme", "diff acme 2023-01-01 2024-01-01")
def diff(
    policy_id: Annotated[
        str, typer.Argument(metavar="POLICY", help="the policy, as 'list' names it")
    ],
    result: ResultOptions,
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            parser=arguments.nonempty,
            help="a version or date (default: the one before NEW)",
        ),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW",
            parser=arguments.nonempty,
            help="a version or date (default: the newest)",
        ),
    ] = None,
) -> int:
    """Show what has changed between two versions of a policy."""
    from ui.text.diff_text import diff_text

    compared = result.open().diff(policy_id, old, new)
    if result.json:
        print_json(compared.to_dict())
    else:
        print(diff_text(compared, wants_colour(sys.stdout)))
    return DONE


@command(app, "verify", "verify answer.json")
def verify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="ANSWER.json",
            parser=arguments.path,
            help="a file that 'ask --json' has written (- for standard input)",
        ),
    ],
    writing: WritingOptions,
    result: ResultOptions,
) -> int:
    """Check a saved answer ('ask --json') again."""
    from assistant import Answer

    data = read_json(file)
    answer = Answer.from_dict(data)
    assistant = result.open(writing)
    problems = assistant.verify(answer)
    if not problems and answer.to_dict() != data:
        problems = ["the file says the same thing more than once, and not the same each time"]
    changed = [] if problems else assistant.differences(answer)
    if result.json:
        print_json({"holds": not problems, "problems": problems, "changed": changed})
    else:
        for problem in problems:
            print(inert(problem), file=sys.stderr)
        if not problems:
            quotes = counted(len(answer.quotes), "quote")
            print(f"holds: {quotes}, {counted(len(answer.sentences), 'sentence')}")
        for change in changed:
            print(f"changed since: {inert(change)}")
    return FAILED if problems else DONE
