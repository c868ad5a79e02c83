"""The command line: one program, its commands, and how it ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.main import get_command

from ui.cli import (
    arguments,
    asking_commands,
    citation_commands,
    document_commands,
    overview_commands,
    page_commands,
    upkeep_commands,
)
from ui.cli.command import Program
from ui.cli.printing import failed
from ui.text.inert import one_line

_INTERRUPTED = 130
_BROKEN_PIPE = 141
_WRONG_USAGE = 2
_STOPPED = "policy-assistant: stopped; nothing is half done"
_EXAMPLES = """policy-assistant add policies/
policy-assistant ask "How long are invoices kept?"
policy-assistant ask --help"""

_program = typer.Typer(
    cls=Program,
    epilog=_EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    subcommand_metavar="COMMAND ...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _commands in (
    document_commands,
    asking_commands,
    citation_commands,
    page_commands,
    upkeep_commands,
    overview_commands,
):
    _program.add_typer(_commands.app)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # takes long

        print(version("policy-assistant"))
        raise typer.Exit


@_program.callback()
def _options_of_the_program(
    index: Annotated[
        Path | None,
        typer.Option(
            "--index",
            metavar="PATH",
            parser=arguments.path,
            help="the index folder of any command",
        ),
    ] = None,
    show_version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="show the version"),
    ] = False,
) -> None:
    """Ask questions of policy documents, on your own machine."""


def main(given: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0 when done, 1 for an honest failure.

    Raises SystemExit: with 2 for wrong usage, with 0 after help.
    """
    words = list(sys.argv[1:] if given is None else given)
    # Where the terminal has no letter for a character, its number is shown.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    _stop_while_torch_loads()
    try:
        with get_command(_program).make_context("policy-assistant", list(words)) as context:
            status: int = context.command.invoke(context)
        sys.stdout.flush()
        return status
    except typer.Exit as end:
        raise SystemExit(end.exit_code) from None
    except typer.TyperException as error:
        _refuse(error, words)
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader (head, say) has gone; Python must not complain of it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except OSError as error:
        return failed(f"{error}: check the path, its permissions and the disk")


def _refuse(error: typer.TyperException, words: Sequence[str]) -> NoReturn:
    """Says how the command is used and what is wrong, in a line each, and ends with status 2.

    Names of files that begin with a dash are taken for options (`add *` in a folder of somebody
    else's): it says how they are told apart.
    """
    context: typer.Context | None = getattr(error, "ctx", None)
    complaint = error.format_message()
    files = [word for word in words if word[:1] == "-" and os.path.lexists(word)]
    if files:
        complaint += f" (if {files[0]!r} is to be the file of that name, write './{files[0]}')"
    name = "policy-assistant"
    if context:
        name = context.command_path
        print(context.get_usage(), file=sys.stderr)
    print(f"{name}: {one_line(complaint)}", file=sys.stderr)
    raise SystemExit(_WRONG_USAGE)


def _stop_while_torch_loads() -> None:
    """Ctrl-C ends the process at once while torch is being imported: its own code would abort."""

    def interrupted(_signal: int, _frame: object) -> None:
        spec = getattr(sys.modules.get("torch"), "__spec__", None)
        if getattr(spec, "_initializing", False):
            print(_STOPPED, file=sys.stderr, flush=True)
            os._exit(_INTERRUPTED)
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, interrupted)


if __name__ == "__main__":
    sys.exit(main())
