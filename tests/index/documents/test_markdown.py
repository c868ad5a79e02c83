from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.markdown import read_markdown, split_front_matter
from index.types import BlockKind, Document
from tests.index.documents.samples import outline


def _read(text: str) -> Document:
    return read_markdown(text.encode(), "a.md")


def _headings(text: str) -> list[tuple[int, str]]:
    blocks = _read(text).blocks
    return [(block.level, block.title) for block in blocks if block.kind is BlockKind.HEADING]


def test_front_matter_is_not_part_of_the_text() -> None:
    document = _read(
        "---\nTitle: Acme Terms\nprovider: Acme\nsource: acme.example\n"
        "date: 2021-02-03\nupdated: 2020-05-06\nlist: [a]\nempty:\n---\n\n# Terms\n\nText.\n"
    )
    assert document.text == "\n# Terms\n\nText.\n"
    assert (document.title, document.provider) == ("Acme Terms", "Acme")
    assert (document.source, document.effective_date) == ("acme.example", "2020-05-06")


@pytest.mark.parametrize(
    ("whole", "facts", "text"),
    [
        ("---\na: b\n---\nText", {"a": "b"}, "Text"),
        ("---\nA: 1\n...\nText", {"a": "1"}, "Text"),
        ("---\na: b\n---", {"a": "b"}, ""),
        ("---\na: [b\n---\nText", {}, "---\na: [b\n---\nText"),
        ("---\njust words\n---\nText", {}, "---\njust words\n---\nText"),
        ("---\n- a\n---\nText", {}, "---\n- a\n---\nText"),
        ("---\na: b\nText", {}, "---\na: b\nText"),
        ("Text\n---\na: b\n---\n", {}, "Text\n---\na: b\n---\n"),
        ("---\na: !!python/object:os.x {}\n---\n", {}, "---\na: !!python/object:os.x {}\n---\n"),
    ],
)
def test_split_front_matter(whole: str, facts: dict[str, str], text: str) -> None:
    assert split_front_matter(whole) == (facts, text)


@pytest.mark.parametrize(
    "value",
    [
        '!!int ""',
        '!!float ""',
        "!!bool maybe",
        "!!timestamp x",
        "!!timestamp 2020-99-99",
        "!!int x",
        "!!binary é",
        "!!null {}",
        "!!set x",
        "1" * 5000,
        "{[a]: b}",
    ],
)
def test_front_matter_with_a_value_that_is_none_is_text(value: str) -> None:
    whole = f"---\nprovider: Acme\nx: {value}\n---\nWe keep logs.\n"
    facts, text = split_front_matter(whole)
    assert (facts, text) in [({}, whole), ({"provider": "Acme"}, "We keep logs.\n")]
    assert "We keep logs." in read_markdown(whole.encode(), "a.md").text


@pytest.mark.parametrize("date", ["2020", "soon", "3 May 2020", ""])
def test_a_date_in_another_form_is_not_guessed(date: str) -> None:
    assert _read(f"---\ndate: {date}\n---\nText.").effective_date == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n## B ##\n\n### C\n\nText.", [(0, "A"), (2, "B"), (3, "C")]),
        ("A\n=\n\nB\n---\n\nText.", [(0, "A"), (2, "B")]),
        ("# A\n\nText.\n\n# B\n\nText.", [(1, "A"), (1, "B")]),
        ("# Acme Terms\n\nText.\n\n# B\n\nText.", [(0, "Acme Terms"), (1, "B")]),
        ("# **1\\. Data** we *keep*:\n\nText.", [(0, "1. Data we keep")]),
        ("# A\n\n**B**\n\nText.\n\n__C:__\nText.", [(0, "A"), (2, "B"), (2, "C")]),
        ("# A\n\n**No heading, as nothing follows.**", [(0, "A")]),
        ("# A\n\n**Not one.**\n\nText.", [(0, "A")]),
        ("# A\n\n# ---\n\nText.", [(0, "A")]),
        ("# A\n\n```\n# no heading\n```\n\nText.", [(0, "A")]),
        ("# A\n\n    # no heading\n\nText.", [(0, "A")]),
        ("# A\n\n\\# no heading\n\nText.", [(0, "A")]),
        (
            "Our Privacy Policy\n\nData Use\n\nWe use it for what you wish.",
            [(0, "Our Privacy Policy"), (1, "Data Use")],
        ),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str]]) -> None:
    assert _headings(text) == expected


def test_lists_with_lists_inside() -> None:
    text = "# A\n\n- one\n  wrapped\n  - two\n\n    more of two\n- three\n\n1. four\n"
    assert outline(_read(text)) == [
        ("heading", 0, "# A"),
        ("list_item", 1, "- one\n  wrapped"),
        ("list_item", 2, "- two"),
        ("list_item", 2, "more of two"),
        ("list_item", 1, "- three"),
        ("list_item", 1, "1. four"),
    ]


def test_tables_rules_and_code() -> None:
    text = "# A\n\n| a | b |\n|---|---|\n| c | d |\n\n***\n\n```py\nx\n```\n\n> quoted\n\n[1]: /x\n"
    assert outline(_read(text)) == [
        ("heading", 0, "# A"),
        ("table_row", 0, "| a | b |"),
        ("paragraph", 0, "|---|---|"),
        ("table_row", 0, "| c | d |"),
        ("paragraph", 0, "***"),
        ("paragraph", 0, "```py\nx\n```"),
        ("paragraph", 0, "> quoted"),
        ("paragraph", 0, "[1]: /x"),
    ]


_marks = st.sampled_from(
    [
        "# A\n",
        "## B",
        "B\n---\n",
        "**Bold**\n",
        "- a",
        "  - b",
        "1. c",
        "\n",
        "\n\n",
        "> ",
        "```\n",
        "| a | b |\n|--|--|\n| c |\n",
        "    code\n",
        "***\n",
        "<div>",
        "</div>\n",
        "[1]: /x\n",
        "\\",
        "Text. ",
        "é",
        "\t",
        " ",
        "\x0b",
        "\x0c",
        "\u2028",
        "\x85",
        "---\n",
        "<!-- ",
        " -->\n",
        "0",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_marks, max_size=30).map("".join))
def test_blocks_cover_every_character_in_order(text: str) -> None:
    document = _read("# T\n" + text)
    covered = 0
    for block in document.blocks:
        assert covered <= block.start < block.end
        assert not document.text[covered : block.start].strip()
        stretch = document.text[block.start : block.end]
        assert stretch == stretch.strip()
        assert bool(block.title) == (block.kind is BlockKind.HEADING)
        covered = block.end
    assert not document.text[covered:].strip()
