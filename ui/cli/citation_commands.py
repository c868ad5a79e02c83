"""The commands about citations and versions: `cite` and `diff`, and what others say of versions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant import Assistant, CitationError, PolicyVersion, Resolution, exported_quotes
from ui.cli import arguments
from ui.cli.printing import DONE, Command, Open, failed, print_json, read_json
from ui.text.changes_text import since_text
from ui.text.citation_text import resolution_text
from ui.text.diff_text import diff_text, versions_text, wants_colour
from ui.text.terminal import listed_text


def register(command: Command, result: argparse.ArgumentParser, open_index: Open) -> None:
    """Adds `cite` and `diff`; `result` holds what all commands take."""

    def run(what: Callable[[argparse.Namespace, Assistant], int]) -> Any:
        return lambda options: what(options, open_index(options))

    cite = command("cite", run(_cite), [result], "look a citation up")
    cite.add_argument(
        "cited",
        metavar="CITATION_ID|FILE.json|-",
        help="a citation id, or a file (- for standard input) with an exported answer or quote",
    )
    diff = command("diff", run(_diff), [result], "show what has changed between two versions")
    diff.add_argument("policy_id", metavar="POLICY")
    diff.add_argument(
        "old",
        nargs="?",
        type=arguments.said,
        help="a version or date (default: the one before NEW)",
    )
    diff.add_argument(
        "new", nargs="?", type=arguments.said, help="a version or date (default: the newest)"
    )


def _cite(options: argparse.Namespace, assistant: Assistant) -> int:
    file = Path(options.cited)
    if options.cited == "-" or file.suffix == ".json":
        return _cite_exported(options, assistant, file)
    _print_resolution(options, assistant.lookup(options.cited))
    return DONE


def _cite_exported(options: argparse.Namespace, assistant: Assistant, file: Path) -> int:
    """Every quote of an exported answer, a result each; one that cannot be looked up stops none."""
    quotes = exported_quotes(read_json(file))
    status = DONE
    for quote in quotes:
        try:
            _print_resolution(options, assistant.lookup_exported(quote))
        except CitationError as error:
            status = failed(str(error))
    return status


def _print_resolution(options: argparse.Namespace, resolution: Resolution) -> None:
    if options.json:
        print_json(resolution.to_dict())
    else:
        print(resolution_text(resolution, wants_colour(sys.stdout)))


def _diff(options: argparse.Namespace, assistant: Assistant) -> int:
    diff = assistant.diff(options.policy_id, options.old, options.new)
    if options.json:
        print_json(diff.to_dict())
    else:
        print(diff_text(diff, wants_colour(sys.stdout)))
    return DONE


def print_versions(options: argparse.Namespace, versions: list[list[PolicyVersion]]) -> int:
    """What `list --versions` says."""
    if options.json:
        print_json([asdict(each) for several in versions for each in several])
    else:
        print("\n".join(map(versions_text, versions)) or listed_text([]))
    return DONE


def print_changes(options: argparse.Namespace, assistant: Assistant) -> int:
    """What `ask --since` says."""
    changes = assistant.changes(options.question, options.since, policies=options.policy)
    if options.json:
        print_json([change.to_dict() for change in changes])
    else:
        print(since_text(changes, options.since, wants_colour(sys.stdout)))
    return DONE
