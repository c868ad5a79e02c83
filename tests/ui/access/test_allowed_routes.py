"""What a page serves, takes and lets be named: its own routes, uploads and events only."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.ui.access.requests import LOGS, Page, raw, upload_folder
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.visiting import FORM, Visitor
from ui.access import allowed_routes
from ui.history.conversations import History

pytestmark = pytest.mark.slow


def test_no_file_of_the_machine_is_served(page: Page, fake: FakeAssistant) -> None:
    History(fake.folder).begin("me", "c", "Q?")
    uploads = upload_folder()
    (uploads / "link.txt").symlink_to("/etc/passwd")
    (uploads / "mine.txt").write_text("mine", encoding="utf-8")
    wanted = [
        "/etc/passwd",
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2fetc%2fpasswd",
        "%252fetc%252fpasswd",
        "..%5c..%5cetc%5cpasswd",
        "/proc/self/environ",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "https://evil.example/x",
        str(uploads / "link.txt"),
        str(uploads / "mine.txt"),
        f"{uploads}/../../etc/passwd",
        str(fake.folder / "chat.sqlite3"),
        str(fake.folder / "index.sqlite3"),
        "pyproject.toml",
        "./ui/page/chat.py",
        "%00/etc/passwd",
    ]
    places = ["/gradio_api/file=", "/file=", "/gradio_api/file/", "/file/", "/gradio_api/proxy="]
    tried = [(place, path) for place in places for path in wanted]
    tried += [
        (place, path)
        for place in ("/static/", "/assets/", "/svelte/", "/gradio_api/stream/")
        for path in (*wanted, "../" * 12 + "etc/passwd", "%2e%2e/" * 12 + "etc/passwd")
    ]
    open_ones = {each: raw(page[1], "GET", "".join(each)) for each in tried}
    assert {each: status for each, status in open_ones.items() if status not in {403, 404}} == {}
    for each in ("link.txt", "mine.txt"):
        (uploads / each).unlink()


def test_an_event_names_no_file_but_an_upload(visitor: Visitor, fake: FakeAssistant) -> None:
    uploads = upload_folder()
    (uploads / "link.txt").symlink_to("/etc/passwd")
    for path in (
        "/etc/passwd",
        f"{uploads}/../../etc/passwd",
        str(uploads / "link.txt"),
        str(fake.folder / "chat.sqlite3"),
        "http://127.0.0.1:1/policy.txt",
        "https://evil.example/policy.txt",
        "pyproject.toml",
        "a\x00b",
    ):
        assert visitor.add(path) == "this is not an event of the page"
        hidden = {"deep": [{"path": path, "meta": {"_type": "gradio.FileData"}}]}
        assert visitor.event("", "load", [hidden]).status_code == 400
    (uploads / "link.txt").unlink()
    assert visitor.send("run/predict", [{"path": 1, "meta": {}}]).status_code == 400
    nested = httpx.post(
        f"{visitor.address}gradio_api/run/predict",
        content="[" * 200_000,
        headers={"Content-Type": "application/json"},
        verify=False,
    )
    assert nested.status_code == 400
    assert [entry.id for entry in fake.policies()] == ["acme"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../evil.txt", "evil.txt"),
        ("/etc/bad.txt", "bad.txt"),
        ("..\\..\\worse.txt", "....worse.txt"),
        ("-rf.txt", "-rf.txt"),
        ("n" * 255 + ".txt", "n" * 196 + ".txt"),
        ("new\nline.txt", "newline.txt"),
        ("nul\x00.txt", "_nul.txt"),
        ("a'b<c>.txt", "a'bc.txt"),
        ("$(reboot);.txt", "(reboot);.txt"),
        ("\u202egnp.txt", "\u202egnp.txt"),
    ],
)
def test_an_upload_stays_in_its_folder(
    visitor: Visitor, fake: FakeAssistant, name: str, kept: str
) -> None:
    (fake.folder / "uploads.lock").touch()
    before = set(fake.folder.parent.rglob("*"))
    sent = visitor.upload(name, LOGS.encode())
    assert sent.status_code == 200
    shown = visitor.add(*sent.json())
    uploads = fake.folder / "uploads"
    assert set(fake.folder.parent.rglob("*")) - before - {uploads} == {uploads / kept}
    assert (uploads / kept).read_text(encoding="utf-8") == LOGS
    assert "added" in shown
    assert "\\u202e" not in shown
    fake.remove(Path(kept).stem)


@pytest.mark.parametrize("name", ["..", "x/.."])
def test_a_name_that_is_none_is_refused(visitor: Visitor, name: str) -> None:
    assert visitor.upload(name, b"We keep logs.").status_code == 400


def test_uploads_come_where_only_the_owner_reads() -> None:
    assert stat.S_IMODE(upload_folder().stat().st_mode) == 0o700


def test_sizes_are_limited(page: Page, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page[0].max_file_size == 50 * 1024 * 1024
    monkeypatch.setattr(page[0], "max_file_size", 1000)
    assert visitor.upload("a.txt", b"x" * 1001).status_code == 413
    assert visitor.upload("a.txt", b"x" * 999).status_code == 200
    monkeypatch.setattr(allowed_routes, "_LARGEST_UPLOAD", 2000)
    assert visitor.upload("a.txt", b"x" * 2001).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\n'
        yield from [b"x" * 100] * 40

    counted = visitor.request("POST", "/gradio_api/upload", pieces(), FORM)
    assert counted.status_code == 413
    monkeypatch.setattr(allowed_routes, "_LARGEST_EVENT", 3000)
    assert visitor.event("", "load", ["x" * 4000]).status_code == 413
    chunked = visitor.request("POST", "/gradio_api/run/predict", iter([b"x" * 2000] * 2))
    assert chunked.status_code == 413


def test_json_is_what_an_event_is(page: Page) -> None:
    for body in (b"", b"{", b"\xff", json.dumps({"data": []}).encode() + b"x"):
        sent = httpx.post(f"{page[1]}gradio_api/run/predict", content=body, verify=False)
        assert sent.status_code == 400


@pytest.mark.parametrize(
    ("event", "data"),
    [
        (None, []),
        (-1, []),
        (9999, []),
        (10**30, []),
        ("0", []),
        (1, [None]),  # runs in the browser
        (0, []),
        (0, [None] * 9),
        (0, {"a": 1}),
        (0, [float("inf")]),
    ],
)
def test_what_is_not_an_event_is_refused_in_silence(
    visitor: Visitor, event: Any, data: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    sent = {"fn_index": event, "data": data, "session_hash": "x"}
    for route in ("run/predict", "queue/join"):
        answered = visitor.send(route, sent)
        assert (answered.status_code, answered.text) == (400, "this is not an event of the page")
    assert visitor.send("run/predict", [sent]).status_code == 400
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("files", [{"a": 1}, [{"path": 7}]])
def test_uploads_are_lists_of_files(visitor: Visitor, files: Any) -> None:
    answered = visitor.queued("pa-upload", "upload", [files])
    assert answered == "this is not an event of the page"


def test_events_of_a_session_that_there_is_not(
    visitor: Visitor, capfd: pytest.CaptureFixture[str]
) -> None:
    answered = visitor.request("GET", "/gradio_api/queue/data?session_hash=nobody")
    assert "Not Found" in answered.text or answered.text == ""
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "path",
    [
        "/static/" + "a" * 5000,
        "/assets/" + "a" * 256,
        "/static/" + "a/" * 1000,
        "/?" + "a" * 60_000,
        "/theme.css?v=" + "a" * 65_500,
        "/" + "a" * 70_000,
    ],
    ids=len,
)
def test_addresses_too_long_for_a_file(
    page: Page, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert raw(page[1], "GET", path) in {400, 404}
    assert "Traceback" not in capfd.readouterr().err
