from __future__ import annotations

import pytest

from index.clauses.sections import sections
from index.documents.markdown import read_markdown
from index.documents.plain_text import read_text
from index.types import Document

Outline = list[tuple[str | None, tuple[str, ...]]]
SENTENCE = "We keep what you give us, and we keep it for as long as the law of the land asks us to."


def _outline(document: Document) -> Outline:
    made = sections(document)
    blocks = [block for section in made for block in section.blocks]
    assert blocks == list(document.blocks)
    return [(section.number, section.heading_path) for section in made]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# A\n\nx.\n\n## B\n\nx.\n\n### C\n\nx.\n\n## D\n\nx.",
            [(None, ()), (None, ("B",)), (None, ("B", "C")), (None, ("D",))],
        ),
        ("x.\n\n# A\n\n## B\n\nx.\n\n# C\n\nx.", [(None, ()), (None, ("A", "B")), (None, ("C",))]),
        # the numbers say what is below what, whatever the level
        (
            "# T\n\n## 1. A\n\n## 1.1. B\n\nx.\n\n## 2. C\n\nx.",
            [("1.1", ("A", "B")), ("2", ("C",))],
        ),
        # among numbered headings one without a number is below the one before it
        (
            "# T\n\n## 1. A\n\nx.\n\n## 2. B\n\nx.\n\n## More\n\nx.\n\n## 3. C\n\nx.",
            [("1", ("A",)), ("2", ("B",)), ("2", ("B", "More")), ("3", ("C",))],
        ),
        ("# T\n\n## Article IV\n\nx.", [("Article IV", ("Article IV",))]),
        # headings at the end
        ("# T\n\n## A\n\nx.\n\n## B\n\n## C", [(None, ("A",)), (None, ("C",))]),
        # the title of a numbered paragraph
        (
            "# T\n\n## 1. A\n\n1.1 We keep it.\n\n1.2 Data Use. We use.\n\nOn.\n\n## 2. B\n\nx.",
            [("1.1", ("A",)), ("1.2", ("A", "Data Use")), ("2", ("B",))],
        ),
        # items of a list are no sections, but those that have a title are
        ("# T\n\n1. we keep it\n2. we use it", [(None, ())]),
        (
            "# T\n\n1. DATA. We keep it.\n2. USE. We use it.",
            [("1", ("DATA",)), ("2", ("USE",))],
        ),
    ],
)
def test_sections_of_markdown(text: str, expected: Outline) -> None:
    assert _outline(read_markdown(text.encode(), "a.md")) == expected


def test_numbered_paragraphs_of_a_text() -> None:
    text = f"Our Terms\n\n1. Data\n\n1.1 {SENTENCE}\n\n1.2 {SENTENCE}\n\n2. Use\n\n{SENTENCE}"
    assert _outline(read_text(text.encode(), "a.txt")) == [
        ("1.1", ("Data",)),
        ("1.2", ("Data",)),
        ("2", ("Use",)),
    ]


def test_a_section_begins_with_the_headings_that_have_no_text() -> None:
    text = "# Our Terms\n\n## A\n\n### B\n\nx."
    (made,) = sections(read_markdown(text.encode(), "a.md"))
    shown = [text[block.start : block.end] for block in made.blocks]
    assert shown == ["# Our Terms", "## A", "### B", "x."]
