"""Chat completions of OpenAI-compatible servers -> text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

_THINK, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Completion:
    """A server-sent event, or a whole reply. `fault` is the error that it reports, or ""."""

    text: str
    ended: bool
    fault: str

    @classmethod
    def from_json(cls, data: bytes) -> Completion:
        """Reads a completion, without what a model reasons. Raises ValueError for anything else."""
        try:
            event = json.loads(data)
            fault = _fault(event)
            choice = {} if fault or not event["choices"] else event["choices"][0]
            # Null while the model reasons or calls a tool, and at the end.
            text = (choice.get("delta") or choice.get("message") or {}).get("content") or ""
            return cls(encodable(text), bool(choice.get("finish_reason")), fault)
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
            raise ValueError(f"not a chat completion: {data[:80]!r}") from error


def reported(body: bytes) -> str:
    """What the body of an error response says, JSON or not."""
    try:
        return _fault(json.loads(body))
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")


def _fault(event: Any) -> str:
    if not isinstance(event, dict):
        return ""
    error = event.get("error") or (event if event.get("object") == "error" else "")
    return str(error.get("message") or error) if isinstance(error, dict) else str(error)


def encodable(text: str) -> str:
    """`text` with "?" for lone surrogates, which UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode("utf-8")


async def lines(received: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The lines received, which end with LF or CRLF, but not with U+2028 and the like."""
    rest = b""
    async for chunk in received:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.rstrip(b"\r")
    yield rest


def without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces without leading blanks and `<think>...</think>`."""
    head = ""
    for piece in pieces:
        head = (head + piece).lstrip()
        while head.startswith(_THINK) and _THOUGHT in head:
            head = head.partition(_THOUGHT)[2].lstrip()
        if head and not head.startswith(_THINK) and not _THINK.startswith(head):
            yield head
            yield from pieces
            return
    if not head.startswith(_THINK):
        yield from filter(None, [head])  # "<thi", and no more
