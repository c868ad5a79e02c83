"""What the page remembers: conversations, addresses of answers, feedback; and for whom."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import Answer, Assistant, Settings
from index.models.embedder import Embedder
from tests.assistant.conftest import NO_MODEL
from tests.conftest import FakeReranker
from tests.ui.conftest import ask, pages, served
from tests.ui.fake_assistant import FakeAssistant
from ui.history.feedback import KeptFeedback
from ui.history.kept import Feedback, Judgement

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.future.no_silent_downcasting. is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


def link_of(page: Page) -> str:
    page.locator(".pa-share").last.click()
    expect(page.locator(".pa-share").last).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_conversation_survives_a_reload_and_goes_on(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator("#turn-1 .pa-judge")).to_have_count(3)
    before = page.locator("#turn-1 .pa-sentences").inner_text()
    page.reload()
    expect(page.locator("#turn-1 .pa-sentences")).to_have_text(before)
    expect(page.locator("#pa-evidence .pa-text mark")).to_have_count(2)
    expect(page.locator(".pa-example")).to_have_count(0)
    ask(page, "What are the cookies?")
    expect(page.locator("#turn-2 .pa-judge")).to_have_count(3)
    history = fake.asked[-1]["history"]
    assert isinstance(history, list)
    assert [question for question, _ in history] == ["How long are logs kept?"]
    expect(page.locator(".pa-past li")).to_have_count(1)
    page.reload()
    expect(page.locator(".pa-turn")).to_have_count(2)


def test_conversations_are_opened_begun_and_deleted(opened: Callable[..., Page]) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator("#turn-1 .pa-judge")).to_have_count(3)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".pa-welcome")).to_be_visible()
    expect(page.locator(".pa-card")).to_have_count(0)
    ask(page, "What are the cookies?")
    expect(page.locator("#turn-1 .pa-judge")).to_have_count(3)
    titles = page.locator(".pa-open span")
    expect(titles).to_have_text(["What are the cookies?", "How long are logs kept?"])
    expect(page.locator(".pa-open").first).to_have_attribute("aria-current", "true")

    page.locator(".pa-open", has_text="How long").click()
    expect(page.locator(".pa-question")).to_have_text(["How long are logs kept?"])
    expect(page.locator("#pa-evidence .pa-text mark")).to_have_count(2)

    delete = page.locator(".pa-past li", has_text="How long").locator(".pa-delete")
    delete.click()
    expect(delete).to_have_text("Really delete?")
    delete.click()
    expect(titles).to_have_text(["What are the cookies?"])
    expect(page.locator(".pa-welcome")).to_be_visible()
    page.reload()
    expect(titles).to_have_text(["What are the cookies?"])


def test_a_double_click_deletes_nothing_two_quick_presses_do(opened: Callable[..., Page]) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator("#turn-1 .pa-judge")).to_have_count(3)
    delete = page.locator(".pa-delete")
    delete.dblclick()
    expect(delete).to_have_text("Really delete?")
    expect(delete).to_have_text("Delete", timeout=10_000)  # nothing was meant
    expect(page.locator(".pa-past li")).to_have_count(1)
    delete.evaluate("(button) => { button.click(); button.click(); }")
    expect(page.locator(".pa-past li")).to_have_count(0)


def test_one_browser_does_not_see_the_conversations_of_another(opened: Callable[..., Page]) -> None:
    mine, yours = opened(), opened()
    ask(mine, "How long are logs kept?")
    expect(mine.locator(".pa-past li")).to_have_count(1)
    yours.reload()
    expect(yours.locator("#pa-conversations")).to_contain_text("What you ask is kept here")
    expect(yours.locator(".pa-past li")).to_have_count(0)


def test_an_answer_that_was_not_complete_says_so_after_a_reload(
    opened: Callable[..., Page], fake: FakeAssistant
) -> None:
    page = opened()
    fake.gate.clear()
    ask(page, "How long are logs kept?")
    expect(page.locator("#pa-evidence .pa-text mark")).to_have_count(2)
    expect(page.locator(".pa-open")).to_be_disabled()
    page.locator("#pa-stop").click()
    expect(page.locator(".pa-open")).to_be_enabled()
    fake.gate.set()
    page.reload()
    expect(page.locator("#turn-1 .pa-note")).to_contain_text("before its answer was complete")


def test_an_answer_has_an_address(opened: Callable[..., Page], fake: FakeAssistant) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator(".pa-judge")).to_have_count(3)
    link = link_of(page)
    assert re.search(r"/\?answer=[\w-]{22}$", link)
    before = page.locator(".pa-sentences").inner_text()
    receipt = page.locator(".pa-receipt dl").text_content()

    tab = page.context.new_page()
    tab.goto(link)
    expect(tab.locator(".pa-note").first).to_contain_text("This is the answer as it was given on")
    expect(tab.locator(".pa-sentences")).to_have_text(before)
    assert tab.locator(".pa-receipt dl").text_content() == receipt
    expect(tab.locator("#pa-evidence .pa-text mark")).to_have_count(2)
    ask(tab, "What are the cookies?")
    expect(tab.locator(".pa-question")).to_have_text(["What are the cookies?"])
    expect(tab).to_have_url(link.partition("?")[0])
    assert fake.asked[-1]["history"] == []

    stranger = opened("?answer=" + link.rpartition("=")[2])
    expect(stranger.locator(".pa-sentences")).to_have_text(before)
    expect(stranger.locator(".pa-past li")).to_have_count(0)

    fake.remove("acme")
    stranger.reload()
    expect(stranger.locator("#turn-1-card-1")).to_contain_text("since been removed from the index")
    expect(stranger.locator("#turn-1-card-1 mark")).to_have_text("They are kept for 30 days.")


def saved(page: Page, form: str) -> tuple[str, str]:
    with page.expect_download() as coming:
        page.get_by_role("group", name="Share or save this answer").get_by_text(form).click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_text("utf-8")


def test_an_answer_is_saved_in_each_form(opened: Callable[..., Page], address: str) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator(".pa-judge")).to_have_count(3)
    name, markdown = saved(page, "Markdown")
    assert name == "how-long-are-logs-kept.md"
    assert "> They are kept for 30 days." in markdown
    assert f"{address}?cite=acme%40" in markdown

    page.goto(link_of(page))
    expect(page.locator(".pa-note").first).to_contain_text("as it was given")
    assert "<blockquote>They are kept for 30 days.</blockquote>" in saved(page, "HTML")[1]
    name, text = saved(page, "JSON")
    answer = Answer.from_dict(json.loads(text))
    assert (name, answer.question) == ("how-long-are-logs-kept.json", "How long are logs kept?")


def test_an_address_of_nothing_is_told(opened: Callable[..., Page]) -> None:
    page = opened("?answer=<b>nothing")
    expect(page.get_by_role("alert")).to_contain_text("There is no answer at this address")
    expect(page.locator(".pa-welcome")).to_be_visible()


def test_an_answer_is_shown_again_after_a_restart(browser: Browser, tmp_path: Path) -> None:
    fake = FakeAssistant(tmp_path)
    fake.put("acme", "Logs are kept.", "Acme")
    id_ = ""
    for address in served(fake):
        for open_page in pages(browser, address):
            page = open_page()
            ask(page, "Are logs kept?")
            expect(page.locator(".pa-judge")).to_have_count(3)
            id_ = link_of(page).rpartition("=")[2]
    again = FakeAssistant(tmp_path)
    again.put("acme", "Logs are kept.", "Acme")
    for address in served(again):
        for open_page in pages(browser, address):
            page = open_page(f"?answer={id_}")
            expect(page.locator(".pa-sentences")).to_have_text("It is written: Logs are kept. [1]")
    assert again.asked == []


def test_feedback_is_kept_with_its_note(opened: Callable[..., Page], fake: FakeAssistant) -> None:
    page = opened()
    ask(page, "How long are the logs kept?")
    page.get_by_role("button", name="Incomplete").click()
    pressed = page.locator('.pa-judge[aria-pressed="true"]')
    expect(pressed).to_have_text("Incomplete")
    page.get_by_label("What is wrong or missing?").fill("“We keep logs.” is missing")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".pa-noting")).to_contain_text("Saved with your note.")
    page.reload()
    expect(pressed).to_have_text("Incomplete")
    expect(page.locator(".pa-noting textarea")).to_have_value("“We keep logs.” is missing")
    page.get_by_role("button", name="Right").click()
    expect(pressed).to_have_text("Right")
    kept = KeptFeedback(fake.folder).questions()[-1]
    assert kept.question == "How long are the logs kept?"
    assert kept.feedback == Feedback(Judgement.RIGHT, "“We keep logs.” is missing")


def test_where_nothing_can_be_kept_it_is_told_and_answered_all_the_same(
    browser: Browser, tmp_path: Path
) -> None:
    fake = FakeAssistant(tmp_path)
    fake.put("acme", "Logs are kept.", "Acme")
    (tmp_path / "chat.sqlite3").write_bytes(b"This is no database, as anybody can see. " * 40)
    for address in served(fake):
        for open_page in pages(browser, address):
            page = open_page()
            expect(page.get_by_role("alert")).to_contain_text("cannot use the conversations in")
            ask(page, "Are logs kept?")
            expect(page.locator(".pa-verdict")).to_be_visible()
            expect(page.locator(".pa-judge")).to_have_count(0)


def test_a_citation_has_an_address(browser: Browser, tmp_path: Path, embedder: Embedder) -> None:
    path = tmp_path / "acme.txt"
    path.write_text("Acme policy\n\nWe keep logs for 30 days. Nobody reads them.\n", "utf-8")
    assistant = Assistant(tmp_path / "index", Settings(), embedder, NO_MODEL, FakeReranker())
    assistant.add([path])
    text = assistant.policy("acme").text
    start, end = text.index("We keep"), text.index(" Nobody")
    citation = f"acme@{assistant.policy('acme').version}:{start}-{end}"
    path.write_text(text.replace("30 days", "90 days"), "utf-8")
    assistant.add([path])
    for address in served(assistant, generate=False):
        for open_page in pages(browser, address):
            page = open_page(f"?cite={quote(citation, safe='')}")
            expect(page.locator(".pa-verdict")).to_have_text("Changed")
            expect(page.locator("#turn-1 blockquote").first).to_have_text(text[start:end])
            expect(page.locator("#turn-1 blockquote").last).to_contain_text("90 days")
            expect(page.locator("#turn-1-card-1 .pa-text mark")).to_have_text(text[start:end])
            page = open_page("?cite=acme@nothing")
            expect(page.get_by_role("alert")).to_contain_text("is not a citation id")
