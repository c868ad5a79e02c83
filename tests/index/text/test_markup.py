from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.markup import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Data  we\nkeep", "Data we keep"),
        ("**bold** and *italic* and ***both***", "bold and italic and both"),
        ("__bold__ _and *nested*_", "bold and nested"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ('see [our site](https://a.example/x_(y) "Home").', "see our site."),
        ("![logo](logo.png) [terms][1]", "logo terms"),
        ("<https://a.example> <mailto:me@a.example>", "https://a.example mailto:me@a.example"),
        ("a<br>b <b>c</b>", "a b c"),
        ("1\\. Not a list \\*\\*", "1. Not a list **"),
        ("> quoted\n> lines", "quoted lines"),
        ("above\n---\nbelow", "above below"),
        ("| a | b |", "| a | b |"),
        ("a |b", "a | b"),
    ],
)
def test_markdown_marks_are_taken_off(text: str, expected: str) -> None:
    assert plain(text, "text/markdown") == expected


@pytest.mark.parametrize("text", ["**a**", "# a", "[a](b)", "a \\* b", "<b>"])
def test_other_texts_keep_theirs(text: str) -> None:
    assert plain(text, "text/plain") == text


@given(st.text())
def test_the_result_is_one_trimmed_line(text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        result = plain(text, media_type)
        assert result == " ".join(result.split())
    seen = re.sub("[\u00ad\u200b\u2060\ufeff]", "", text)
    assert plain(text, "text/plain") == " ".join(seen.split())


def test_a_soft_hyphen_does_not_part_a_word() -> None:
    assert plain("pri\u00advacy\u200b \ufeffpolicy", "text/plain") == "privacy policy"
