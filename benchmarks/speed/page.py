"""From the click on "Ask" to the first quote on the page, as a multiple of a bare `ask`.

python -m benchmarks.speed.page
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from assistant import Assistant, Settings
from benchmarks.data import CORPUS, first_user_questions
from ui.page import chat

_QUESTIONS = 20
_REST = 400  # milliseconds, after which the page is idle
_CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# Both clocks are the page's own: when Ask is clicked, and when the frame with the mark is painted.
_CLICK = """() => new Promise((done) => {
    const shown = () =>
        document.querySelector("#pa-evidence .pa-evidence:not([hidden]) mark");
    const seen = new MutationObserver(() => {
        if (!shown()) return;
        seen.disconnect();
        requestAnimationFrame(() => done(performance.now() - began));
    });
    seen.observe(document.body, { subtree: true, childList: true, attributes: true });
    const began = performance.now();
    document.getElementById("pa-ask").click();
})"""


def main() -> None:
    if _CHROMIUM is None:
        print("left out: no chromium (apt-get install chromium)")
        return
    questions = first_user_questions(_QUESTIONS + 2)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        # Nothing is withheld, so that every question has a first quote.
        folder, settings = Path(scratch) / "index", Settings(answer_threshold=0.0)
        Assistant.load(folder, settings).add(CORPUS)
        # One each, because a reranker does not read again what it has read for a question.
        served, other = Assistant.load(folder, settings), Assistant.load(folder, settings)
        built = chat.build(served, generate=False)
        address = chat.start(built)
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        on_page, bare = [], []
        page.goto(address)
        page.wait_for_selector("#pa-question textarea:enabled")
        for question in questions:
            on_page.append(_first_quote(page, question))
            began = time.perf_counter()
            other.ask(question, generate=False)
            bare.append(1000 * (time.perf_counter() - began))
        browser.close()
        built.close(verbose=False)
    on_page, bare = on_page[2:], bare[2:]  # the first two load the models
    ratio = statistics.median(one / other for one, other in zip(on_page, bare, strict=True))
    print(
        f"first quote on the page {statistics.median(on_page):.0f} ms, ask(generate=False) "
        f"{statistics.median(bare):.0f} ms, {len(bare)} questions"
    )
    print(f"page / ask: {ratio:.2f} (median; aim at most 2)")


def _first_quote(page: Page, question: str) -> float:
    """Milliseconds from the click to the first marked quote, in a conversation of its own."""
    page.click(".pa-new")
    page.wait_for_selector(".pa-welcome")
    page.fill("#pa-question textarea", question)
    page.wait_for_timeout(_REST)
    taken = float(page.evaluate(_CLICK))
    page.wait_for_selector("#pa-ask:visible")
    page.wait_for_timeout(_REST)
    return taken


if __name__ == "__main__":
    main()
