from __future__ import annotations

import pytest

from assistant.list_items import is_introduced

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
        ("Pay on time", True),  # below the same line, as far as can be seen
        ("logs; and", True),
        ("names.", True),
        ("We keep what you write", False),
        ("Nothing else", False),
        ("A loose item", False),
        ("You must not:", False),
    ],
)
def test_items_below_a_colon(at: str, expected: bool) -> None:
    assert is_introduced(TEXT, TEXT.index(at)) is expected


def test_at_the_ends_of_a_text() -> None:
    assert not is_introduced("- alone", 2)
    assert not is_introduced("", 0)
