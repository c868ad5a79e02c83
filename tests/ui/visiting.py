"""A page that runs, and what a program sends to it in place of a browser."""

from __future__ import annotations

import gc
import json
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.ui.conftest import free_port
from ui.access.listening import Door
from ui.page import chat

PASSWORD = "correct horse battery"
FORM = {"Content-Type": "multipart/form-data; boundary=x"}


@contextmanager
def running(assistant: Any, door: Door | None = None) -> Iterator[tuple[Any, str]]:
    """The page's blocks, and where it is served."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning)  # in Gradio's dependencies
        warnings.filterwarnings("ignore", category=ResourceWarning)  # event loops that it drops
        built = chat.build(assistant)
        address = chat.start(built, free_port(), door)
        gc.collect()
    yield built, address
    built.close(verbose=False)


class Visitor:
    """One tab: events by the component that they happen to, and what became of them."""

    def __init__(self, built: Any, address: str, password: str = "") -> None:
        self.address = address
        self._built = built
        self._session = secrets.token_hex(8)
        self._auth = ("anyone", password) if password else None

    def begin(self, browser: str = "", **given: str) -> str:
        """Opens the page: all that it shows, as JSON."""
        return self.event("", "load", [{"browser": browser, **given}]).text

    def event(
        self, elem_id: str, name: str, values: list[Any] | None = None, told: Any = None
    ) -> httpx.Response:
        """An event that is handled at once; values of the server's own state need not be given."""
        number, inputs = self._of(elem_id, name)
        data = (values or []) + [None] * (inputs - len(values or []))
        event = {"fn_index": number, "session_hash": self._session, "data": data}
        return self.send("run/predict", {**event, "event_data": told})

    def ask(self, question: Any, state: list[Any] | None = None) -> str:
        """A question, up to its answer: all that is shown meanwhile, as JSON."""
        return self.queued("pa-question", "submit", [question, *(state or [])])

    def queued(self, elem_id: str, name: str, values: list[Any]) -> str:
        """An event that waits for its turn: all that it shows, as JSON."""
        return "".join(self.streamed(elem_id, name, values))

    def streamed(self, elem_id: str, name: str, values: list[Any]) -> Iterator[str]:
        """An event that waits for its turn: what it shows, as it comes."""
        number, inputs = self._of(elem_id, name)
        data = values + [None] * (inputs - len(values))
        event = {"fn_index": number, "session_hash": self._session, "data": data}
        joined = self.send("queue/join", event)
        if joined.status_code != 200:
            yield joined.text
            return
        path = f"/gradio_api/queue/data?session_hash={self._session}"
        with self._client() as http, http.stream("GET", path) as events:
            for line in events.iter_lines():
                yield line
                if "process_completed" in line or "close_stream" in line:
                    break

    def send(self, route: str, body: Any) -> httpx.Response:
        """A request as the page's script makes it; lone surrogates are sent as escapes."""
        head = {"Content-Type": "application/json", "Origin": self.address.rstrip("/")}
        return self.request("POST", f"/gradio_api/{route}", json.dumps(body), head)

    def upload(self, name: str, data: bytes) -> httpx.Response:
        """Sends a file, without adding it; the name goes as it is, byte for byte."""
        head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="'
        body = (
            head + name.encode("utf-8", "surrogateescape") + b'"\r\n\r\n' + data + b"\r\n--x--\r\n"
        )
        return self.request("POST", "/gradio_api/upload", body, FORM)

    def add(self, *paths: str) -> str:
        """Adds files that were sent, or whatever has these paths."""
        meta = {"_type": "gradio.FileData"}
        files = [{"path": path, "orig_name": "a.txt", "meta": meta} for path in paths]
        return self.queued("pa-upload", "upload", [files])

    def request(
        self, method: str, path: str, content: Any = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        with self._client() as http:
            return http.request(method, path, content=content, headers=headers)

    def _client(self) -> httpx.Client:
        # No certificate is asked for, so the authorities need not be read (70 ms each time).
        return httpx.Client(base_url=self.address, auth=self._auth, timeout=120, verify=False)

    def _of(self, elem_id: str, name: str) -> tuple[int, int]:
        """The number of an event's handler, and of its values."""
        for number, handler in self._built.fns.items():
            for block, event in handler.targets:
                target = self._built.blocks.get(block)
                if event == name and (not elem_id or getattr(target, "elem_id", "") == elem_id):
                    return number, len(handler.inputs)
        raise LookupError(f"{elem_id} has no {name}")
