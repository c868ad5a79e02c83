"""The commands that check and measure: `doctor` and `eval`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import arguments
from ui.cli.command import command
from ui.cli.options import ResultOptions
from ui.cli.printing import DONE, FAILED, print_json
from ui.text.inert import inert

if TYPE_CHECKING:
    from assistant.doctor import Check

app = typer.Typer()


@command(app, "doctor", "doctor", "doctor --repair")
def doctor(
    result: ResultOptions,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="first save what can be read of damaged files and rebuild what is derived; "
            "deletes nothing",
        ),
    ] = False,
) -> int:
    """Check the models and the index."""
    from assistant import default_index_path
    from assistant.doctor import repair as repair_index
    from assistant.doctor import repair_models
    from assistant.doors import at_home
    from ui.history.repair import repair_history

    folder = at_home(result.index or default_index_path())
    repairs = [repair_index(folder), repair_history(folder), repair_models()] if repair else []
    checks = _checks(folder)
    done = [line for repaired in repairs for line in repaired.done]
    lost = [line for repaired in repairs for line in repaired.lost]
    if result.json:
        checked = [asdict(check) for check in checks]
        print_json({"done": done, "lost": lost, "checks": checked} if repair else checked)
    else:
        for line in done:
            print(f"done  {inert(line)}")
        for line in lost:
            print(f"LOST  {inert(line)}")
        if repair and not done:
            print("done  nothing: nothing is damaged")
        for check in checks:
            print(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {inert(check.detail)}")
    return DONE if all(check.ok for check in checks) else FAILED


def _checks(folder: Path) -> list[Check]:
    from assistant.doctor import Check, examine
    from ui.history.damaged_copies import CONVERSATIONS, damaged_copies, holding_text
    from ui.history.repair import history_fault

    checks = examine(folder)
    fault = history_fault(folder)
    checks.append(Check("conversations", not fault, fault or "can be read"))
    if copies := holding_text(folder):
        checks.append(Check("damaged copies", True, copies))
    if old := damaged_copies(folder, CONVERSATIONS):
        copies = f"{len(old)} of conversations, which 'policy-assistant forget' deletes as well"
        checks.append(Check("damaged copies", True, copies))
    return checks


@command(app, "eval", "eval my-set", "eval my-set another-set --plot risk.png")
def evaluate(
    sets: Annotated[
        list[Path],
        typer.Argument(
            metavar="SET",
            parser=arguments.path,
            help="a folder with policies/ and questions.jsonl, as the README describes it",
        ),
    ],
    result: ResultOptions,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE.png",
            parser=arguments.png,
            help="draw risk against coverage into this file",
        ),
    ] = None,
) -> int:
    """Measure on labelled sets of questions."""
    from assistant import Settings
    from assistant.evaluation import draw_risk
    from assistant.evaluation import evaluate as report_on
    from ui.cli.progress import bars

    reports = []
    for folder in sets:
        report = report_on(folder, Settings(), bars)
        reports.append(report)
        if result.json:
            print_json(report.to_dict())
        else:
            print(inert(report.to_markdown()), end="\n\n", flush=True)
    if plot:
        draw_risk(reports, plot)
    return DONE
