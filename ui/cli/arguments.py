"""What is said on the command line -> values; and what is wrong with it, in harmless letters."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from assistant.doors import DEFAULT_LIMITS, LARGEST_LIMIT, Limits
from ui.text.inert import one_line

_LAST_PORT = 65_535


class Parser(argparse.ArgumentParser):
    """A parser whose complaints a terminal shows and does not obey.

    Names of files that begin with a dash are taken for options (`add *` in a folder of somebody
    else's): it says how they are told apart.
    """

    _given: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse's, which every way to parse goes through."""
        self._given = sys.argv[1:] if args is None else args
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Says what is wrong, and ends with the status 2."""
        files = [each for each in self._given if each[:1] == "-" and os.path.lexists(each)]
        if files:
            message += f" (if {files[0]!r} is to be the file of that name, write './{files[0]}')"
        super().error(one_line(message))


def path(text: str) -> Path:
    """A path. None at all is no folder, though `Path("")` is this one."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty: name a file or folder")
    return Path(text)


def said(text: str) -> str:
    """Any text but none at all: `--since ""` is not the same as no `--since`."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty: give a value, or leave the option out")
    return text


def positive(text: str) -> int:
    """A whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number of at least 1")
    return number


def port(text: str) -> int:
    """A port that a server can listen on."""
    number = int(text)
    if not 1 <= number <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"give a port from 1 to {_LAST_PORT}")
    return number


def limit(text: str) -> tuple[str, float]:
    """A limit of what a file may be and take, and its value: NAME=NUMBER."""
    name, _, number = text.partition("=")
    try:
        value = float(number)
        Limits(**{name: value})
    except (TypeError, ValueError) as error:
        known = ", ".join(asdict(DEFAULT_LIMITS))
        raise argparse.ArgumentTypeError(
            f"{text!r} is no limit: give one of {known}, and a number up to {LARGEST_LIMIT:,}, "
            "as in seconds=300"
        ) from error
    return name, value


def date(text: str) -> datetime.date:
    """An ISO date."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("give a date such as 2020-06-01") from error


def png(text: str) -> Path:
    """The path of a picture."""
    path = Path(text)
    if path.suffix.lower() != ".png":
        raise argparse.ArgumentTypeError("give a file that ends in .png")
    return path
