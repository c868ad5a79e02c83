from __future__ import annotations

import asyncio
import threading
from contextlib import closing

import pytest
from starlette.types import Message, Receive, Scope, Send

from tests.ui.visiting import PASSWORD
from ui.access.allowed_routes import OwnRoutes
from ui.access.listening import Door
from ui.access.password import PasswordOnly
from ui.access.same_machine import LocalOnly


async def _unreachable(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("the request was let through")


@pytest.mark.parametrize("headers", [[], [(b"host", b"evil.example")]])
def test_a_websocket_is_closed_before_it_opens(headers: list[tuple[bytes, bytes]]) -> None:
    for guard in (
        PasswordOnly(_unreachable, PASSWORD, threading.Event()),
        LocalOnly(_unreachable, Door()),
        OwnRoutes(_unreachable, "/tmp/uploads", {}),
    ):
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message, into: list[Message] = sent) -> None:
            into.append(message)

        scope: Scope = {"type": "websocket", "path": "/", "headers": headers}
        # Not asyncio.run, which would drop the event loop that Gradio has made for this thread.
        with closing(asyncio.new_event_loop()) as loop:
            loop.run_until_complete(guard(scope, receive, send))
        assert sent == [{"type": "websocket.close", "code": 1008}]
