from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import sentence_spans


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        # each a sentence; joined by a blank, they are divided again in the same places
        ["We collect data.", "We keep it."],
        ["Is it safe?", "Yes!", "It is."],
        ["Write to Dr. Smith, e.g. by mail.", "He answers."],
        ["We are Acme Inc. and we trade as Acme.", "You know us."],
        ["We are Acme Inc.", "We keep data."],
        ["It works in the U.S. Government cloud."],
        ["It is stored in the U.S.", "We do not move it."],
        ["See Art. 6 and No. 5 of the law.", "It applies."],
        ["The answer is no.", "We never sell data."],
        ["Names, mails, etc. are kept.", "We use them."],
        ["Names, mails, etc.", "We use them."],
        ["It costs 3.50 a month.", "You pay."],
        ["Version 2.1 is out.", "Read it."],
        ["1. We collect data.", "2. We keep it."],
        ["You must: 1. pay; 2. behave.", "3. Leave."],
        ["We have had customers since 1999.", "We have 42.", "You are one."],
        ["We say “no.”", "You agree."],
        ["(We do not sell it.)", "You agree."],
        ["Wait ...", "You agree."],
        ["We hope... that it works.", "You agree."],
        ["Visit example.com for more.", "Write to me@example.com."],
        ["We use Node.Js here.", "It works."],
        ["J. Smith signs.", "You agree."],
        ["Mail us at 5 p.m. on Monday.", "You agree."],
        ["It ends at 5 p.m.", "We close."],
        ["**We collect data.**", "_We keep it._"],
    ],
)
def test_sentences_of_a_paragraph(parts: list[str]) -> None:
    assert _sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We keep it in our policy.We use it.", ["We keep it in our policy.", "We use it."]),
        ("個人情報を集めます。使います！", ["個人情報を集めます。", "使います！"]),
        ("first line\n\nsecond line", ["first line", "second line"]),
        ("one\nwrapped line. Next one.", ["one\nwrapped line.", "Next one."]),
        ("We agree. ***", ["We agree. ***"]),
        ("  \n ", []),
        ("", []),
        ("One. Two", ["One.", "Two"]),
        (
            "To begin\n1. We collect data. We keep it.",
            ["To begin\n1. We collect data.", "We keep it."],
        ),
    ],
)
def test_sentences_of_other_texts(text: str, expected: list[str]) -> None:
    assert _sentences(text) == expected


def test_spans_count_from_the_start_of_the_whole_text() -> None:
    text = "Not this. We collect. We keep. Nor this."
    assert sentence_spans(text, 10, 30) == [(10, 21), (22, 30)]


_texts = st.lists(
    st.sampled_from([*"aZ59 \n\t.!?…)”*_-:。", "\n\n", "Inc. ", "e.g. ", "We ", "1. ", "é", "🙂"]),
    max_size=40,
).map("".join)


@given(_texts | st.text(max_size=60))
def test_spans_are_ordered_trimmed_and_cover_every_character(text: str) -> None:
    covered = 0
    for start, end in sentence_spans(text):
        assert covered <= start < end
        assert not text[covered:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n\n" not in text[start:end]
        covered = end
    assert not text[covered:].strip()


@given(_texts, _texts, _texts)
def test_a_part_is_divided_without_looking_outside(before: str, text: str, after: str) -> None:
    start, stop = len(before), len(before) + len(text)
    for left, right in sentence_spans(before + text + after, start, stop):
        assert start <= left < right <= stop
