from __future__ import annotations

import pytest

from assistant.english.list_lead_ins import introduction

TEXT = """# Rules

You must not:

- use robots;
* **Scrape** pages, or
  copy them.

1. Pay on time.

We keep:
(a) logs; and
(b) names.
(c) **Mail** - We keep what you write to us.

Nothing else is kept.
- A loose item.
"""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("use robots", True),
        ("- use robots", True),
        ("pages, or", True),
        ("copy them", True),
        ("Pay on time", True),  # below the same line, as far as can be seen
        ("logs; and", True),
        ("names.", True),
        ("We keep what you write", True),
        ("Nothing else", False),
        ("A loose item", False),
        ("You must not:", False),
    ],
)
def test_items_below_a_colon(at: str, expected: bool) -> None:
    assert bool(introduction(TEXT, TEXT.index(at))) is expected


def test_at_the_ends_of_a_text() -> None:
    assert introduction("- alone", 2) == ""
    assert introduction("", 0) == ""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("# Rules\n\n1. You must not:\n   - use robots\n", "use"),
        ("(a) You must not:\n(i) use robots\n", "use"),
        ("   You must not:\n   - use robots\n", "use"),
        ("We deny that:\n- we sell your data.\n", "we sell"),
        ("You must not:\n- use robots or\nscrapers;\n- crawl pages.\n", "crawl"),
        ("You must not:\n1.1 use robots\n", "use"),
        ("> You must not:\n>\n> - use robots\n", "use"),
        ("You must not:\n◯ use robots\n", "use"),
    ],
)
def test_other_lists(text: str, at: str) -> None:
    assert introduction(text, text.index(at)).endswith(":")


def test_the_line_is_given_as_it_says() -> None:
    assert introduction(TEXT, TEXT.index("names.")) == "We keep:"
