"""Decoded JSON or TOML -> values of a type. The only file that imports pydantic."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

_T = TypeVar("_T")
_LONGEST_VALUE = 80  # characters of a wrong value that the message shows


Extra = Literal["forbid", "ignore"]


def validated(kind: type[_T], data: object, *, extra: Extra = "forbid") -> _T:
    """`data` as a `kind`: a dataclass, or a type such as `tuple[Topic, ...]`.

    Types are checked strictly: "5" is not a number, nor are true and NaN; an integer may stand for
    a float. `extra` says what becomes of fields that `kind` does not have. A lone surrogate, which
    no Unicode text holds, is read as "?". Raises ValueError with one line that names the first
    place at fault: "quotes[0].start should be a valid integer, not '18'".
    """
    from pydantic import ValidationError  # 0.15 s, which most commands need not spend

    try:
        text = json.dumps([data], ensure_ascii=False).encode("utf-8", "replace")
        adapter: TypeAdapter[tuple[_T]] = _adapter(kind, extra)  # type: ignore[arg-type]
        return adapter.validate_json(text)[0]
    except ValidationError as error:
        raise ValueError(_first_fault(error)) from error
    except (TypeError, RecursionError) as error:
        raise ValueError(f"it is not plain JSON ({error})") from error


@cache
def _adapter(kind: Any, extra: Extra) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, TypeAdapter

    # Dataclasses take their configuration from what holds them, so there is a tuple around.
    config = ConfigDict(strict=True, extra=extra, allow_inf_nan=False)
    holder: Any = tuple.__class_getitem__(kind)
    return TypeAdapter(holder, config=config)


def _first_fault(error: ValidationError) -> str:
    fault: Any = error.errors(include_url=False)[0]
    place = "".join(f"[{part}]" if type(part) is int else f".{part}" for part in fault["loc"][1:])
    place = place.removeprefix(".") or "it"
    match fault["type"]:
        case "missing":
            return f"{place} is missing"
        case "unexpected_keyword_argument":
            return f"{place} is not a field that belongs here"
        case "json_invalid":  # the text is our own, so only its depth can be at fault
            return "it is nested too deeply"
        case "value_error":
            reason = str(fault["ctx"]["error"])
            return reason if place == "it" else f"{place}: {reason}"
        case _:
            wanted = fault["msg"].removeprefix("Input ")
            return f"{place} {wanted}, not {repr(fault['input'])[:_LONGEST_VALUE]}"
