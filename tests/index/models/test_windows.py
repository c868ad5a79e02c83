from __future__ import annotations

from index.models.windows import Window, windows_of
from index.types import EmbeddingText
from tests.conftest import FakeEmbedder

count_words = FakeEmbedder().count_tokens


def test_a_window_says_where_its_units_are() -> None:
    window = Window.whole(EmbeddingText("Acme", ("We keep it.", "Ask us.")))
    assert window.text == "Acme\nWe keep it. Ask us."
    assert window.spans == ((0, 5, 16), (1, 17, 24))
    assert Window.whole(EmbeddingText("", ("Ask us.",))).spans == ((0, 0, 7),)


def test_a_long_text_is_read_in_windows_that_repeat_its_context() -> None:
    units = ("one two three", "four five", "six seven eight", "nine")
    assert [
        window.text for window in windows_of(EmbeddingText("Acme", units), 10, count_words)
    ] == [
        "Acme\none two three four five",
        "Acme\nsix seven eight nine",
    ]


def test_a_unit_that_fits_no_window_is_cut() -> None:
    text = EmbeddingText("", ("ab cd ef gh ij kl",))
    cut = windows_of(text, 8, count_words)  # four tokens, and so four characters, a piece
    assert "".join(window.text for window in cut).replace(" ", "") == "abcdefghijkl"
    assert {unit for window in cut for unit, _, _ in window.spans} == {0}
    assert all(count_words([window.text])[0] <= 8 for window in cut)


def test_no_more_than_64_windows_are_read() -> None:
    text = EmbeddingText("", tuple(f"{number} two three four" for number in range(100)))
    assert len(windows_of(text, 8, count_words)) == 64
