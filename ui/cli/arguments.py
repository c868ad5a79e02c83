"""What is typed on the command line -> values.

Each function is the `parser` of an option or argument, and raises typer.BadParameter with a
sentence that says what to type instead.
"""

from __future__ import annotations

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import Literal, NamedTuple

import typer

_LAST_PORT = 65_535

Form = Literal["markdown", "html", "json"]
"""What a saved answer can be exported as."""


class Limit(NamedTuple):
    """One limit on what a file may be or take to read, by its name in `Limits`."""

    name: str
    value: float


def path(text: str) -> Path:
    """A path. An empty one is an error, though `Path("")` is the current folder."""
    if not text:
        raise typer.BadParameter("the path is empty: name a file or folder")
    return Path(text)


def nonempty(text: str) -> str:
    """Any text that is not empty: `--since ""` does not mean the same as no `--since`."""
    if not text:
        raise typer.BadParameter("it is empty: give a value, or leave the option out")
    return text


def positive(text: str | int) -> int:
    """A whole number of at least 1."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise typer.BadParameter("give a whole number of at least 1")
    return number


def port(text: str) -> int:
    """A port that a server can listen on."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= _LAST_PORT:
        raise typer.BadParameter(f"give a port from 1 to {_LAST_PORT}")
    return number


def limit(text: str) -> Limit:
    """NAME=NUMBER, as `--limit` takes it."""
    from assistant.doors import DEFAULT_LIMITS, LARGEST_LIMIT, Limits

    name, _, number = text.partition("=")
    try:
        value = float(number)
        Limits(**{name: value})
    except (TypeError, ValueError) as error:
        known = ", ".join(asdict(DEFAULT_LIMITS))
        raise typer.BadParameter(
            f"{text!r} is not a limit: give one of {known}, and a number up to {LARGEST_LIMIT:,}, "
            "as in seconds=300"
        ) from error
    return Limit(name, value)


def date(text: str) -> datetime.date:
    """An ISO date."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("give a date such as 2020-06-01") from error


def png(text: str) -> Path:
    """The path of a picture."""
    file = Path(text)
    if file.suffix.lower() != ".png":
        raise typer.BadParameter("give a file that ends in .png")
    return file


def form(text: str) -> Form:
    """A form of export."""
    for known in ("markdown", "html", "json"):
        if text == known:
            return known
    raise typer.BadParameter("choose markdown, html or json")
