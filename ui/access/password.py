"""Who may enter where other machines reach the page: HTTP Basic (RFC 7617), any user name."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import threading

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.refusal import refuse

_DELAY = 1.0  # seconds before a wrong password is answered
_FIRST_REQUEST = "/gradio_api/startup-events"


class PasswordOnly:
    """ASGI middleware: every request, websockets too, needs the password.

    Gradio asks its own server once, without a password, whether it is up; it may do so until
    `started` is set.
    """

    def __init__(self, app: ASGIApp, password: str, started: threading.Event) -> None:
        self._app = app
        self._digest = _digest(password.encode("utf-8"))
        self._started = started

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 401."""
        if scope["type"] not in {"http", "websocket"} or self._is_let_in(scope):
            await self._app(scope, receive, send)
            return
        if "authorization" in Headers(scope=scope):
            await asyncio.sleep(_DELAY)
        asking = {"WWW-Authenticate": 'Basic realm="Policy Assistant", charset="UTF-8"'}
        await refuse(scope, receive, send, 401, "this page needs its password", asking)

    def _is_let_in(self, scope: Scope) -> bool:
        if not self._started.is_set() and scope["path"] == _FIRST_REQUEST:
            return True
        scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            password = base64.b64decode(given, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return False
        return hmac.compare_digest(_digest(password), self._digest)


def _digest(password: bytes) -> bytes:
    """Digests have one length, so comparing them does not reveal that of the password."""
    return hashlib.sha256(password).digest()
