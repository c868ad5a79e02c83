"""How a function becomes a command, and what its help looks like: plain text, with examples."""

from __future__ import annotations

import functools
import gc
import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ui.cli.printing import failed

Function = Callable[..., int]


def command(app: typer.Typer, name: str, *examples: str) -> Callable[[Function], Function]:
    """Makes a function a command of `app`: its docstring is the help, followed by the examples.

    A parameter whose type is a dataclass stands for the options that are its fields. The function
    returns the exit status; a PolicyAssistantError that it raises becomes one line on stderr.
    """

    def register(function: Function) -> Function:
        epilog = "\n".join(f"policy-assistant {example}" for example in examples)
        app.command(name, cls=_Command, epilog=epilog)(_flat(function))
        return function

    return register


def _flat(function: Function) -> Function:
    """The function with the fields of its dataclasses as parameters, as typer wants them."""
    parameters = inspect.signature(function, eval_str=True).parameters.values()
    plain = [parameter for parameter in parameters if not is_dataclass(parameter.annotation)]
    groups: dict[str, Any] = {
        parameter.name: parameter.annotation
        for parameter in parameters
        if is_dataclass(parameter.annotation)
    }

    @functools.wraps(function)
    def run(**values: Any) -> int:
        from assistant import PolicyAssistantError  # takes long; help does not wait for it

        gc.enable()
        try:
            for name, group in groups.items():
                options = {field.name: values.pop(field.name) for field in fields(group)}
                values[name] = group(**options)
            return function(**values)
        except PolicyAssistantError as error:
            return failed(str(error))

    for group in groups.values():
        plain += inspect.signature(group, eval_str=True).parameters.values()
    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in plain]
    run.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    return run


def _refuse_missing_values(self: Any, ctx: Any, args: list[str]) -> None:
    """`--index --json` lacks a path: it does not name a folder `--json`."""
    options = [param for param in self.get_params(ctx) if param.param_type_name == "option"]
    names = {name for option in options for name in option.opts}
    with_value = {name for option in options if not option.is_flag for name in option.opts}
    for name, value in pairwise([*args, "--"]):
        if name == "--":
            return
        if name in with_value and value in {*names, "--"}:
            ctx.fail(f"Option {name!r} requires an argument.")


class _ByParser:
    """Reads the values of an option or argument by its parser alone.

    typer would import pydantic for that, which takes longer than what `list` and `cite` do.
    """

    def __init__(self, parser: Callable[[str], Any]) -> None:
        self._parser = parser

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if param.multiple or param.nargs == -1:
            return [self._parser(text) for text in value or ()]
        return value if value is None else self._parser(value)


def _read_by_parsers(params: list[Any]) -> list[Any]:
    for param in params:
        parser = param.type_descriptor.parameter_info.parser
        if parser:
            param._runtime_param = _ByParser(parser)
        elif param.type_descriptor.annotation in (str, bool, list[str]):
            param._runtime_param = _ByParser(lambda value: value)
    return params


def _format_usage(self: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(self.collect_usage_pieces(ctx)).replace("{", "").replace("}", "")
    formatter.write_usage(ctx.command_path, pieces, "usage: ")


def _format_parameters(self: Any, ctx: Any, formatter: Any) -> None:
    arguments, options = [], []
    for param in self.get_params(ctx):
        if param.param_type_name == "argument":
            arguments.append((param.metavar + ("..." if param.nargs == -1 else ""), param.help))
        else:
            names, text = param.get_help_record(ctx)
            options.append((names, "show this help" if param.name == "help" else text))
    for heading, rows in (("arguments", arguments), ("options", options)):
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _format_examples(self: Any, ctx: Any, formatter: Any) -> None:
    with formatter.section("examples"):
        formatter.write("".join(f"  {line}\n" for line in self.epilog.splitlines()))


class _Command(TyperCommand):
    format_usage = _format_usage
    format_options = _format_parameters
    format_epilog = _format_examples

    def get_params(self, ctx: Any) -> list[Any]:
        return _read_by_parsers(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _refuse_missing_values(self, ctx, args)
        return super().parse_args(ctx, args)


class Program(TyperGroup):
    """All commands under one name; its help lists them."""

    format_usage = _format_usage
    format_epilog = _format_examples

    def get_params(self, ctx: Any) -> list[Any]:
        return _read_by_parsers(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _refuse_missing_values(self, ctx, args)
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        rows = [
            (name, self.commands[name].get_short_help_str(formatter.width))
            for name in self.list_commands(ctx)
        ]
        with formatter.section("commands"), formatter.indentation():
            formatter.write_dl(rows)
        _format_parameters(self, ctx, formatter)
