"""The page under load: nobody gets another's answer, and who cannot be served is told."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.assistant.injected import ANSWERED, plain_folder
from tests.assistant.samples import assistant_on, real_model
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.visiting import Visitor, running
from ui.history.conversations import History
from ui.page.actions import questions

AT_ONCE = 64
BUSY = "questions are being answered or waiting, which is the limit"
WAITS = "Busy with other questions: "

# Gradio keeps its queue's statistics with options that pandas is giving up.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.future.no_silent_downcasting. is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


@pytest.fixture
def fake(tmp_path: Path) -> FakeAssistant:
    made = FakeAssistant(tmp_path)
    made.put("acme", "Logs are kept.", "Acme")
    return made


def test_questions_that_are_asked_on_the_page_at_once(tmp_path: Path) -> None:
    # Conversations are kept in the index folder, so this one is a copy.
    folder = shutil.copytree(plain_folder(), tmp_path / "index")
    assistant = assistant_on(folder, real_model())
    policies = list(ANSWERED)
    providers = {entry.id: entry.provider for entry in assistant.policies()}
    with running(assistant) as page:

        def ask(at: int) -> str:
            visitor = Visitor(*page)
            visitor.begin()
            policy = policies[at % len(policies)]
            visitor.event("pa-shelf", "narrow", told={"policies": [policy]})
            return visitor.ask(ANSWERED[policy], [at % 32 != 0])

        with ThreadPoolExecutor(AT_ONCE) as pool:
            shown = list(pool.map(ask, range(AT_ONCE)))
    for at, each in enumerate(shown):
        assert BUSY not in each
        assert "pa-error" not in each
        assert "pa-verdict" in each
        text = re.sub(r"<[^>]*>", "", each)
        named = {policy for policy in policies if f"Quote 1: {providers[policy]}" in text}
        assert named == {policies[at % len(policies)]}
    assert any(WAITS in each for each in shown)


@pytest.fixture
def narrow_line(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Visitor]]:
    """A page that answers one question at a time while one other waits; makes visitors of it."""
    monkeypatch.setattr(questions, "_AT_ONCE", 1)
    monkeypatch.setattr(questions, "_WAITING", 1)
    fake.gate.clear()
    with running(fake) as page:
        yield lambda: Visitor(*page)
        fake.gate.set()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


class Asking:
    """A question that is asked in a thread of its own; `closed` closes its tab."""

    def __init__(self, visitor: Visitor, question: str) -> None:
        self.shown = ""
        self.closed = threading.Event()
        self.thread = threading.Thread(target=self._ask, args=(visitor, question), daemon=True)
        self.thread.start()

    def _ask(self, visitor: Visitor, question: str) -> None:
        for line in visitor.streamed("pa-question", "submit", [question]):
            self.shown += line
            if self.closed.is_set():
                return

    def sees(self, text: str) -> None:
        until(lambda: text in self.shown)


def test_who_waits_and_who_is_turned_away_are_told(
    fake: FakeAssistant, narrow_line: Callable[[], Visitor]
) -> None:
    first = Asking(narrow_line(), "Are first logs kept?")
    first.sees("Logs are kept")
    second = Asking(narrow_line(), "Are second logs kept?")
    second.sees(f"{WAITS}this question is next")
    third, browser = narrow_line(), "c" * 48
    third.begin(browser)
    shown = third.ask("Are third logs kept?")
    assert f"Busy: 2 {BUSY}" in shown
    assert History(fake.folder).conversations(browser) == []
    fake.gate.set()
    first.sees("pa-verdict")
    second.sees("pa-verdict")
    assert "pa-verdict" in third.ask("Are third logs kept?")
    assert [str(each["question"]).split()[1] for each in fake.asked] == ["first", "second", "third"]


def test_a_closed_tab_gives_up_its_place(
    fake: FakeAssistant, narrow_line: Callable[[], Visitor]
) -> None:
    first = Asking(narrow_line(), "Are first logs kept?")
    first.sees("Logs are kept")
    second = Asking(narrow_line(), "Are second logs kept?")
    second.sees(WAITS)
    second.closed.set()

    def joined() -> bool:
        third = Asking(narrow_line(), "Are third logs kept?")
        until(lambda: WAITS in third.shown or BUSY in third.shown)
        return WAITS in third.shown

    until(joined)
    first.closed.set()
    fake.gate.set()
    until(lambda: fake.finished[-1:] == ["Are third logs kept?"])
    assert "Are second logs kept?" not in fake.finished


def test_stopping_while_one_waits(fake: FakeAssistant, narrow_line: Callable[[], Visitor]) -> None:
    Asking(narrow_line(), "Are first logs kept?").sees("Logs are kept")
    visitor = narrow_line()
    second = Asking(visitor, "Are second logs kept?")
    second.sees(WAITS)
    assert visitor.event("pa-stop", "click").status_code == 200
    second.sees("Stopped.")
    assert [each["question"] for each in fake.asked] == ["Are first logs kept?"]
