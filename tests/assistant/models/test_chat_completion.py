from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from assistant.models.chat_completion import (
    Completion,
    encodable,
    lines,
    reported,
    without_thoughts,
)


def encoded(event: Any) -> bytes:
    return json.dumps(event).encode()


@pytest.mark.parametrize(
    ("event", "completion"),
    [
        ({"choices": [{"delta": {"content": "They"}}]}, Completion("They", False, "")),
        (
            {"choices": [{"message": {"content": "They."}, "finish_reason": "stop"}]},
            Completion("They.", True, ""),
        ),
        ({"choices": [{"delta": {"content": None}}]}, Completion("", False, "")),
        ({"choices": []}, Completion("", False, "")),
        ({"error": {"message": "busy"}}, Completion("", False, "busy")),
        ({"object": "error", "message": "busy"}, Completion("", False, "busy")),
    ],
)
def test_events(event: Any, completion: Completion) -> None:
    assert Completion.from_json(encoded(event)) == completion


@pytest.mark.parametrize("data", [b"{", b"[1]", b"{}", b'{"choices": 5}', b"\xff", b"[" * 100_000])
def test_anything_else(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a chat completion"):
        Completion.from_json(data)


def test_error_responses() -> None:
    assert reported(encoded({"error": {"message": "no such model"}})) == "no such model"
    assert reported(b"<html>Not found") == "<html>Not found"


def test_lone_surrogates() -> None:
    assert encodable("a\ud800b") == "a?b"


def test_lines() -> None:
    async def received() -> AsyncIterator[bytes]:
        for chunk in (b"a\r", b"\nb\xe2\x80\xa8c\n", b"d"):
            yield chunk

    async def read() -> list[bytes]:
        return [line async for line in lines(received())]

    assert asyncio.run(read()) == [b"a", "b\u2028c".encode(), b"d"]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["<thi", "nk>so</th", "ink> They", " pay."], "They pay."),
        (["  They", " pay."], "They pay."),
        (["<thi"], "<thi"),
        (["<think>and so on"], ""),
    ],
)
def test_thoughts_are_left_out(pieces: list[str], text: str) -> None:
    assert "".join(without_thoughts(iter(pieces))) == text
