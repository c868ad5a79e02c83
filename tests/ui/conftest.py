"""A Chromium, a page served to it, and what holds of every visit: no other host is asked."""

from __future__ import annotations

import gc
import shutil
import socket
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from assistant import assistant
from tests.assistant.samples import corpus_folder, real_embedder, real_reranker
from tests.ui.commands import POLICY, Run
from tests.ui.fake_assistant import FakeAssistant
from ui.cli.main import main
from ui.page import chat

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# Chromium takes the last of these options, so what Playwright disables stands here as well. Without
# the popups of the address bar and spare renderers a page takes half the time.
_DISABLED = (
    "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
    "OptimizationHints,WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"
    "SpareRendererForSitePerProcess"
)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    f"--disable-sync --no-first-run --in-process-gpu --disable-features={_DISABLED}"
).split()
LOGS = "# Server logs\n\nWe keep logs. They are kept for 30 days.\n\n" + "Filler is here.\n\n" * 80
COOKIES = "# Cookies\n\nCookies are kept for a year.\n\nWe use cookies to keep you logged in."

expect.set_options(timeout=20_000)  # the first page of a server takes seconds on a busy machine


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> FakeAssistant:
    return FakeAssistant(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def address(fake: FakeAssistant) -> Iterator[str]:
    yield from served(fake)


@pytest.fixture
def opened(browser: Browser, address: str, fake: FakeAssistant) -> Iterator[Callable[..., Page]]:
    """Opens the page on two policies, each time in a browser of its own."""
    for entry in fake.policies():
        fake.remove(entry.id)
    fake.put("acme", LOGS, "Acme", "2019-05-01")
    fake.put("bolt", COOKIES, "Bolt")
    fake.gate.set()
    yield from pages(browser, address)


def served(assistant: Any, *, generate: bool = True) -> Iterator[str]:
    """Serves the page as long as this generator lives, and says where."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning)  # in Gradio's dependencies
        warnings.filterwarnings("ignore", category=ResourceWarning)  # event loops that it drops
        built = chat.build(assistant, generate)
        address = chat.start(built, free_port())
        gc.collect()
    yield address
    built.close(verbose=False)


def pages(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the page. At the end no page has asked any other host or failed."""
    foreign: list[str] = []
    alarms: list[str] = []
    contexts = []

    def note(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and f"http://{parts.netloc}/" != address:
            foreign.append(url)

    def dismiss(dialog: Dialog) -> None:
        alarms.append(dialog.message)
        dialog.dismiss()

    def watch(page: Page) -> None:
        page.set_default_timeout(10_000)
        page.on("request", lambda request: note(request.url))
        page.on("websocket", lambda socket: note(socket.url))
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: alarms.append(str(error)))

    def open_page(path: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.on("page", watch)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + path)
        if not path:
            expect(page.locator(".pa-welcome")).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert foreign == []
    assert alarms == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(page: Page, question: str) -> None:
    page.fill("#pa-question textarea", question)
    page.press("#pa-question textarea", "Enter")


@pytest.fixture
def one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise every command would load the embedding model and the reranker again."""
    monkeypatch.setattr(assistant, "SentenceTransformerEmbedder", lambda _: real_embedder())
    monkeypatch.setattr(assistant, "EvidenceReranker", real_reranker)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Run:
    """Runs one command on an index, by default the sample corpus: status, stdout, stderr."""
    request.getfixturevalue("one_model")

    def command(*arguments: object, index: Path | None = None) -> tuple[int, str, str]:
        name, *rest = map(str, arguments)
        capsys.readouterr()
        status = main([name, "--index", str(index or corpus_folder()), *rest])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    path = tmp_path / "acme.txt"
    path.write_text(POLICY, encoding="utf-8")
    return path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"
