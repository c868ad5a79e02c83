"""Which routes of Gradio's server are open: those that the page uses, for sizes that it needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.access.refusal import refuse

_OPEN = re.compile(
    r"""GET\ /(?:
        (?:theme\.css|favicon\.ico)?
        |(?:assets|static)/.*
        |gradio_api/(?:startup-events|app_id|upload_progress|queue/data|heartbeat/[^/]+)
    )
    |POST\ /gradio_api/(?:queue/join|run/predict|upload)""",
    re.VERBOSE,
)
_UPLOAD = "/gradio_api/upload"
_LARGEST_UPLOAD = 500 << 20  # bytes in one go; Gradio limits each file
_LARGEST_EVENT = 4 << 20  # bytes
_LONGEST_NAME, _LONGEST_ADDRESS = 255, 2_000  # bytes, of a file's name and of an address
Handlers = Mapping[int, Sequence[Any]]
"""Handlers by number: of each input the pydantic model, or None where any value will do."""


def handlers_of(built: Any) -> Handlers:
    """The handlers of a page (`gr.Blocks`) that run on the server; others run in the browser."""
    return {
        number: [getattr(block, "data_model", None) for block in handler.inputs]
        for number, handler in built.fns.items()
        if handler.fn is not None
    }


class OwnRoutes:
    """ASGI middleware: closes Gradio's other routes, which serve files or fetch addresses.

    An event must be meant for one of `handlers`, fit its inputs, and name no files but those in
    `uploads`: Gradio would download a web address given in place of a file.
    """

    def __init__(self, app: ASGIApp, uploads: str, handlers: Handlers) -> None:
        self._app = app
        self._handlers = handlers
        self._uploads = Path(uploads).resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 404 (no such route), 413 (too large) or 400."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        method = scope.get("method", "").replace("HEAD", "GET")
        if not _OPEN.fullmatch(f"{method} {scope['path']}") or _is_too_long(scope):
            await refuse(scope, receive, send, 404, "there is nothing here")
            return
        most = _LARGEST_UPLOAD if scope["path"] == _UPLOAD else _LARGEST_EVENT
        too_large = (413, f"this is too large: at most {most >> 20} MB are accepted")
        if int(Headers(scope=scope).get("content-length", "0")) > most:
            await refuse(scope, receive, send, *too_large)
        elif method == "GET":
            await self._show(scope, receive, send)
        elif scope["path"] == _UPLOAD:
            await self._upload(scope, receive, send, most, too_large)
        else:
            body = await _body(receive, most)
            if body is None:
                await refuse(scope, receive, send, *too_large)
            elif not self._is_event(body):
                await refuse(scope, receive, send, 400, "this is not an event of the page")
            else:
                await self._app(scope, _again(body, receive), send)

    async def _show(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on; if Gradio refuses it while answering, the answer ends there."""
        try:
            await self._app(scope, receive, send)
        except RuntimeError as error:
            if not isinstance(error.__cause__, HTTPException):
                raise
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _upload(
        self, scope: Scope, receive: Receive, send: Send, most: int, too_large: tuple[int, str]
    ) -> None:
        """Passes an upload on as it arrives, counting its bytes: it need not declare its size."""
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise _TooLargeError
            return message

        try:
            await self._app(scope, counted, send)
        except _TooLargeError:
            await refuse(scope, receive, send, *too_large)

    def _is_event(self, body: bytes) -> bool:
        try:
            event = json.loads(body, parse_constant=_no_number)
            values, models = event["data"], self._handlers[event["fn_index"]]
            if not isinstance(values, list):
                return False
            for value, model in zip(values, models, strict=True):
                if model is not None and value is not None:
                    model.model_validate(value, context={"validate_meta": True})
            files = [Path(path).resolve() for path in _paths(event)]
        except (LookupError, ValueError, RecursionError, TypeError, OSError):
            return False
        return all(file.is_relative_to(self._uploads) for file in files)


def _is_too_long(scope: Scope) -> bool:
    path = scope["path"].encode("utf-8", "replace")
    return len(path) + len(scope.get("query_string", b"")) > _LONGEST_ADDRESS or any(
        len(name) > _LONGEST_NAME for name in path.split(b"/")
    )


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


class _TooLargeError(Exception):
    pass


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body, or None if it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Receives the body again that was read already, then what comes after it."""
    unread = [body]

    async def received() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await receive()

    return received


def _paths(value: Any) -> Iterator[Any]:
    """The path of every file in an event, wherever Gradio would look for one."""
    if isinstance(value, dict):
        if "path" in value and "meta" in value:
            yield value["path"]
        value = value.values()
    elif not isinstance(value, list):
        return
    for item in value:
        yield from _paths(item)
