"""The chat page in a real Chromium: what a reader sees, and that nothing leaves the machine."""

from __future__ import annotations

import gc
import re
import shutil
import socket
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant import Assistant, PolicyAssistantError
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.test_page import HOSTILE
from ui import chat

CORPUS = Path(__file__).parents[2] / "corpus"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
LOGS = "# Server logs\n\nWe keep logs. They are kept for 30 days.\n\n" + "Filler is here.\n\n" * 80
COOKIES = "# Cookies\n\nCookies are kept for a year.\n\nWe use cookies to keep you logged in."

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
    # Gradio keeps its queue's statistics with options that pandas is giving up.
    pytest.mark.filterwarnings("ignore:.future.no_silent_downcasting. is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
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
    """Opens the page on two policies; at the end no page has asked any other host."""
    for entry in fake.policies():
        fake.remove(entry.id)
    fake.put("acme", LOGS, "Acme", "2019-05-01")
    fake.put("bolt", COOKIES, "Bolt")
    fake.gate.set()
    yield from pages(browser, address)


def served(assistant: Any, *, generate: bool = True) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning)  # in Gradio's dependencies
        built = chat.build(assistant, generate)
        address = chat.start(built, free_port())
    yield address
    built.close(verbose=False)


def pages(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    foreign: list[str] = []
    alarms: list[str] = []
    contexts = []

    def note(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and f"http://{parts.netloc}/" != address:
            foreign.append(url)

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: note(request.url))
        page.on("websocket", lambda socket: note(socket.url))
        page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: alarms.append(str(error)))
        page.goto(address)
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


def luminance(colour: list[int]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [
        part / 12.92 if (part := each / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for each in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: list[int], paper: list[int]) -> float:
    """Contrast ratio, WCAG 2.2."""
    low, high = sorted((luminance(ink), luminance(paper)))
    return (high + 0.05) / (low + 0.05)


def rgb(page: Page, which: str, selector: str) -> list[int]:
    script = f"element => getComputedStyle(element).{which}"
    return [int(each) for each in re.findall(r"\d+", page.locator(selector).first.evaluate(script))]


def test_quotes_come_first_then_the_answer_and_markers_lead_to_cards(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page = opened()
    fake.gate.clear()
    ask(page, "How long are logs kept?")
    marks = page.locator("#pa-evidence blockquote mark")
    expect(marks).to_have_text(["They are kept for 30 days.", "Cookies are kept for a year."])
    expect(page.locator(".pa-waiting")).to_have_text("Checking each sentence …")
    expect(page.locator(".pa-sentences")).to_have_count(0)
    expect(page.locator("#pa-ask")).to_be_hidden()

    fake.gate.set()
    expect(page.locator(".pa-verdict")).to_contain_text("2 quotes from Acme and Bolt")
    expect(page.locator(".pa-sentences")).to_have_text(
        "It is written: They are kept for 30 days. [1] "
        "It is written: Cookies are kept for a year. [2]"
    )
    expect(page.locator("#pa-ask")).to_be_visible()
    expect(page.locator(".pa-waiting")).to_have_count(0)

    page.locator(".pa-marker", has_text="[2]").click()
    expect(page.locator("#turn-1-card-2")).to_be_focused()
    page.locator(".pa-marker", has_text="[1]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1-card-1")).to_be_focused()
    expect(page).to_have_url(page.url.partition("#")[0])


def test_the_policy_opens_at_the_quoted_words_and_the_citation_is_copied(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    fake.put("acme", "Filler is here.\n\n" * 80 + "Logs are retained.\n\n" + "More.\n\n" * 80)
    page = opened()
    ask(page, "Are logs retained?")
    page.locator(".pa-context summary").click()
    expect(page.locator(".pa-text mark")).to_have_text("Logs are retained.")
    page.wait_for_function("document.querySelector('.pa-text').scrollTop > 0")
    inside = """() => {
        const box = (name) => document.querySelector(name).getBoundingClientRect();
        const text = box(".pa-text"), mark = box(".pa-text mark");
        return text.top <= mark.top && mark.bottom <= text.bottom;
    }"""
    assert page.evaluate(inside)
    page.locator(".pa-copy").click()
    expect(page.locator(".pa-copy")).to_have_text("Copied")
    version = fake.policy("acme").version
    assert page.evaluate("navigator.clipboard.readText()") == f"acme@{version}:1360-1378"


def test_earlier_turns_keep_their_evidence_and_are_passed_as_history(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator("#turn-1 .pa-verdict")).to_be_visible()
    ask(page, "What are the cookies?")
    expect(page.locator("#turn-2 .pa-verdict")).to_be_visible()
    expect(page.locator("#turn-1-evidence")).to_be_hidden()
    page.locator("#turn-1 .pa-marker").first.click()
    expect(page.locator("#turn-1-card-1")).to_be_visible()
    expect(page.locator("#turn-2-evidence")).to_be_hidden()
    assert fake.asked[-1]["history"] == [
        (
            "How long are logs kept?",
            "It is written: They are kept for 30 days. It is written: Cookies are kept for a year.",
        )
    ]


def test_filter_quotes_only_and_first_questions(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page = opened()
    example = page.locator(".pa-example", has_text="How does Bolt use cookies?")
    expect(example).to_be_visible()
    page.get_by_role("combobox", name="Search only in").click()
    page.get_by_role("option", name="Bolt – Policy of bolt").click()
    page.keyboard.press("Escape")
    page.get_by_label("Quotes only").check()
    example.click()
    expect(page.locator(".pa-quotes li")).to_have_count(1)
    expect(page.locator(".pa-quotes q")).to_have_text("We use cookies to keep you logged in.")
    expect(example).to_be_hidden()
    assert fake.asked[-1]["policies"] == ["bolt"]
    assert fake.asked[-1]["generate"] is False


def test_stop_ends_the_answer_and_the_work_behind_it(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page = opened()
    fake.gate.clear()
    ask(page, "To be stopped: how long are logs kept?")
    expect(page.locator("#pa-evidence mark")).not_to_have_count(0)
    page.locator("#pa-stop").click()
    expect(page.locator(".pa-note")).to_contain_text("Stopped.")
    fake.gate.set()
    expect(page.locator(".pa-verdict")).to_have_count(0)
    expect(page.locator("#pa-ask")).to_be_visible()
    ask(page, "How long are logs kept?")
    expect(page.locator("#turn-2 .pa-verdict")).to_be_visible()
    assert "To be stopped: how long are logs kept?" in fake.finished


def test_not_stated_and_errors_read_like_help(opened: Callable[..., Page]) -> None:
    page = opened()
    ask(page, "Do you sell to brokers?")
    turn = page.locator("#turn-1")
    expect(turn.locator(".pa-verdict")).to_have_text("The policies do not say")
    expect(turn).to_contain_text("Searched 2 policies: Acme and Bolt.")
    expect(turn.locator(".pa-nearest li")).to_have_count(3)
    ask(page, "Does this fail?")
    expect(page.locator("#turn-2 .pa-error")).to_have_text(
        "this question cannot be asked: <b>ask another</b>"
    )
    expect(page.locator("#pa-ask")).to_be_visible()


def test_upload_shows_each_file_and_remove_asks_twice(
    opened: Callable[..., Page], fake: FakeAssistant, tmp_path: Path
) -> None:
    page = opened()
    good, bad = tmp_path / "leave.txt", tmp_path / "scan.pdf"
    good.write_text("# Annual leave\n\nLeave is 25 days.", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7")
    page.set_input_files("#pa-upload input[type=file]", [good, bad])
    expect(page.locator(".pa-results li")).to_have_text(
        [
            "Added leave.txt1 clause",
            "Rejected scan.pdfno text layer in 'scan.pdf' (1 page): run OCR on it first",
        ]
    )
    expect(page.locator(".pa-policies li")).to_have_count(3)
    expect(page.locator(".pa-welcome h2")).to_have_text("Ask what 3 policies say")
    kept = fake.folder / "uploads" / "leave.txt"
    assert list(kept.parent.iterdir()) == [kept]

    good.write_text("# Annual leave\n\nLeave is 30 days.", encoding="utf-8")
    page.set_input_files("#pa-upload input[type=file]", [good])
    expect(page.locator(".pa-results li")).to_have_text(["Updated leave.txt1 clause"])

    remove = page.locator('.pa-remove[data-policy="leave"]')
    remove.click()
    expect(remove).to_have_text("Really remove?")
    assert kept.exists()
    remove.click()
    expect(page.locator(".pa-policies li")).to_have_count(2)
    assert not kept.exists()


def test_hostile_policy_text_stays_text(opened: Callable[..., Page], fake: FakeAssistant) -> None:
    fake.put("evil", HOSTILE, HOSTILE)
    page = opened()
    before = page.locator("img, script, iframe").count()
    ask(page, f"{HOSTILE} quoted")
    mark = page.locator("#pa-evidence blockquote mark")
    expect(mark).to_contain_text("[go](javascript:alert(3)) [U+202E]gnp[U+202C]")
    expect(mark).to_contain_text("{{value}} ${alert(4)}")
    expect(page.locator(".pa-question")).to_contain_text("<script>alert(1)</script><img src=x")
    assert page.locator("img, script, iframe").count() == before
    assert page.locator("a:not(.pa-marker)").count() == 0


def test_a_phone_needs_no_sideways_scrolling(opened: Callable[..., Page]) -> None:
    page = opened(viewport={"width": 360, "height": 740})
    ask(page, "How long are logs kept?")
    expect(page.locator(".pa-verdict")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    below = """() => {
        const box = (id) => document.getElementById(id).getBoundingClientRect();
        return box("pa-evidence").top >= box("pa-talk").bottom;
    }"""
    assert page.evaluate(below)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_marks_have_contrast(opened: Callable[..., Page], scheme: str) -> None:
    page = opened(color_scheme=scheme)
    ask(page, "How long are logs kept?")
    expect(page.locator(".pa-verdict")).to_be_visible()
    expect(page.locator("body")).to_have_class("dark" if scheme == "dark" else "")
    ink, paper = rgb(page, "color", "mark"), rgb(page, "backgroundColor", "mark")
    assert contrast(ink, paper) >= 4.5
    ink, paper = rgb(page, "color", ".pa-sentences"), rgb(page, "backgroundColor", "body")
    assert contrast(ink, paper) >= 7
    assert (luminance(paper) < 0.1) is (scheme == "dark")
    ink, paper = rgb(page, "color", "#pa-ask"), rgb(page, "backgroundColor", "#pa-ask")
    assert contrast(ink, paper) >= 4.5


def test_an_empty_index_says_how_to_add_a_policy(browser: Browser, tmp_path: Path) -> None:
    for address in served(FakeAssistant(tmp_path)):
        for open_page in pages(browser, address):
            page = open_page()
            expect(page.locator(".pa-welcome")).to_contain_text("Add a policy to begin")
            expect(page.locator(".pa-welcome")).to_contain_text("policy-assistant add")
            expect(page.locator(".pa-example")).to_have_count(0)


def test_the_server_keeps_to_itself(address: str, fake: FakeAssistant) -> None:
    with urllib.request.urlopen(address) as response:
        policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; script-src 'self'")
    assert "http" not in policy

    secret = fake.folder / "index.sqlite"
    secret.write_text("secret", encoding="utf-8")
    for path, host, status in (
        (f"gradio_api/file={secret}", None, 403),
        ("gradio_api/file=/etc/passwd", None, 403),
        ("", "evil.example:80", 421),
        ("docs", None, 404),
    ):
        request = urllib.request.Request(address + path, headers={"Host": host} if host else {})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert (path, refused.value.code) == (path, status)
        refused.value.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_taken_port_is_told(address: str, tmp_path: Path) -> None:
    port = urlsplit(address).port
    with pytest.raises(PolicyAssistantError, match=f"cannot serve on port {port}: choose another"):
        chat.start(chat.build(FakeAssistant(tmp_path)), port)
    gc.collect()  # the socket that Gradio tried the port with and left open


def test_the_sample_corpus_is_asked_and_quoted_verbatim(browser: Browser, tmp_path: Path) -> None:
    assistant = Assistant.load(tmp_path / "index")
    for address in served(assistant, generate=False):
        for open_page in pages(browser, address):
            page = open_page(viewport={"width": 1440, "height": 900})
            expect(page.locator(".pa-welcome")).to_contain_text("Add a policy to begin")
            page.set_input_files("#pa-upload input[type=file]", sorted(CORPUS.glob("i*.md")))
            expect(page.locator(".pa-results li[data-status=added]")).to_have_count(
                4, timeout=60_000
            )
            expect(page.locator(".pa-example")).to_have_count(4)
            ask(page, "Does Intraworks keep my credit card number?")
            expect(page.locator(".pa-verdict")).to_be_visible(timeout=60_000)
            quoted = page.locator("#pa-evidence blockquote mark").first.text_content()
            assert quoted
            assert quoted in assistant.policy("intraworks").text
            assert "credit card" in quoted
            page.locator(".pa-marker").first.click()
            expect(page.locator("#turn-1-card-1")).to_be_focused()
            expect(page.locator("#turn-1-card-1 h3")).to_contain_text("Intraworks")
