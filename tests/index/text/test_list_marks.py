"""Which marks begin an item, in which kind of document."""

from __future__ import annotations

import re

import pytest

from index.text.list_marks import (
    BULLET,
    ENUMERATOR,
    HTML_MARK,
    PDF_HANGING_MARK,
    PDF_MARK,
    SECTION_NUMBER,
    TEXT_MARK,
    bullet,
)


def test_bullets_are_one_character() -> None:
    assert re.findall(bullet(), "a-b*c+d•e–f") == ["-", "*", "+", "•", "–"]
    assert re.findall(bullet(also="➢", without="-"), "- ➢ •") == ["➢", "•"]


@pytest.mark.parametrize("mark", ["1.", "12)", "(123)", "a.", "(B)", "iv.", "(xii)"])
def test_enumerators(mark: str) -> None:
    assert re.fullmatch(ENUMERATOR, mark)


@pytest.mark.parametrize("text", ["1", "1234.", "ab.", "vision.", "1.2", "()", "a:"])
def test_what_is_no_enumerator(text: str) -> None:
    assert not re.fullmatch(ENUMERATOR, text)


def test_section_numbers_have_two_levels_or_more() -> None:
    assert re.findall(SECTION_NUMBER, "1. 1.2 10.3.1. 2024") == ["1.2", "10.3.1"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("• Keep it", "bullet text html pdf hanging"),
        ("+ Keep it", "bullet text"),
        ("□ Keep it", "bullet text pdf hanging"),
        ("➢ Keep it", "pdf hanging"),
        ("o Keep it", "text pdf hanging"),
        ("1. Keep it", "html pdf hanging"),
        ("1.2 Keep it", "html hanging"),
        ("(a) Keep it", "text html pdf hanging"),
        ("(abcd) Keep it", "text"),
        ("iv. Keep it", "text html pdf hanging"),
        ("-Keep it", ""),
        ("Keep it", ""),
    ],
)
def test_marks_by_kind_of_document(text: str, kinds: str) -> None:
    patterns = {
        "bullet": BULLET,
        "text": TEXT_MARK,
        "html": HTML_MARK,
        "pdf": PDF_MARK,
        "hanging": PDF_HANGING_MARK,
    }
    assert [kind for kind, pattern in patterns.items() if pattern.match(text)] == kinds.split()


def test_a_mark_alone_on_its_line() -> None:
    assert TEXT_MARK.fullmatch("•")
    assert not PDF_MARK.match("• ")
