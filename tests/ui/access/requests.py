"""What is sent to a running page in place of a browser's requests."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOGS = "# Server logs\n\nWe keep logs. They are kept for 30 days."
QUESTION = "How long are logs kept?"
Page = tuple[Any, str]
"""The page's blocks, and where it is served."""


def raw(address: str, method: str, path: str, headers: dict[str, str] | None = None) -> int:
    """The status of a request whose path nobody has tidied up."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request(method, path, headers=headers or {})
    status = connection.getresponse().status
    connection.close()
    return status


def routes(built: Any) -> list[tuple[str, str]]:
    """Every method and path of Gradio's server, with something for what may vary."""
    every: list[Any] = []
    for route in built.app.routes:
        inside = getattr(route, "original_router", None)  # of a router that is included whole
        every += inside.routes if inside else [route]
    return [
        (method, re.sub(r"\{[^}]*\}", "x", route.path))
        for route in every
        for method in sorted(getattr(route, "methods", None) or {"GET"})
    ]


def upload_folder() -> Path:
    from gradio.utils import get_upload_folder

    return Path(get_upload_folder())
