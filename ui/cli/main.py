"""The command line: what can be said, and what each command prints."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from io import TextIOWrapper
from typing import Any

from assistant import (
    AddStatus,
    Answer,
    Assistant,
    PolicyAssistantError,
    Settings,
    default_index_path,
)
from assistant.doors import DEFAULT_LIMITS, Limits, at_home
from assistant.settings import KEY_VARIABLE, PACKAGED_GENERATOR
from ui.cli import arguments, citation_commands, overview_commands, page_commands
from ui.cli.printing import DONE, FAILED, failed, print_json, read_json

_INTERRUPTED = 130
_STOPPED = "policy-assistant: stopped; nothing is half done"


def main(given: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0 when done, 1 for an honest failure; wrong usage exits with 2."""
    parser = _parser()
    options = parser.parse_args(given)
    if getattr(options, "server", None) and not options.model:
        parser.error(f"name the model of {options.server!r} that is to write, with --model MODEL")
    # Where the terminal has no letter for a character, its number is shown.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    _stop_while_torch_loads()
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except PolicyAssistantError as error:
        return failed(str(error))
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader (head, say) has gone; Python must not complain of it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _INTERRUPTED + 11
    except OSError as error:
        return failed(f"{error}: check the path, its rights and the disk")


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


def _parser() -> argparse.ArgumentParser:
    parser = arguments.Parser(
        prog="policy-assistant",
        description="Ask questions of policy documents, on your own machine.",
    )
    parser.add_argument("--version", action="version", version=version("policy-assistant"))
    commands: Any = parser.add_subparsers(metavar="COMMAND", required=True)

    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--index",
        metavar="PATH",
        type=arguments.path,
        help="the index folder (default: $POLICY_ASSISTANT_INDEX, else in the user's data folder)",
    )
    result = argparse.ArgumentParser(add_help=False, parents=[shared])
    result.add_argument("--json", action="store_true", help="print JSON")
    asking = argparse.ArgumentParser(add_help=False, parents=[result])
    asking.add_argument(
        "--policy",
        action="append",
        type=arguments.said,
        metavar="ID[@VERSION]",
        help="search this policy only, in its newest version or the one named (repeatable)",
    )
    asking.add_argument(
        "--as-of",
        type=arguments.date,
        metavar="DATE",
        help="search the versions that held on that date, such as 2020-06-01",
    )

    writing = argparse.ArgumentParser(add_help=False)
    writing.add_argument(
        "--model",
        type=arguments.said,
        metavar="MODEL",
        help="write with another language model: a folder, a GGUF file, a hub name, or with "
        "--server a model of that server",
    )
    writing.add_argument(
        "--server",
        type=arguments.said,
        metavar="URL",
        help="an OpenAI-compatible server that writes, such as http://localhost:11434/v1 "
        f"(its key, if any: ${KEY_VARIABLE}); the question and the quotes are sent to it",
    )

    def command(name: str, run: Any, parents: list[argparse.ArgumentParser], text: str) -> Any:
        made = commands.add_parser(name, parents=parents, help=text, description=text)
        made.set_defaults(run=run)
        return made

    usual = ", ".join(f"{name}={value:g}" for name, value in asdict(DEFAULT_LIMITS).items())
    add = command("add", _add, [result], "add documents or folders, or new versions of them")
    add.add_argument("paths", nargs="+", type=arguments.path, metavar="PATH")
    add.add_argument(
        "--version-of",
        type=arguments.said,
        metavar="ID",
        help="the one file is a new version of that policy, from now on its newest",
    )
    add.add_argument(
        "--limit",
        action="append",
        type=arguments.limit,
        default=[],
        metavar="NAME=NUMBER",
        help=f"what a file may be and take (usually {usual})",
    )
    add.add_argument(
        "--pdf-passwords",
        type=arguments.path,
        metavar="FILE",
        help="a text file with passwords, one a line, to try on encrypted PDFs; in a file, as "
        "other users of this machine can see what is said on the command line",
    )
    remove = command("remove", _remove, [result], "remove a policy with all its versions")
    remove.add_argument("policy_id", metavar="ID")
    listing = command("list", _list, [result], "list the policies")
    listing.add_argument(
        "--versions", action="store_true", help="every version, with its date and where it is from"
    )
    ask = command("ask", _ask, [asking, writing], "answer a question with quotes")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument(
        "--since",
        type=arguments.said,
        metavar="DATE",
        help="say what has changed for the question since then",
    )
    ask.add_argument("--quotes-only", action="store_true", help="use no language model")
    search = command("search", _search, [asking], "list the clauses that matter to a question")
    search.add_argument("question", metavar="QUESTION")
    search.add_argument("-k", type=arguments.positive, default=8, help="how many (default: 8)")
    citation_commands.register(command, result, _assistant)
    verify = command(
        "verify", _verify, [result, writing], "check a saved answer ('ask --json') again"
    )
    verify.add_argument("answer", metavar="ANSWER.json", type=arguments.path)
    page_commands.register(command, shared, result, writing, _assistant)
    doctor = command("doctor", _doctor, [result], "check the models and the index")
    doctor.add_argument(
        "--repair",
        action="store_true",
        help="first save what can be read of damaged files and make again what is derived; "
        "deletes nothing",
    )
    evaluate = command("eval", _eval, [result], "measure on labelled sets of questions")
    evaluate.add_argument("sets", nargs="+", type=arguments.path, metavar="SET")
    evaluate.add_argument(
        "--plot",
        type=arguments.png,
        metavar="FILE.png",
        help="draw risk against coverage into this file",
    )
    overview_commands.register(command, result, _assistant)
    return parser


def _assistant(options: argparse.Namespace) -> Assistant:
    model, server = getattr(options, "model", None), getattr(options, "server", None)
    chosen = Settings(
        generator_model=model or PACKAGED_GENERATOR,
        generator_url=server,
        limits=Limits(**dict(getattr(options, "limit", ()))),
    )
    return Assistant.load(options.index, chosen)


def _add(options: argparse.Namespace) -> int:
    from ui.cli.password_file import read_passwords
    from ui.cli.progress import bars
    from ui.text.terminal import added_text

    file, paths = options.pdf_passwords, options.paths
    passwords = read_passwords(file, paths) if file else ()
    results = _assistant(options).add(
        paths, version_of=options.version_of, progress=bars, passwords=passwords
    )
    for result in results:
        if options.json:
            told = asdict(result)
            print_json({key: told[key] for key in told if key != "note" or result.note})
        else:
            rejected = result.status is AddStatus.REJECTED
            print(added_text(result), file=sys.stderr if rejected else sys.stdout)
    if not results:
        print("policy-assistant: no documents found there", file=sys.stderr)
        return FAILED
    return FAILED if any(r.status is AddStatus.REJECTED for r in results) else DONE


def _remove(options: argparse.Namespace) -> int:
    from ui.history.damaged_copies import INDEX, damaged_copies, holding_text
    from ui.text.inert import inert

    assistant = _assistant(options)
    assistant.remove(options.policy_id)
    copies = [str(copy) for copy in damaged_copies(assistant.folder, INDEX)]
    if options.json:
        removed: dict[str, object] = {"removed": options.policy_id}
        print_json({**removed, "copies": copies} if copies else removed)
    else:
        print(f"removed {options.policy_id}")
        if copies:
            print(inert(f"note: {holding_text(assistant.folder)}"))
    return DONE


def _list(options: argparse.Namespace) -> int:
    from ui.text.terminal import listed_text

    assistant = _assistant(options)
    entries = assistant.policies()
    if options.versions:
        return citation_commands.print_versions(
            options, [assistant.versions(entry.id) for entry in entries]
        )
    if options.json:
        print_json([asdict(entry) for entry in entries])
    else:
        print(listed_text(entries))
    return DONE


def _ask(options: argparse.Namespace) -> int:
    from ui.text.terminal import answer_for_terminal

    assistant = _assistant(options)
    if options.since and options.as_of:
        raise PolicyAssistantError("--since compares with the newest versions: leave out --as-of")
    if options.since:
        return citation_commands.print_changes(options, assistant)
    answer = assistant.ask(
        options.question,
        policies=options.policy,
        generate=not options.quotes_only,
        as_of=options.as_of,
    )
    if options.json:
        print_json(answer.to_dict())
    else:
        print(answer_for_terminal(answer, assistant))
    return DONE


def _search(options: argparse.Namespace) -> int:
    from ui.text.terminal import hits_text

    assistant = _assistant(options)
    hits = assistant.search(
        options.question, policies=options.policy, k=options.k, as_of=options.as_of
    )
    if options.json:
        print_json([asdict(hit) for hit in hits])
    else:
        print(hits_text(hits, assistant))
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from ui.text.inert import inert

    data = read_json(options.answer)
    answer = Answer.from_dict(data)
    assistant = _assistant(options)
    problems = assistant.verify(answer)
    if not problems and answer.to_dict() != data:
        problems = ["the file says more than once the same thing, and not the same each time"]
    changed = [] if problems else assistant.differences(answer)
    if options.json:
        print_json({"holds": not problems, "problems": problems, "changed": changed})
    else:
        for problem in problems:
            print(inert(problem), file=sys.stderr)
        if not problems:
            print(f"holds: {len(answer.quotes)} quotes, {len(answer.sentences)} sentences")
        for change in changed:
            print(f"changed since: {inert(change)}")
    return FAILED if problems else DONE


def _doctor(options: argparse.Namespace) -> int:
    from assistant.doctor import Check, examine, repair, repair_models
    from ui.history.damaged_copies import CONVERSATIONS, damaged_copies, holding_text
    from ui.history.repair import history_fault, repair_history
    from ui.text.inert import inert

    folder = at_home(options.index or default_index_path())
    repairs = [repair(folder), repair_history(folder), repair_models()] if options.repair else []
    checks = examine(folder)
    fault = history_fault(folder)
    checks.append(Check("conversations", not fault, fault or "can be read"))
    if copies := holding_text(folder):
        checks.append(Check("damaged copies", True, copies))
    if old := damaged_copies(folder, CONVERSATIONS):
        told = f"{len(old)} of conversations, which 'policy-assistant forget' deletes with the rest"
        checks.append(Check("damaged copies", True, told))
    done = [line for each in repairs for line in each.done]
    lost = [line for each in repairs for line in each.lost]
    if options.json:
        checked = [asdict(check) for check in checks]
        print_json({"done": done, "lost": lost, "checks": checked} if options.repair else checked)
    else:
        for line in done:
            print(f"done  {inert(line)}")
        for line in lost:
            print(f"LOST  {inert(line)}")
        if options.repair and not done:
            print("done  nothing: nothing is damaged")
        for check in checks:
            print(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {inert(check.detail)}")
    return DONE if all(check.ok for check in checks) else FAILED


def _eval(options: argparse.Namespace) -> int:
    from assistant.evaluation import draw_risk, evaluate
    from ui.cli.progress import bars
    from ui.text.inert import inert

    reports = []
    for folder in options.sets:
        report = evaluate(folder, Settings(), bars)
        reports.append(report)
        if options.json:
            print_json(report.to_dict())
        else:
            print(inert(report.to_markdown()), end="\n\n", flush=True)
    if options.plot:
        draw_risk(reports, options.plot)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
