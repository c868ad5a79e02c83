from __future__ import annotations

import pytest

from tests.ui.access.requests import QUESTION, Page, raw, routes
from tests.ui.visiting import PASSWORD, Visitor
from ui.access import password

pytestmark = pytest.mark.slow


def test_without_the_password_every_route_is_closed(guarded: Page) -> None:
    built, address = guarded
    every = routes(built)
    assert len(every) > 60
    for known in ("/", "/config", "/gradio_api/queue/join", "/gradio_api/file=x"):
        assert known in {path for _, path in every}
    every += [("POST", "/gradio_api/upload"), ("GET", "/nonsense"), ("GET", "/file=/etc/passwd")]
    answered = {(method, path): raw(address, method, path) for method, path in every}
    assert {each: status for each, status in answered.items() if status != 401} == {}


def test_the_password_opens_the_page(guarded: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(*guarded, PASSWORD)
    assert visitor.request("GET", "/").status_code == 200
    assert "They are kept for 30 days." not in visitor.begin("me")
    assert "They are kept for 30 days." in visitor.ask(QUESTION)
    monkeypatch.setattr(password, "_DELAY", 0.01)
    for wrong in ("wrong", PASSWORD + "x", PASSWORD[:-1], "ü" * 20):
        refused = Visitor(*guarded, wrong).request("GET", "/")
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic realm=")
    for header in ("Basic", "Basic =", "Basic \xff", f"Bearer {PASSWORD}", "Basic " + "A" * 5000):
        assert raw(guarded[1], "GET", "/", {"Authorization": header}) == 401
