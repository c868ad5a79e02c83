from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Part, Piece
from assistant.values.word_diff import word_diff

WORDS = st.text(alphabet=" \n\tab.,'’é\u2028", max_size=40)


def _shown(old: str, new: str) -> str:
    marks = {Part.SAME: "{}", Part.REMOVED: "[-{}-]", Part.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.part].format(piece.text) for piece in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("kept for thirty days.", "kept for ninety days.", "kept for[- thirty-]{+ ninety+} days."),
        ("We share it.", "We never share it.", "We{+ never+} share it."),
        ("We share it, too.", "We share it.", "We share it[-, too-]."),
        ("a b", "a\nb", "a[- -]{+\n+}b"),
        ("don't", "do not", "[-don't-]{+do not+}"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("same ", "same ", "same "),
        ("", "", ""),
    ],
)
def test_whole_words_and_marks(old: str, new: str, shown: str) -> None:
    assert _shown(old, new) == shown


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.part is not Part.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.part is not Part.REMOVED) == new
    assert all(one.part is not two.part for one, two in itertools.pairwise(pieces))
    assert all(piece.text for piece in pieces)


@given(WORDS.filter(bool))
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert word_diff(text, text) == (Piece(Part.SAME, text),)
