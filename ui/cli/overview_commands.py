"""The commands that set policies side by side, or write an answer into a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from assistant import Answer, Assistant, read_topics
from ui.cli import arguments
from ui.cli.printing import DONE, Command, Open, print_json, read_json
from ui.text.overview_text import coverage_text, stances_text


def register(command: Command, result: argparse.ArgumentParser, open_index: Open) -> None:
    """Adds `compare`, `coverage` and `export`; `result` holds what all commands take."""

    def run(what: Callable[[argparse.Namespace, Assistant], int]) -> Any:
        return lambda options: what(options, open_index(options))

    compare = command(
        "compare", run(_compare), [result], "what each policy says to a question, a row each"
    )
    compare.add_argument("question", metavar="QUESTION")
    compare.add_argument("policies", nargs="*", metavar="POLICY", help="(default: all)")
    coverage = command(
        "coverage", run(_coverage), [result], "a grid of policies by topics, with what they state"
    )
    coverage.add_argument("policies", nargs="*", metavar="POLICY", help="(default: all)")
    coverage.add_argument(
        "--topics", type=arguments.path, metavar="FILE.toml", help="(default: thirteen usual ones)"
    )
    coverage.add_argument(
        "--html", type=arguments.path, metavar="FILE.html", help="write a page, too"
    )
    coverage.add_argument(
        "--png", type=arguments.path, metavar="FILE.png", help="draw a picture, too"
    )
    export = command(
        "export", run(_export), [result], "a saved answer ('ask --json') as Markdown or HTML"
    )
    export.add_argument("answer", metavar="ANSWER.json", type=arguments.path)
    export.add_argument(
        "--as",
        dest="form",
        choices=("markdown", "html", "json"),
        default="markdown",
        help="(default: markdown)",
    )
    export.add_argument(
        "--chat",
        type=arguments.said,
        metavar="URL",
        help="where the chat page runs (default: http://127.0.0.1:7860)",
    )


def _compare(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.cli.progress import bars

    rows = assistant.compare(options.question, options.policies or None, progress=bars)
    if options.json:
        print_json([row.to_dict() for row in rows])
    else:
        print(stances_text(rows))
    return DONE


def _coverage(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.cli.progress import bars

    topics = read_topics(options.topics) if options.topics else None
    coverage = assistant.coverage(topics, options.policies or None, progress=bars)
    if options.html:
        from ui.export import coverage_html

        options.html.write_text(coverage_html(coverage), encoding="utf-8")
    if options.png:
        from assistant.overview.charts import draw_coverage

        draw_coverage(coverage, options.png)
    if options.json:
        print_json(coverage.to_dict())
    else:
        print(coverage_text(coverage))
    return DONE


def _export(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.export import answer_in_form

    answer = Answer.from_dict(read_json(options.answer))
    form = "json" if options.json else options.form
    if form == "json":
        print_json(answer.to_dict())
    else:
        print(answer_in_form(answer, assistant, form, options.chat or ""), end="")
    return DONE
