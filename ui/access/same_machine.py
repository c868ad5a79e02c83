"""Whom the page answers, and what a browser may load for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.access.listening import Door
from ui.access.refusal import refuse

_HEADERS = {
    # Gradio's page has inline scripts and styles, and its HTML component compiles its template
    # (unsafe-eval). Inline event handlers, the way in for injected markup, stay forbidden.
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class LocalOnly:
    """ASGI middleware: refuses other host names (DNS rebinding) and requests from the pages of
    other hosts or ports, and sets a strict Content-Security-Policy.

    Under that policy a browser fetches nothing from any other machine, whatever the page says.
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 421 (meant for another host) or 403 (sent by one)."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if not self._door.answers_to(_hostname(host)):
            text = f"this page answers only at {self._door.host}"
            await refuse(scope, receive, send, 421, text)
            return
        if "origin" in headers and _sender(headers["origin"]) != host:
            await refuse(scope, receive, send, 403, "this page answers only its own requests")
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _sender(origin: str) -> str:
    """Host and port of the page that sends a request."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
