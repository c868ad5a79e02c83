from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.plain_text import read_text
from index.types import Document
from tests.index.documents.samples import outline

LONG = (
    "We keep what you give us for as long as the law of the land asks us to keep it, and no more."
)


def _read(text: str) -> Document:
    return read_text(text.encode(), "a.txt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Acme Terms\n\n{LONG}", [("heading", 0, "Acme Terms"), ("paragraph", 0, LONG)]),
        (f"{LONG}\n{LONG}", [("paragraph", 0, LONG), ("paragraph", 0, LONG)]),
        (f"1. Data\n\n{LONG}", [("heading", 1, "1. Data"), ("paragraph", 0, LONG)]),
        (f"1.1. Data\n\n{LONG}", [("heading", 2, "1.1. Data"), ("paragraph", 0, LONG)]),
        (f"Data Use\n{LONG}", [("heading", 1, "Data Use"), ("paragraph", 0, LONG)]),
        ("- one\n• two\n(c) three", [("list_item", 1, x) for x in ["- one", "• two", "(c) three"]]),
        ("-\none\n-\n\ntwo", [("list_item", 1, "-\none"), ("list_item", 1, "-\n\ntwo")]),
        (
            "We keep the following:\nYour name;\nYour address.\n\n" + LONG,
            [
                ("paragraph", 0, "We keep the following:"),
                ("list_item", 1, "Your name;"),
                ("list_item", 1, "Your address."),
                ("paragraph", 0, LONG),
            ],
        ),
        (
            f"We collect:\n- your name\n\n{LONG}",
            [
                ("paragraph", 0, "We collect:"),
                ("list_item", 1, "- your name"),
                ("paragraph", 0, LONG),
            ],
        ),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert outline(_read(text)) == expected


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "Acme keeps what you give us for as long as the law of",
        "the land asks us to keep it, and it keeps no more than",
        "what it needs to serve you, which is your name and the",
        "address of your house, unless you tell us that you are",
        "Canadian.",
    ]
    after = "You may ask for it."
    document = _read("\n".join(lines) + "\n\n" + after)
    assert outline(document) == [("paragraph", 0, "\n".join(lines)), ("paragraph", 0, after)]


_lines = st.sampled_from(
    [
        "Acme Terms",
        "DATA",
        "1. Data",
        "1.1 Use",
        "- item",
        "-",
        "• item;",
        "We keep:",
        LONG,
        "item",
        "",
        " ",
        "\t indented",
        "o one",
        "(a)",
        "Use:",
        "\u3000",
        "\x0c",
        "é",
        "Why?",
        "iv. four",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_lines, min_size=1, max_size=20).map("\n".join).filter(str.strip))
def test_blocks_cover_every_character_in_order(text: str) -> None:
    document = _read(text)
    covered = 0
    for block in document.blocks:
        assert covered <= block.start < block.end
        assert not document.text[covered : block.start].strip()
        assert (
            document.text[block.start : block.end].strip() == document.text[block.start : block.end]
        )
        covered = block.end
    assert not document.text[covered:].strip()
