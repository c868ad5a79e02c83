from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import EmbeddingText, Policy, canonical, nfc, version_of

_MARKS = st.text(st.sampled_from("a\u0301\u0300\u0323\u0345\u05b0é"), max_size=200)


@given(st.text() | _MARKS)
def test_nfc_is_that_of_unicode(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_the_canonical_text_has_one_kind_of_line_break() -> None:
    assert canonical("e\u0301\r\n1\r2\n") == "é\n1\n2\n"


def test_a_policy_has_the_version_of_its_text() -> None:
    assert version_of("We keep logs.") == "a044127e7790"
    with pytest.raises(ValueError, match="version 'a044127e7790' is not that of the text of 'a'"):
        Policy("a", "A", "a.txt", "text/plain", "We sell logs.", "a044127e7790")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (EmbeddingText("a", ("b",)), EmbeddingText("", ("a", "b"))),
        (EmbeddingText("a", ("b c",)), EmbeddingText("a", ("b", "c"))),
        (EmbeddingText("a", ("b",)), EmbeddingText("b", ("b",))),
    ],
)
def test_texts_that_differ_have_different_keys(text: EmbeddingText, other: EmbeddingText) -> None:
    assert text.sha256 != other.sha256
    assert text.sha256 == EmbeddingText(text.context, text.units).sha256
