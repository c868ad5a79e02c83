"""What keeps the page on this machine: whom it answers, and what a browser may load for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOSTS = {"127.0.0.1", "localhost"}
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
    """ASGI middleware: refuses other host names (DNS rebinding), and what the pages of other
    hosts send; sets a strict policy.

    With that policy a browser fetches nothing from any other machine, whatever the page says.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 421 (meant for another host) or 403 (sent by one)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.get("host", "").rpartition(":")[0] not in _HOSTS:
            refused = PlainTextResponse("this page answers on 127.0.0.1 alone", status_code=421)
            await refused(scope, receive, send)
            return
        if "origin" in headers and urlsplit(headers["origin"]).hostname not in _HOSTS:
            refused = PlainTextResponse("this page answers itself alone", status_code=403)
            await refused(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)
