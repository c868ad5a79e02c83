"""The commands that set policies side by side, or write an answer into a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant import Answer, AnswerFormatError, Assistant, Coverage, StanceRow, read_topics
from ui.overview_text import coverage_text, stances_text
from ui.terminal import inert

_Command = Callable[[str, Any, list[argparse.ArgumentParser], str], Any]
_Open = Callable[[argparse.Namespace], Assistant]
_DONE = 0


def register(command: _Command, result: argparse.ArgumentParser, open_index: _Open) -> None:
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
        "--topics", type=Path, metavar="FILE.toml", help="(default: thirteen usual ones)"
    )
    coverage.add_argument("--html", type=Path, metavar="FILE.html", help="write a page, too")
    coverage.add_argument("--png", type=Path, metavar="FILE.png", help="draw a picture, too")
    export = command(
        "export", run(_export), [result], "a saved answer ('ask --json') as Markdown or HTML"
    )
    export.add_argument("answer", metavar="ANSWER.json", type=Path)
    export.add_argument(
        "--as",
        dest="form",
        choices=("markdown", "html", "json"),
        default="markdown",
        help="(default: markdown)",
    )
    export.add_argument(
        "--chat", metavar="URL", help="where the chat page runs (default: http://127.0.0.1:7860)"
    )


def _compare(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.progress import bars

    rows: list[StanceRow] = assistant.compare(
        options.question, options.policies or None, progress=bars
    )
    if options.json:
        _print_json([row.to_dict() for row in rows])
    else:
        print(stances_text(rows))
    return _DONE


def _coverage(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.progress import bars

    topics = read_topics(options.topics) if options.topics else None
    coverage: Coverage = assistant.coverage(topics, options.policies or None, progress=bars)
    if options.html:
        from ui.exporting import coverage_html

        options.html.write_text(coverage_html(coverage), encoding="utf-8")
    if options.png:
        from assistant.pictures import draw_coverage

        draw_coverage(coverage, options.png)
    if options.json:
        _print_json(coverage.to_dict())
    else:
        print(coverage_text(coverage))
    return _DONE


def _export(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.exporting import CHAT_ADDRESS, answer_html, answer_markdown, cited_of

    answer = read_answer(options.answer)
    cited = cited_of(answer, assistant, options.chat or CHAT_ADDRESS)
    form = "json" if options.json else options.form
    if form == "json":
        _print_json(answer.to_dict())
    else:
        print((answer_html if form == "html" else answer_markdown)(answer, cited), end="")
    return _DONE


def read_answer(path: Path) -> Answer:
    """A saved answer. Raises AnswerFormatError, OSError."""
    return Answer.from_dict(read_json(path))


def read_json(path: Path) -> Any:
    """What a JSON file holds, "-" for standard input. Raises AnswerFormatError, OSError."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        return json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise AnswerFormatError(f"{inert(str(path))!r} is no JSON file ({error})") from error


def _print_json(value: Any) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    print(json.dumps(value, ensure_ascii=not encoding.lower().startswith("utf")))
