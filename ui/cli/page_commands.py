"""The chat page: `chat` opens it, `forget` and `feedback` are about what was said on it."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from ui.cli import arguments
from ui.cli.command import command
from ui.cli.options import IndexOptions, ResultOptions, WritingOptions
from ui.cli.printing import DONE, print_json
from ui.text.counted import counted

app = typer.Typer()


@command(
    app,
    "chat",
    "chat",
    "chat --port 8080 --no-browser",
    "chat --host 192.168.1.5 --password-file password.txt",
)
def chat(
    writing: WritingOptions,
    index: IndexOptions,
    host: Annotated[
        str | None,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            parser=arguments.nonempty,
            help="where to listen (default: 127.0.0.1, for this machine alone); at any other "
            "address other machines reach the page, unencrypted, with the password in "
            "$POLICY_ASSISTANT_PASSWORD or --password-file",
        ),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file",
            metavar="FILE",
            parser=arguments.path,
            help="a file with the page's password",
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="PORT",
            parser=arguments.port,
            help="(default: the first free one from 7860)",
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="print the address only")
    ] = False,
) -> int:
    """Open the chat page."""
    assistant = index.open(writing)
    from ui.access.listening import Door
    from ui.page.chat import launch

    end_as_ctrl_c()
    launch(assistant, port, not no_browser, Door.of(host, password_file))
    return DONE


def end_as_ctrl_c() -> None:
    """SIGTERM, and the end of the terminal (SIGHUP) unless nohup has it ignored, end the page as
    Ctrl-C does: uploads go with it."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.getsignal(signal.SIGINT))


@command(app, "forget", "forget")
def forget(result: ResultOptions) -> int:
    """Delete all conversations of the chat page."""
    from ui.history.conversations import History

    forgotten = History(result.open().folder).forget()
    count = forgotten.conversations
    if result.json:
        print_json({"deleted": count, "copies": forgotten.copies})
    else:
        print(f"deleted {counted(count, 'conversation')} and the feedback in them")
        for name in forgotten.copies:
            print(f"deleted {name}, which a repair had set aside")
    return DONE


@command(app, "feedback", "feedback", "feedback --export my-set")
def feedback(
    result: ResultOptions,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--export",
            metavar="FOLDER",
            parser=arguments.path,
            help="write it as a labelled set for 'eval'",
        ),
    ] = None,
) -> int:
    """List what readers said of answers on the chat page."""
    from ui.history.feedback import KeptFeedback
    from ui.history.labelled_feedback import UNLABELLED, as_dict, export
    from ui.text.feedback_text import feedback_text

    assistant = result.open()
    judged = KeptFeedback(assistant.folder).questions()
    if folder is None:
        if result.json:
            print_json([as_dict(kept) for kept in judged])
        else:
            print(feedback_text(judged))
        return DONE
    exported = export(judged, assistant, folder)
    if result.json:
        print_json({"questions": exported.questions, "to_label": exported.unlabelled})
    else:
        print(f"{counted(exported.questions, 'question')} in {folder}, a set for 'eval'")
        if exported.unlabelled:
            print(f"{exported.unlabelled} more to be labelled, in {UNLABELLED}")
    return DONE
