"""The commands that answer a question, or look for what does: `ask` and `search`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import arguments
from ui.cli.command import command
from ui.cli.options import ResultOptions, SearchOptions, WritingOptions
from ui.cli.printing import DONE, print_json
from ui.text.terminal import wants_colour

if TYPE_CHECKING:
    from assistant import Assistant

app = typer.Typer()

Question = Annotated[str, typer.Argument(metavar="QUESTION", help="a question, in quotation marks")]


@command(
    app,
    "ask",
    'ask "How long are invoices kept?"',
    'ask "Are logs kept?" --policy acme --as-of 2024-01-01 --quotes-only',
    'ask "Who sees my data?" --since 2024-01-01',
    'ask "Who sees my data?" --server http://localhost:11434/v1 --model qwen3:4b',
)
def ask(
    question: Question,
    search: SearchOptions,
    writing: WritingOptions,
    result: ResultOptions,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            parser=arguments.nonempty,
            help="say what has changed for the question since that date",
        ),
    ] = None,
    quotes_only: Annotated[
        bool, typer.Option("--quotes-only", help="use no language model")
    ] = False,
) -> int:
    """Answer a question with quotes from the policies."""
    from assistant import PolicyAssistantError
    from ui.text.asked_text import answer_for_terminal

    assistant = result.open(writing)
    if since:
        if search.as_of:
            raise PolicyAssistantError(
                "--since compares with the newest versions: leave out --as-of"
            )
        return _print_changes(assistant, question, since, search, result)
    answer = assistant.ask(
        question, policies=search.policies, generate=not quotes_only, as_of=search.as_of
    )
    if result.json:
        print_json(answer.to_dict())
    else:
        print(answer_for_terminal(answer, assistant))
    return DONE


def _print_changes(
    assistant: Assistant, question: str, since: str, search: SearchOptions, result: ResultOptions
) -> int:
    from ui.text.changes_text import since_text

    changes = assistant.changes(question, since, policies=search.policies)
    if result.json:
        print_json([change.to_dict() for change in changes])
    else:
        print(since_text(changes, since, wants_colour(sys.stdout)))
    return DONE


@command(
    app,
    "search",
    'search "data retention"',
    'search "data retention" -k 3 --policy acme --json',
)
def search(
    question: Question,
    search: SearchOptions,
    result: ResultOptions,
    k: Annotated[
        int, typer.Option("-k", metavar="N", parser=arguments.positive, help="how many clauses")
    ] = 8,
) -> int:
    """List the clauses that matter to a question, best first."""
    from ui.text.asked_text import hits_text

    assistant = result.open()
    hits = assistant.search(question, policies=search.policies, k=k, as_of=search.as_of)
    if result.json:
        print_json([asdict(hit) for hit in hits])
    else:
        print(hits_text(hits, assistant))
    return DONE
