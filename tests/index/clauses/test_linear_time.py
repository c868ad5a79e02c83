"""Hostile texts of 150,000 characters, for each of which quadratic time would be minutes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.clauses.split import split
from index.documents.loader import make_policy, read_document

pytestmark = pytest.mark.slow

_SIZE = 150_000  # characters
_LONGEST = 15.0  # seconds of CPU: several times what the slowest takes
_PROSE = "We keep your data for thirty days, unless the law asks us to keep it. You may object.\n\n"
_ITEM = "- your name and the address of your house and other things that we may need now and then\n"

HOSTILE = {
    "stops.txt": ("", ".", "x"),
    "quotes.txt": ("", "'", "x"),
    "combining.txt": ("a", "\u0301\u0323", ""),
    "numbers.txt": ("", "Keep 1. We do. ", ""),
    "one_line.txt": ("", _PROSE.replace("\n", " "), ""),
    "wrapped.txt": ("", "we keep your data for as long as the law of the land\n", ""),
    "headings.txt": ("", "DATA:\n\n", ""),
    "headings_and_text.txt": ("", f"Data Use\n\n{_PROSE}", ""),
    "items_with_colons.txt": ("", "- a:\n", ""),
    "items.md": ("# T\n\nWe collect:\n\n", _ITEM, ""),
    "rules.md": ("# T\n\n", "***\n\n", ""),
    "colons_before_no_date.txt": ("Acme\n\nLast updated", ":", "x"),
    "words_before_a_date.txt": ("", f"{'a' * 280} is effective 1 May 2020.\n\n", "We keep it."),
    "blanks.md": ("# T\n\nx", " ", "y"),
    "addresses.md": ("# T\n\n", "<http://", ""),
    "merges.md": ("---\na: &a {x: y}\n", "", "b: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}\n---\nx"),
    "attributes.html": ("<p", " {}=b", ">x"),
    "quoted_attributes.html": ("<p x='>'", " {}='>'", ">x"),
    "list_styles.html": ("<ul style='", "list-style:", "'><li>x</ul>"),
    "buttons.html": ("<div>" * 1900, "<button>x</button><td>", "y"),
    "headings_in_a_table.html": ("<table><tr><td>" + "<div>" * 1900, "<h2></h2>", "x"),
    "nested.html": ("", "<div>", "x"),
    "open_tag.html": ("<p>x" + "<div>" * 3000 + "<", "a", " x"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length_alone(name: str) -> None:
    before, repeated, after = HOSTILE[name]
    if "{}" in repeated:
        middle = "".join(repeated.format(f"a{number}") for number in range(_SIZE // 8))
    else:
        middle = repeated * (_SIZE // max(1, len(repeated)))
    began = time.process_time()
    path = Path(name)
    document = read_document(path, f"{before}{middle}{after}".encode())
    policy = make_policy(document, "a", path)
    clauses = split(policy, document, lambda texts: [len(text) // 4 + 1 for text in texts], 254)
    assert time.process_time() - began < _LONGEST
    assert clauses[-1].clause.end == len(document.text.rstrip())
