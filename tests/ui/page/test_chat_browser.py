"""The chat page in a real Chromium: what a reader sees, and that nothing leaves the machine."""

from __future__ import annotations

import gc
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import PolicyAssistantError
from tests.assistant.samples import assistant_on, real_model
from tests.ui.conftest import ask, pages, served
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.page.shown import HOSTILE
from ui.access.queue import Admission
from ui.page import chat

PALE = "rgb(237, 243, 228)"  # what a clause is shaded with, in light
CORPUS = Path(__file__).parents[3] / "corpus"

# Gradio keeps its queue's statistics with options that pandas is giving up.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.future.no_silent_downcasting. is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


def test_quotes_come_first_then_the_answer_and_markers_lead_to_cards(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page = opened()
    fake.gate.clear()
    ask(page, "How long are logs kept?")
    marks = page.locator("#pa-evidence .pa-text mark")
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


def test_a_quote_is_shown_on_hover_and_its_policy_opens_at_the_quoted_words(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    fake.put("acme", "Filler is here.\n\n" * 80 + "Logs are kept.\n\n" + "More.\n\n" * 80)
    fake.put("bolt", "Bits are kept.\n\n" + "More.\n\n" * 400, "Bolt")
    page = opened()
    ask(page, "Are logs kept?")
    inside = """(card) => {
        const box = (name) => document.querySelector(`#${card} ${name}`).getBoundingClientRect();
        const text = box(".pa-text"), mark = box(".pa-text mark");
        return text.height > 0 && text.top <= mark.top && mark.bottom <= text.bottom;
    }"""
    expect(page.locator("#turn-1-card-1 .pa-text mark")).to_have_text("Logs are kept.")
    page.wait_for_function(inside, arg="turn-1-card-1")
    assert page.locator("#turn-1-card-1 .pa-text").evaluate("element => element.scrollTop") > 0
    expect(page.locator("#turn-1-card-1 .pa-clause")).to_have_css("background-color", PALE)
    expect(page.locator("#turn-1-card-2 .pa-text")).to_be_hidden()

    second = page.locator(".pa-marker", has_text="[2]")
    second.hover()
    expect(page.get_by_role("tooltip")).to_have_text("Bits are kept.")
    second.click()
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.wait_for_function(inside, arg="turn-1-card-2")
    expect(page.locator("#turn-1-card-1 .pa-text")).to_be_hidden()
    expect(page.locator("#turn-1-card-1 blockquote mark")).to_have_text("Logs are kept.")

    page.locator("#turn-1-card-1 .pa-copy").click()
    expect(page.locator("#turn-1-card-1 .pa-copy")).to_have_text("Copied")
    version = fake.policy("acme").version
    assert page.evaluate("navigator.clipboard.readText()") == f"acme@{version}:1360-1374"


def test_cards_say_where_the_quote_stands(opened: Callable[..., Page], fake: FakeAssistant) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    card = page.locator("#turn-1-card-1")
    expect(card.locator("h3")).to_have_text("Quote 1: Acme")
    version = fake.policy("acme").version
    expect(card.locator(".pa-about")).to_have_text(
        f"Policy of acme · in effect from 1 May 2019 · version {version}"
    )
    expect(card.locator(".pa-place")).to_have_text("Section 1 · Server logs")
    expect(card).to_have_role("article")


def test_a_question_that_is_turned_away_stays_in_its_box(
    opened: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator(".pa-judge")).to_have_count(3)
    monkeypatch.setattr(Admission, "join", lambda _: None)
    ask(page, "And the cookies?")
    expect(page.get_by_role("alert")).to_contain_text("Busy: 72 questions are being answered")
    expect(page.locator("#pa-question textarea")).to_have_value("And the cookies?")
    page.wait_for_timeout(500)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".pa-judge")).to_have_count(3)
    expect(page.locator("#pa-ask")).to_be_visible()


def test_a_question_that_is_too_long_is_not_cut_and_says_so(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page, asked = opened(), len(fake.asked)
    box, note = page.locator("#pa-question textarea"), page.locator(".pa-too-long")
    long = "Are logs kept? " * 300
    page.evaluate("(text) => navigator.clipboard.writeText(text)", long)
    box.press("Control+V")
    expect(box).to_have_value(long)
    told = "The question has 4,499 characters. At most 4,000 are read: shorten it."
    expect(note).to_have_text(told)
    expect(note).to_have_role("status")
    page.locator("#pa-ask").click()
    expect(page.get_by_role("alert")).to_have_text(told)
    expect(box).to_have_value(long)
    assert len(fake.asked) == asked

    whole = "x" * 3_984 + " Are logs kept?"
    assert len(whole) == 3_999
    box.fill("é" + whole)
    expect(note).to_be_empty()
    box.press("Enter")
    expect(page.locator(".pa-verdict")).to_be_visible()
    assert fake.asked[-1]["question"] == "é" + whole


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
    page.get_by_role("checkbox", name="Bolt").check()
    expect(page.locator("#pa-shelf")).to_contain_text("Searching 1 of 2.")
    page.get_by_label("Quotes only").check()
    example.click()
    expect(page.locator(".pa-quotes li")).to_have_count(1)
    expect(page.locator(".pa-quotes q")).to_have_text("We use cookies to keep you logged in.")
    expect(example).to_be_hidden()
    assert fake.asked[-1]["policies"] == ["bolt"]
    assert fake.asked[-1]["generate"] is False
    page.get_by_role("button", name="Search all").click()
    expect(page.locator("#pa-shelf")).to_contain_text("Searching all of them.")
    expect(page.get_by_role("checkbox", name="Bolt")).not_to_be_checked()


def test_a_long_list_of_policies_can_be_searched(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    for number in range(12):
        fake.put(f"more-{number}", "Nothing.", f"Provider {number}")
    page = opened()
    expect(page.locator(".pa-policies li")).to_have_count(14)
    page.get_by_role("searchbox", name="Find a policy").fill("provider 1")
    expect(page.locator(".pa-policies li:visible strong")).to_have_text(
        ["Provider 1", "Provider 10", "Provider 11"]
    )


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
    expect(page.locator(".pa-judge")).to_have_count(0)
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
    expect(turn).to_contain_text("Add the policy that covers this.")
    turn.locator(".pa-nearest a").first.click()
    expect(page.locator("#turn-1-card-1")).to_be_focused()
    ask(page, "Does this fail?")
    expect(page.locator("#turn-2 .pa-error")).to_have_text(
        "this question cannot be asked: <b>ask another</b>"
    )
    expect(page.locator("#pa-ask")).to_be_visible()


def test_what_was_withheld_can_be_opened(opened: Callable[..., Page]) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    summary = page.locator(".pa-withheld summary")
    expect(summary).to_have_text(
        "1 sentence was withheld by the support check: “nobody” is in no quote"
    )
    expect(page.locator(".pa-withheld s")).to_be_hidden()
    summary.click()
    expect(page.locator(".pa-withheld s")).to_have_text("Nobody else sees them.")


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
    fake.put("evil", f"# {HOSTILE} on security\n\n{HOSTILE}", HOSTILE)
    page = opened()
    expect(page.locator(".pa-example", has_text="[U+202E]")).to_be_visible()
    before = page.locator("img, script, iframe").count()
    ask(page, f"{HOSTILE} quoted")
    mark = page.locator("#pa-evidence .pa-text mark")
    expect(mark).to_contain_text("[go](javascript:alert(3)) [U+202E]gnp[U+202C]")
    expect(mark).to_contain_text("{{value}} ${alert(4)}")
    expect(page.locator(".pa-question")).to_contain_text("<script>alert(1)</script><img src=x")
    page.get_by_role("button", name="Wrong").click()
    page.locator(".pa-noting textarea").fill(HOSTILE)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".pa-noting")).to_contain_text("Saved with your note.")
    page.locator(".pa-marker").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("[go](javascript:alert(3))")
    page.reload()
    expect(page.locator(".pa-question")).to_contain_text("<script>alert(1)</script><img src=x")
    expect(page.locator(".pa-past")).to_contain_text("[U+202E]gnp[U+202C]")
    assert "\u202e" not in page.locator("body").inner_text()
    assert page.locator("img, script, iframe").count() == before
    assert page.locator("a:not(.pa-marker, .pa-skip)").count() == 0


def test_an_empty_index_says_how_to_add_a_policy_and_loads_the_samples(
    browser: Browser, tmp_path: Path
) -> None:
    fake = FakeAssistant(tmp_path)
    for address in served(fake):
        for open_page in pages(browser, address):
            page = open_page()
            expect(page.locator(".pa-welcome")).to_contain_text("Add a policy to begin")
            expect(page.locator(".pa-welcome")).to_contain_text("policy-assistant add")
            expect(page.locator(".pa-example")).to_have_count(0)
            page.get_by_role("button", name="Load the sample policies").click()
            expect(page.locator(".pa-policies li")).to_have_count(5)
            expect(page.locator(".pa-results li")).to_have_count(5)
            expect(page.locator(".pa-welcome h2")).to_have_text("Ask what 5 policies say")
            expect(page.locator("#pa-samples")).to_be_hidden()
    assert not (tmp_path / "uploads").exists()


def test_the_server_keeps_to_itself(address: str, fake: FakeAssistant) -> None:
    with urllib.request.urlopen(address) as response:
        policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; script-src 'self'")
    assert "http" not in policy

    secret = fake.folder / "index.sqlite"
    secret.write_text("secret", encoding="utf-8")
    kept = fake.folder / "chat.sqlite3"
    for path, headers, status in (
        (f"gradio_api/file={secret}", {}, 404),
        (f"gradio_api/file={kept}", {}, 404),
        ("gradio_api/file=/etc/passwd", {}, 404),
        ("", {"Host": "evil.example:80"}, 421),
        ("gradio_api/queue/join", {"Origin": "https://evil.example"}, 403),
        ("docs", {}, 404),
    ):
        request = urllib.request.Request(address + path, headers=headers)
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
    assistant = assistant_on(tmp_path / "index", real_model())
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
            quoted = page.locator("#pa-evidence .pa-text mark").first.text_content()
            assert quoted
            assert quoted in assistant.policy("intraworks").text
            assert "credit card" in quoted
            page.locator(".pa-marker").first.click()
            expect(page.locator("#turn-1-card-1")).to_be_focused()
            expect(page.locator("#turn-1-card-1 h3")).to_contain_text("Intraworks")
            page.reload()
            expect(page.locator(".pa-verdict")).to_be_visible()
            expect(page.locator("#pa-evidence .pa-text mark").first).to_have_text(quoted)
