"""The commands of the chat page: opening it, and what was said on it."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable
from typing import Any

from assistant import Assistant
from ui.access.listening import PASSWORD_VARIABLE, Door
from ui.cli import arguments
from ui.cli.printing import DONE, Command, Open, print_json
from ui.history.conversations import History


def register(
    command: Command,
    shared: argparse.ArgumentParser,
    result: argparse.ArgumentParser,
    writing: argparse.ArgumentParser,
    open_index: Open,
) -> None:
    """Adds `chat`, `forget` and `feedback`.

    `shared` holds what all commands take, `result` also what those that print a result do, and
    `writing` names the language model.
    """

    def run(what: Callable[[argparse.Namespace, Assistant], int]) -> Any:
        return lambda options: what(options, open_index(options))

    chat = command("chat", run(_chat), [shared, writing], "open the chat page")
    chat.add_argument(
        "--host",
        type=arguments.said,
        metavar="ADDRESS",
        help="(default: 127.0.0.1, this machine alone) at another address other machines reach "
        f"the page, unencrypted, with the password in ${PASSWORD_VARIABLE} or --password-file",
    )
    chat.add_argument(
        "--password-file",
        type=arguments.path,
        metavar="FILE",
        help="a file with the page's password",
    )
    chat.add_argument("--port", type=arguments.port, help="(default: the first free one from 7860)")
    chat.add_argument("--no-browser", action="store_true", help="print the address only")
    command("forget", run(_forget), [result], "delete all conversations of the chat page")
    feedback = command("feedback", run(_feedback), [result], "list what readers said of answers")
    feedback.add_argument(
        "--export",
        type=arguments.path,
        metavar="FOLDER",
        help="write it as a labelled set for 'eval'",
    )


def _chat(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.page.chat import launch

    end_as_ctrl_c()
    door = Door.of(options.host, options.password_file)
    launch(assistant, options.port, not options.no_browser, door)
    return DONE


def end_as_ctrl_c() -> None:
    """SIGTERM, and the end of the terminal (SIGHUP) unless nohup has it ignored, end the page as
    Ctrl-C does: uploads go with it."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.getsignal(signal.SIGINT))


def _forget(options: argparse.Namespace, assistant: Assistant) -> int:
    forgotten = History(assistant.folder).forget()
    count = forgotten.conversations
    if options.json:
        print_json({"deleted": count, "copies": forgotten.copies})
    else:
        print(f"deleted {count} conversation{'' if count == 1 else 's'} and the feedback in them")
        for name in forgotten.copies:
            print(f"deleted {name}, which a repair had set aside")
    return DONE


def _feedback(options: argparse.Namespace, assistant: Assistant) -> int:
    from ui.history.labelled_feedback import UNLABELLED, as_dict, export
    from ui.text.terminal import feedback_text

    judged = History(assistant.folder).judged()
    if options.export is None:
        if options.json:
            print_json([as_dict(each) for each in judged])
        else:
            print(feedback_text(judged))
        return DONE
    exported = export(judged, assistant, options.export)
    if options.json:
        print_json({"questions": exported.questions, "to_label": exported.unlabelled})
    else:
        plural = "" if exported.questions == 1 else "s"
        print(f"{exported.questions} question{plural} in {options.export}, a set for 'eval'")
        if exported.unlabelled:
            print(f"{exported.unlabelled} more to be labelled, in {UNLABELLED}")
    return DONE
