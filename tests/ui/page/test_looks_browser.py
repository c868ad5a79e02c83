"""For every eye, hand and screen: contrast, phones, the keyboard alone, roles and labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import ask
from tests.ui.fake_assistant import FakeAssistant

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.future.no_silent_downcasting. is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

# Every text in view: its colour, that of what is behind it, its size in pixels and its weight.
TEXTS = """() => {
    const parse = (colour) => {
        const canvas = document.createElement("canvas").getContext("2d");
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = (top, below) =>
        [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
    const behind = (element) => {
        const layers = [];
        for (let each = element; each; each = each.parentElement) {
            layers.push(parse(getComputedStyle(each).backgroundColor));
        }
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
    };
    const found = [];
    const look = (element, text, style) => {
        const paper = behind(element);
        found.push({
            text: text.trim().slice(0, 40),
            ink: over(parse(style.color), paper).slice(0, 3),
            paper: paper.slice(0, 3),
            size: parseFloat(style.fontSize),
            weight: Number(style.fontWeight),
        });
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || element.closest("script, style, noscript")) {
            continue;
        }
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        if (element.closest(":disabled")) continue;
        look(element, walker.currentNode.textContent, getComputedStyle(element));
    }
    for (const box of document.querySelectorAll("textarea, input[type=search]")) {
        if (!box.checkVisibility()) continue;
        look(box, box.placeholder, getComputedStyle(box, "::placeholder"));
        look(box, box.value, getComputedStyle(box));
    }
    return found;
}"""
BORDERS = """() => [...document.querySelectorAll("#pa-question textarea, .pa-noting textarea")]
    .map((box) => [getComputedStyle(box).borderTopColor, getComputedStyle(box).backgroundColor]
        .map((colour) => colour.match(/\\d+/g).slice(0, 3).map(Number)))"""


def luminance(colour: list[float]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [
        part / 12.92 if (part := each / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for each in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: list[float], paper: list[float]) -> float:
    """Contrast ratio, WCAG 2.2."""
    low, high = sorted((luminance(ink), luminance(paper)))
    return (high + 0.05) / (low + 0.05)


def too_faint(page: Page) -> list[dict[str, Any]]:
    """Texts below 4.5 to 1, or where they are large 3 to 1 (WCAG AA)."""
    texts = page.evaluate(TEXTS)
    assert len(texts) > 20
    return [
        {**each, "contrast": round(contrast(each["ink"], each["paper"]), 2)}
        for each in texts
        if contrast(each["ink"], each["paper"])
        < (3 if each["size"] >= 24 or (each["size"] >= 18.66 and each["weight"] >= 700) else 4.5)
    ]


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast([0, 0, 0], [255, 255, 255]) == pytest.approx(21)
    assert contrast([118, 118, 118], [255, 255, 255]) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast(
    opened: Callable[..., Page], fake: FakeAssistant, tmp_path: Path, scheme: str
) -> None:
    page = opened(color_scheme=scheme, viewport={"width": 1440, "height": 900})
    expect(page.locator("body")).to_have_class("dark" if scheme == "dark" else "")
    title = next(each for each in page.evaluate(TEXTS) if each["text"] == "Policy Assistant")
    assert (luminance(title["paper"]) < 0.1) is (scheme == "dark")
    assert too_faint(page) == []

    bad = tmp_path / "scan.pdf"
    bad.write_bytes(b"%PDF-1.7")
    page.set_input_files("#pa-upload input[type=file]", [bad])
    expect(page.locator(".pa-results li")).to_have_count(1)
    fake.gate.clear()
    ask(page, "How long are logs kept?")
    expect(page.locator("#pa-evidence .pa-text mark")).to_have_count(2)
    assert too_faint(page) == []
    fake.gate.set()
    page.get_by_role("button", name="Wrong").click()
    expect(page.locator(".pa-noting")).to_be_visible()
    for summary in ("withheld", "receipt"):
        page.locator(f".pa-{summary} summary").click()
    page.locator(".pa-marker").first.hover()
    assert too_faint(page) == []
    for edge, inside in page.evaluate(BORDERS):
        assert contrast(edge, inside) >= 3
    ask(page, "Do you sell to brokers?")
    expect(page.locator("#turn-2 .pa-nearest")).to_be_visible()
    ask(page, "Does this fail?")
    expect(page.locator("#turn-3 .pa-error")).to_be_visible()
    assert too_faint(page) == []


def test_a_phone_needs_no_sideways_scrolling(opened: Callable[..., Page]) -> None:
    page = opened(viewport={"width": 360, "height": 740}, has_touch=True)
    ask(page, "How long are logs kept?")
    expect(page.locator(".pa-judge")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    order = """() => ["pa-talk", "pa-evidence", "pa-library"]
        .map((id) => document.getElementById(id).getBoundingClientRect())
        .every((box, at, all) => at === 0 || box.top >= all[at - 1].bottom)"""
    assert page.evaluate(order)
    page.locator(".pa-marker", has_text="[2]").tap()
    expect(page.locator("#turn-1-card-2")).to_be_focused()
    expect(page.locator("#turn-1-card-2 mark").first).to_be_in_viewport()


def test_the_keyboard_is_enough(opened: Callable[..., Page]) -> None:
    page = opened()
    press = page.keyboard.press

    def tab_to(selector: str, key: str = "Shift+Tab") -> None:
        for _ in range(40):
            if page.evaluate("(name) => document.activeElement.matches(name)", selector):
                return
            press(key)
        raise AssertionError(f"{key} does not lead to {selector}")

    expect(page.locator("#pa-question textarea")).to_be_focused()
    tab_to(".pa-skip")
    press("Enter")
    expect(page.locator("#pa-question textarea")).to_be_focused()
    page.keyboard.type("How long are logs kept?")
    press("Enter")
    expect(page.locator(".pa-judge")).to_have_count(3)

    tab_to('.pa-marker[href="#turn-1-card-2"]')
    expect(page.get_by_role("tooltip")).to_have_text("Cookies are kept for a year.")
    press("Enter")
    expect(page.locator("#turn-1-card-2")).to_be_focused()
    expect(page.locator("#turn-1-card-2 .pa-text")).to_be_visible()
    tab_to("#turn-1-card-2 summary", "Tab")
    press("Enter")
    expect(page.locator("#turn-1-card-2 .pa-text")).to_be_hidden()
    press("Escape")
    expect(page.locator('.pa-marker[href="#turn-1-card-2"]')).to_be_focused()
    tab_to(".pa-judge", "Tab")
    press("Enter")
    expect(page.locator(".pa-noting")).to_be_visible()
    expect(page.locator(".pa-judge").first).to_be_focused()
    tab_to(".pa-only")
    press("Space")
    expect(page.locator("#pa-shelf")).to_contain_text("Searching 1 of 2.")
    tab_to(".pa-delete")
    press("Enter")
    expect(page.locator(".pa-delete")).to_have_text("Really delete?")
    page.locator(".pa-delete").press("Enter")
    expect(page.locator(".pa-past li")).to_have_count(0)


def test_roles_and_labels_tell_what_is_where(opened: Callable[..., Page]) -> None:
    page = opened()
    ask(page, "How long are logs kept?")
    expect(page.locator(".pa-judge")).to_have_count(3)
    for name in ("Conversations and policies", "Questions and answers", "Evidence"):
        expect(page.get_by_role("region", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("How long are logs kept?")
    expect(page.get_by_role("article", name="How long are logs kept?")).to_be_visible()
    expect(page.get_by_role("article", name="Quote 1: Acme")).to_be_visible()
    expect(page.get_by_role("group", name="Is this answer right?")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your question")).to_be_visible()
    expect(page.get_by_role("link", name="Quote 1")).to_be_visible()
    nameless = """() => [...document.querySelectorAll("button, a, input, textarea, [role=region]")]
        .filter((each) => each.checkVisibility() && !(each.ariaLabel || each.textContent.trim()
            || each.title || each.labels?.length || each.getAttribute("aria-labelledby")))
        .map((each) => each.outerHTML.slice(0, 120))"""
    assert page.evaluate(nameless) == []
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").count() == 1
