"""How the page's middleware refuses a request."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send


async def refuse(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    text: str,
    headers: dict[str, str] | None = None,
) -> None:
    """Answers a request with a status and one line; a websocket is closed before it opens."""
    if scope["type"] == "websocket":
        await receive()  # its request to be opened
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(text, status_code=status, headers=headers)(scope, receive, send)
