from __future__ import annotations

import io

import pytest

from ui.text.terminal import indented, wants_colour, wrapped


def test_lines_leave_room_for_an_indentation() -> None:
    lines = wrapped("word " * 40 + "\n\n\x1b end", indent=8).splitlines()
    assert [len(line) <= 80 for line in lines] == [True] * len(lines)
    assert lines[-2:] == ["", "[U+001B] end"]
    assert indented("a\n\nb") == "    a\n\n    b"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_who_gets_colour(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], wanted: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(_Terminal()) is wanted
    assert wants_colour(io.StringIO()) is False
