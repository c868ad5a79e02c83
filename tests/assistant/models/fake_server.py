"""A language model server on this machine that does what a test tells it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Notes the request, then does what the script says."""

    server: Imitation

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        try:
            self.server.script(self)
        except OSError:
            self.server.hung_up.set()
        self.close_connection = True

    def reply(self, body: str | bytes, status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.begin(status, **{"Content_Length": str(len(data)), **headers})
        self.wfile.write(data)

    def begin(self, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def wait_for_hanging_up(self) -> None:
        self.connection.settimeout(5)
        if self.connection.recv(1) == b"":
            self.server.hung_up.set()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Imitation(ThreadingHTTPServer):
    """A language model server on this machine."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server_address[1]}"
        self.url = f"http://{self.host}/v1"
        self.asked: list[tuple[str, str | None, dict[str, Any]]] = []
        self.hung_up = threading.Event()
        self.script: Script = lambda handler: None
