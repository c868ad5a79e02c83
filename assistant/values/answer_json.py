"""The JSON form of answers: what `Answer.to_dict` writes and `Answer.from_dict` reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar

from assistant.errors import AnswerFormatError
from assistant.values.validated import validated

_T = TypeVar("_T")
FORMAT = "policy-assistant-answer/1"


def jsonable(value: Any) -> Any:
    """Dataclasses as objects (by their `to_dict`, if they have one), tuples as arrays."""
    if isinstance(value, Mapping):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if is_dataclass(value):
        return value.to_dict() if hasattr(value, "to_dict") else fields_as_json(value)
    return value.value if isinstance(value, Enum) else value


def fields_as_json(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by name, in their order."""
    return {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}


def read_answer(kind: type[_T], data: Any) -> _T:
    """The answer that was written as `data`; `kind` is `Answer`. Raises AnswerFormatError."""
    try:
        if not isinstance(data, Mapping) or "format" not in data:
            raise ValueError("it has no 'format'")
        if data["format"] != FORMAT:
            raise AnswerFormatError(
                f"this is an answer of format {data['format']!r}, not {FORMAT!r}: "
                "read it with the version that wrote it"
            )
        receipt = data.get("receipt")
        if isinstance(receipt, Mapping) and "repeats" not in receipt:
            raise ValueError("receipt.repeats is missing")
        return validated(kind, _without_derived(data))
    except ValueError as error:
        raise AnswerFormatError(
            f"this is not an answer as 'ask --json' prints it: {error}"
        ) from error


def _without_derived(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, without the format and the selectors, which repeat what the quotes say."""
    answer = {name: value for name, value in data.items() if name != "format"}
    if isinstance(answer.get("quotes"), list):
        answer["quotes"] = [
            {name: value for name, value in quote.items() if name != "target"}
            if isinstance(quote, Mapping)
            else quote
            for quote in answer["quotes"]
        ]
    return answer
