"""Requests that name other hosts, or come from the pages of other hosts or ports."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest

from tests.ui.access.requests import Page
from tests.ui.visiting import PASSWORD, Visitor

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("192.168.1.5:7860", "http://192.168.1.5:7860", 200),
        ("[fe80::1]:7860", None, 200),
        ("localhost:7860", "https://localhost:7860", 200),
        ("evil.example:7860", None, 421),
        ("evil.example", "http://evil.example", 421),
        ("", None, 421),
        ("[::1", None, 421),
        ("192.168.1.5:7860", "http://192.168.1.5:7861", 403),
        ("192.168.1.5:7860", "http://evil.example", 403),
        ("192.168.1.5:7860", "null", 403),
        ("192.168.1.5:7860", "http://[", 403),
    ],
)
def test_hosts_and_origins_elsewhere(
    guarded: Page, host: str, origin: str | None, status: int
) -> None:
    headers = {"Host": host} | ({"Origin": origin} if origin else {})
    visitor = Visitor(*guarded, PASSWORD)
    assert visitor.request("GET", "/", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}", 200),
        ("localhost:{port}", "http://localhost:{port}", 200),
        ("127.0.0.1:{port}", "http://127.0.0.1:8000", 403),  # another server on this machine
        ("127.0.0.1:{port}", "http://localhost:{port}", 403),
        ("192.168.1.5:{port}", None, 421),
    ],
)
def test_hosts_and_origins_here(page: Page, host: str, origin: str | None, status: int) -> None:
    port = urlsplit(page[1]).port
    headers = {"Host": host.format(port=port)}
    headers |= {"Origin": origin.format(port=port)} if origin else {}
    assert httpx.get(page[1], headers=headers, verify=False).status_code == status
