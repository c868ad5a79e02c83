"""The commands about the policies that an index holds: `add`, `remove` and `list`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ui.cli import arguments
from ui.cli.command import command
from ui.cli.options import ResultOptions
from ui.cli.printing import DONE, FAILED, print_json
from ui.text.inert import inert

app = typer.Typer()


@command(
    app,
    "add",
    "add policies/ handbook.pdf",
    "add ~/Downloads/privacy-2026.html --version-of acme",
    "add scans/ --limit seconds=300 --pdf-passwords passwords.txt",
)
def add(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", parser=arguments.path, help="a document or a folder"),
    ],
    result: ResultOptions,
    version_of: Annotated[
        str | None,
        typer.Option(
            "--version-of",
            metavar="ID",
            parser=arguments.nonempty,
            help="the one file is a new version of that policy, and from now on its newest",
        ),
    ] = None,
    limits: Annotated[
        list[arguments.Limit] | None,
        typer.Option(
            "--limit",
            metavar="NAME=NUMBER",
            parser=arguments.limit,
            help="what a file may be and take to read (repeatable; default: megabytes=100, "
            "seconds=120, memory=2000, clauses=200000)",
        ),
    ] = None,
    pdf_passwords: Annotated[
        Path | None,
        typer.Option(
            "--pdf-passwords",
            metavar="FILE",
            parser=arguments.path,
            help="a text file with passwords, one a line, to try on encrypted PDFs; in a file, as "
            "other users of this machine can see what is typed on the command line",
        ),
    ] = None,
) -> int:
    """Add documents or folders, or new versions of them."""
    from assistant import AddStatus
    from ui.cli.password_file import read_passwords
    from ui.cli.progress import bars
    from ui.text.added_text import added_text

    passwords = read_passwords(pdf_passwords, paths) if pdf_passwords else ()
    added = result.open(limits=limits or ()).add(
        paths, version_of=version_of, progress=bars, passwords=passwords
    )
    for file in added:
        if result.json:
            print_json({k: v for k, v in asdict(file).items() if k != "note" or v})
        else:
            rejected = file.status is AddStatus.REJECTED
            print(added_text(file), file=sys.stderr if rejected else sys.stdout)
    if not added:
        print("policy-assistant: no documents found there", file=sys.stderr)
        return FAILED
    return FAILED if any(file.status is AddStatus.REJECTED for file in added) else DONE


@command(app, "remove", "remove acme")
def remove(
    policy_id: Annotated[str, typer.Argument(metavar="ID", help="the policy, as 'list' names it")],
    result: ResultOptions,
) -> int:
    """Remove a policy with all its versions."""
    from ui.history.damaged_copies import INDEX, damaged_copies, holding_text

    assistant = result.open()
    assistant.remove(policy_id)
    copies = [str(copy) for copy in damaged_copies(assistant.folder, INDEX)]
    if result.json:
        print_json({"removed": policy_id} | ({"copies": copies} if copies else {}))
    else:
        print(f"removed {policy_id}")
        if copies:
            print(inert(f"note: {holding_text(assistant.folder)}"))
    return DONE


@command(app, "list", "list", "list --versions --json")
def list_policies(
    result: ResultOptions,
    versions: Annotated[
        bool, typer.Option("--versions", help="every version, its date and where that is from")
    ] = False,
) -> int:
    """List the policies."""
    from ui.text.listed_text import NO_POLICIES, listed_text, versions_text

    assistant = result.open()
    policies = assistant.policies()
    if versions:
        histories = [assistant.versions(policy.id) for policy in policies]
        listed = [asdict(version) for history in histories for version in history]
        text = "\n".join(map(versions_text, histories)) or NO_POLICIES
    else:
        listed = [asdict(policy) for policy in policies]
        text = listed_text(policies)
    if result.json:
        print_json(listed)
    else:
        print(text)
    return DONE
