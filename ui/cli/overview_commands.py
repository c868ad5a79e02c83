"""The commands that set policies side by side, and the one that writes an answer into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli import arguments
from ui.cli.command import command
from ui.cli.options import ResultOptions
from ui.cli.printing import DONE, print_json, read_json

app = typer.Typer()

Policies = Annotated[
    list[str] | None, typer.Argument(metavar="POLICY", help="these policies only (default: all)")
]


@command(
    app,
    "compare",
    'compare "Do you sell my data?"',
    'compare "Are logs kept?" acme introplex --json',
)
def compare(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="a question, in quotation marks")
    ],
    result: ResultOptions,
    policies: Policies = None,
) -> int:
    """Show what each policy says to a question, a row each."""
    from ui.cli.progress import bars
    from ui.text.overview_text import stances_text

    rows = result.open().compare(question, policies, progress=bars)
    if result.json:
        print_json([row.to_dict() for row in rows])
    else:
        print(stances_text(rows))
    return DONE


@command(
    app,
    "coverage",
    "coverage",
    "coverage acme introplex --topics topics.toml --html grid.html",
)
def coverage(
    result: ResultOptions,
    policies: Policies = None,
    topics: Annotated[
        Path | None,
        typer.Option(
            "--topics",
            metavar="FILE.toml",
            parser=arguments.path,
            help="your own topics (default: thirteen usual ones)",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE.html", parser=arguments.path, help="write a page as well"
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--png", metavar="FILE.png", parser=arguments.path, help="draw a picture as well"
        ),
    ] = None,
) -> int:
    """Show a grid of policies by topics, with what they state."""
    from assistant import read_topics
    from ui.cli.progress import bars
    from ui.text.overview_text import coverage_text

    asked = read_topics(topics) if topics else None
    grid = result.open().coverage(asked, policies, progress=bars)
    if html:
        from ui.export import coverage_html

        html.write_text(coverage_html(grid), encoding="utf-8")
    if picture:
        from assistant.overview.charts import draw_coverage

        draw_coverage(grid, picture)
    if result.json:
        print_json(grid.to_dict())
    else:
        print(coverage_text(grid))
    return DONE


@command(
    app,
    "export",
    "export answer.json > answer.md",
    "export answer.json --as html > answer.html",
)
def export(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="ANSWER.json",
            parser=arguments.path,
            help="a file that 'ask --json' has written (- for standard input)",
        ),
    ],
    result: ResultOptions,
    form: Annotated[
        arguments.Form,
        typer.Option("--as", metavar="FORM", parser=arguments.form, help="markdown, html or json"),
    ] = "markdown",
    chat: Annotated[
        str,
        typer.Option(
            "--chat",
            metavar="URL",
            parser=arguments.nonempty,
            help="where the chat page runs, for the links into it",
        ),
    ] = "http://127.0.0.1:7860",
) -> int:
    """Write a saved answer ('ask --json') as Markdown or HTML."""
    from assistant import Answer
    from ui.export import answer_in_form

    assistant = result.open()
    answer = Answer.from_dict(read_json(file))
    if result.json or form == "json":
        print_json(answer.to_dict())
    else:
        print(answer_in_form(answer, assistant, form, chat), end="")
    return DONE
