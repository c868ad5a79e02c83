"""The options that several commands share, by what they are for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import arguments

if TYPE_CHECKING:
    from assistant import Assistant

KEY_VARIABLE = "POLICY_ASSISTANT_API_KEY"


def _before_the_command(context: typer.Context, index: Path | None) -> Path | None:
    """`--index PATH` may stand before the command, too; what follows the command wins."""
    return index if index is not None else context.find_root().params.get("index")


@dataclass(frozen=True, slots=True)
class WritingOptions:
    """Which language model writes."""

    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="MODEL",
            parser=arguments.nonempty,
            help="write with another language model: a folder, a GGUF file, a hub name or, with "
            "--server, a model of that server",
        ),
    ] = None
    server: Annotated[
        str | None,
        typer.Option(
            "--server",
            metavar="URL",
            parser=arguments.nonempty,
            help="write with an OpenAI-compatible server, such as http://localhost:11434/v1 (its "
            f"key, if it needs one: ${KEY_VARIABLE}); the question and the quotes are sent to it",
        ),
    ] = None

    def __post_init__(self) -> None:
        if self.server and not self.model:
            raise typer.BadParameter(
                f"name the model of {self.server!r} that is to write, with --model MODEL",
                param_hint="'--server'",
            )


_PACKAGED = WritingOptions()


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """Which index is meant."""

    index: Annotated[
        Path | None,
        typer.Option(
            "--index",
            metavar="PATH",
            parser=arguments.path,
            callback=_before_the_command,
            help="the index folder (default: $POLICY_ASSISTANT_INDEX, else in your user-data "
            "folder)",
        ),
    ] = None

    def open(
        self,
        writing: WritingOptions = _PACKAGED,
        limits: Sequence[arguments.Limit] = (),
    ) -> Assistant:
        """The assistant on that index. Raises PolicyAssistantError, OSError."""
        from assistant import Assistant, Settings
        from assistant.doors import Limits
        from assistant.settings import PACKAGED_GENERATOR

        settings = Settings(
            generator_model=writing.model or PACKAGED_GENERATOR,
            generator_url=writing.server,
            limits=Limits(**dict(limits)),
        )
        return Assistant.load(self.index, settings)


@dataclass(frozen=True, slots=True)
class ResultOptions(IndexOptions):
    """Which index is meant, and how the result is printed."""

    json: Annotated[bool, typer.Option("--json", help="print JSON")] = False


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What of the index is searched."""

    policies: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            metavar="ID[@VERSION]",
            parser=arguments.nonempty,
            help="search only this policy, in its newest version or the one named (repeatable)",
        ),
    ] = None
    as_of: Annotated[
        datetime.date | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            parser=arguments.date,
            help="search the versions that were in force on that date, such as 2020-06-01",
        ),
    ] = None
