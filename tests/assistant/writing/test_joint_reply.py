from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.writing.joint_reply import (
    CitedSentence,
    Declined,
    Item,
    JointReader,
    Unusable,
    read_joint,
)

KEPT = CitedSentence("Logs are kept.", (1,))
SOLD = CitedSentence("We sell none.", (2,))
NAMELESS = "it cites no quote"
INSIDE = "the number of a quote stands inside the sentence"
EMPTY = "it says nothing"
PREAMBLE = "it only introduces the answer"
HEADING = "it is a heading"


def read(reply: str, quotes: int = 3) -> list[Item]:
    return list(read_joint([reply], quotes))


@pytest.mark.parametrize(
    "reply",
    [
        "Logs are kept. [1] We sell none. [2]",
        "Logs are kept [1]. We sell none [2].",
        "Logs are kept.[1] We sell none.[2]",
        "Logs are kept. [1].  We sell none.[2].",
        "Logs are kept. [1]\nWe sell none. [2]\n",
        "\r\nLogs are kept. [1]\r\n\r\nWe sell none. [2]\r\n",
        "- Logs are kept. [1]\n* We sell none. [2]",
        "1. Logs are kept. [1]\n2) We sell none. [2]",
        "**Logs are kept.** [1] _We sell *none*._ [2]",
        "**Logs are kept. [1]** We sell none. **[2]**",
        "Logs are **kept [1].** We ` sell` none **[2]**.",
        '"Logs are kept." [1] “We sell none. [2]”',
        '"Logs are kept" [1]. “We sell none”. [2]',
        "'Logs are kept. [1]' ‘We sell none.’ [2]",
        "> Logs are kept. [01]\n• We sell none. [2][2]",
    ],
)
def test_sentences_with_their_quotes(reply: str) -> None:
    assert read(reply) == [KEPT, SOLD]


@pytest.mark.parametrize(
    ("reply", "markers"),
    [
        ("Logs are kept. [1][2]", (1, 2)),
        ("Logs are kept [3][1].", (3, 1)),
        ("Logs are kept. [1, 2]", (1, 2)),
        ("Logs are kept. [1,2,3]", (1, 2, 3)),
        ("Logs are kept. [1] [2, 3]", (1, 2, 3)),
        ("Logs are kept [1]. [2]", (1, 2)),
        ("Logs are kept. [2][1][2]", (2, 1)),
    ],
)
def test_several_quotes(reply: str, markers: tuple[int, ...]) -> None:
    assert read(reply) == [CitedSentence("Logs are kept.", markers)]


@pytest.mark.parametrize(
    "text",
    [
        "Keep them for 3.5 days, e.g. 84 h.",
        "Art. 6 and No. 5 apply to Dr. Lee.",
        "We write to the U.S. government.",
        "Ask https://acme.com/a_b.html_ or Mail.Me@acme.co.uk first.",
        "Is it kept?",
        "Logs are kept...",
        "Logs (30 days) are kept",
        'We say "sell" of "logs".',
        "We don't sell users' logs.",
        "Logs are kept for a*b days.",
        "Yes, logs are kept.",
        "The company keeps: logs.",
        "Here are the data we keep: logs.",
        "我们保留日志。",
    ],
)
def test_what_does_not_end_a_sentence(text: str) -> None:
    assert read(f"{text} [1]\n{text} [2]") == [CitedSentence(text, (1,)), CitedSentence(text, (2,))]


def test_a_stop_and_a_number_end_it_where_the_stop_alone_would_not() -> None:
    assert read("We sell to Acme Inc. [1] Logs are kept. [1]") == [
        CitedSentence("We sell to Acme Inc.", (1,)),
        KEPT,
    ]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Logs are kept.", [Unusable("Logs are kept.", NAMELESS)]),
        ("- **Logs** are kept", [Unusable("Logs are kept", NAMELESS)]),
        ("We sell. Logs are kept. [1]", [Unusable("We sell.", NAMELESS), KEPT]),
        ("Logs are kept. [4]", [Unusable("Logs are kept. [4]", "there is no quote [4]")]),
        ("Logs. [1, 0][9]", [Unusable("Logs. [1, 0][9]", "there is no quote [0], [9]")]),
        ("Logs [1] are kept [2].", [Unusable("Logs [1] are kept [2].", INSIDE)]),
        ("Logs are kept [1], [2].", [Unusable("Logs are kept [1], [2].", INSIDE)]),
        (
            "Logs are kept. [1] and sold. [2]",
            [Unusable("Logs are kept. [1] and sold. [2]", INSIDE)],
        ),
        ("[1] Logs are kept.", [Unusable("[1] Logs are kept.", INSIDE)]),
        (
            "[1] Logs are kept. [2] We sell.",
            [Unusable("[1] Logs are kept. [2]", INSIDE), Unusable("We sell.", NAMELESS)],
        ),
        ("[1](https://a.com)", [Unusable("[1](https://a.com)", INSIDE)]),
        ("[1]: the policy", [Unusable("[1]: the policy", INSIDE)]),
        ("[1]\n-\n***\n' '", [Unusable(text, EMPTY) for text in ("[1]", "-", "***", "' '")]),
        ("# Logs [1]\n## Logs", [Unusable("Logs [1]", HEADING), Unusable("Logs", HEADING)]),
        ("1.\n[1, 2\n", [Unusable("1.", NAMELESS), Unusable("[1, 2", NAMELESS)]),
        ("", []),
        (" \n\n\t", []),
    ],
)
def test_unusable(reply: str, expected: list[Item]) -> None:
    assert read(reply) == expected


@pytest.mark.parametrize(
    "mark", ["[1-2]", "[１]", "【1】", "(1)", "[1", "[ 1 ]", "[1][", "[9999999999]"]
)
def test_only_digits_in_square_brackets_name_a_quote(mark: str) -> None:
    items = read(f"Logs are kept {mark}.")
    reason = INSIDE if mark == "[1][" else NAMELESS
    assert items == [Unusable(f"Logs are kept {mark}.", reason)]


def test_other_brackets_are_text() -> None:
    assert read("Logs [see 2] are kept [sic]. [1]") == [
        CitedSentence("Logs [see 2] are kept [sic].", (1,))
    ]


@pytest.mark.parametrize(
    ("reply", "preamble"),
    [
        ("Here is the answer:\nLogs are kept. [1]", "Here is the answer:"),
        ("Here is the answer: logs are kept. [1]", "Here is the answer:"),
        ("Sure, here's a short answer:\n\n- Logs are kept. [1]", "Sure, here's a short answer:"),
        ("**Answer:** logs are kept. [1]", "Answer:"),
        ("Based on the quotes, logs are kept. [1]", "Based on the quotes,"),
        ("According to the given quotes: logs are kept [1].", "According to the given quotes:"),
    ],
)
def test_preambles(reply: str, preamble: str) -> None:
    assert read(reply) == [Unusable(preamble, PREAMBLE), KEPT]


@pytest.mark.parametrize(
    "reply",
    [
        "Not stated.",
        "not stated",
        "NOT STATED!",
        "Not stated. [1]",
        "Not stated [1].",
        "**Not stated.**",
    ],
)
def test_declining(reply: str) -> None:
    assert read(reply) == [Declined()]


def test_declining_beside_other_sentences() -> None:
    assert read("Answer: Not stated. Logs are kept. [1] Not stated") == [
        Unusable("Answer:", PREAMBLE),
        Declined(),
        KEPT,
        Declined(),
    ]
    assert read("This is not stated.") == [Unusable("This is not stated.", NAMELESS)]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Yes. Logs are kept. [1]", [CitedSentence("Yes. Logs are kept.", (1,))]),
        ("**No**\n\n- Logs are kept [1]", [CitedSentence("No. Logs are kept", (1,))]),
        ("Yes [1]. Logs are kept. [1]", [CitedSentence("Yes.", (1,)), KEPT]),
        ("Yes. We sell. Logs are kept. [1]", [Unusable("Yes. We sell.", NAMELESS), KEPT]),
        ("No. Not stated.", [Unusable("No.", NAMELESS), Declined()]),
        ("Yes. No.", [Unusable("Yes.", NAMELESS), Unusable("No.", NAMELESS)]),
    ],
)
def test_an_answer_word_goes_with_the_next_sentence(reply: str, expected: list[Item]) -> None:
    assert read(reply) == expected


@pytest.mark.parametrize(
    ("before", "last"),
    [
        ("Logs are kept. [1] We", " "),
        ("Logs are kept [1]. We", " "),
        ("Logs are kept. [1]", "\n"),
        ("Logs are kept [1]", "\n"),
        ("Logs are kept. We", " "),
    ],
)
def test_a_sentence_comes_as_soon_as_it_is_certain(before: str, last: str) -> None:
    reader = JointReader(2)
    assert [item for character in before for item in reader.feed(character)] == []
    assert [type(item) for item in reader.feed(last)] == [
        CitedSentence if "[1]" in before else Unusable
    ]


def test_numbers_still_to_come() -> None:
    reader = JointReader(3)
    assert reader.feed("Logs are kept. [1] [2, ") == []
    assert reader.feed("3] ") == []
    assert reader.feed("We ") == [CitedSentence("Logs are kept.", (1, 2, 3))]
    assert reader.feed("sell none [2]") == []
    assert reader.close() == [CitedSentence("We sell none", (2,))]


WORDS = """Logs are kept e.g. U.S. Inc. No. 5 Yes. we sell 3.5 a@b.com https://a.com/x_y é 。 我们
    [1] [2] [3] [1,2] [ ] ( ) ** * _ ` " “ ” ' . ? , : Not"""
BLANKS = [" ", "  ", "\n", "\n\n", "\r\n"]
PHRASES = "[1, |# |- |1. |. |Not stated. |Here is the answer: |Based on the quotes, ".split("|")
PARTS = st.sampled_from([*WORDS.split(), *BLANKS, *PHRASES])
REPLIES = st.lists(PARTS, max_size=25).map("".join)


@given(REPLIES, st.data())
def test_how_a_reply_is_cut_changes_nothing(reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=8)))
    pieces = [reply[a:b] for a, b in zip([0, *cuts], [*cuts, len(reply)], strict=True)]
    assert list(read_joint(pieces, 2)) == list(read_joint([reply], 2))


def letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalpha())


@given(REPLIES)
@example("No. Here is the answer: Logs")
def test_no_letter_is_lost(reply: str) -> None:
    items = read(reply, 2)
    returned = "".join("Not stated" if isinstance(item, Declined) else item.text for item in items)
    assert letters(returned) == letters(reply)


@given(REPLIES)
def test_what_counts_is_whole(reply: str) -> None:
    for item in read(reply, 2):
        if isinstance(item, CitedSentence):
            assert set(item.markers) <= {1, 2}
            assert len(set(item.markers)) == len(item.markers) > 0
            assert letters(item.text) or re.search("[0-9]", item.text)
            assert not re.search(r"\[[0-9]+\]", item.text)
            assert item.text == " ".join(item.text.split())
        elif isinstance(item, Unusable):
            assert item.text
            assert item.reason
