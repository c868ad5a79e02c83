from __future__ import annotations

import pytest

from ui.text.inert import inert, one_line

HOSTILE = "We keep\x1b]0;pwned\x07 logs \u202eand\u2066 sell\u061c them\x9b31m.\u200f Bye."
SHOWN = (
    "We keep[U+001B]]0;pwned[U+0007] logs [U+202E]and[U+2066] sell[U+061C] them[U+009B]31m."
    "[U+200F] Bye."
)


def test_control_characters_are_named() -> None:
    assert inert(HOSTILE) == SHOWN
    assert inert("plain\ttext\n“ü” 😀 漢字 עברית") == "plain\ttext\n“ü” 😀 漢字 עברית"


@pytest.mark.parametrize(
    "code",
    [
        *(0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x061C, 0x200E, 0x200F),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *(0xD800, 0xDFFF, 0xE0041),
    ],
)
def test_every_control_is_named(code: int) -> None:
    assert inert(f"a{chr(code)}b") == f"a[U+{code:04X}]b"


def test_a_name_is_one_line() -> None:
    assert one_line("a\n\t\u2028\x1bb") == "a[U+000A][U+0009][U+2028][U+001B]b"
