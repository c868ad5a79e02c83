from __future__ import annotations

import pytest

from assistant.question.followups.parsed_question import ParsedQuestion, sentence

SHARE = ParsedQuestion("", "do", "they", "share", ("my data", "with advertisers"))
ASKED = ParsedQuestion("what data", "do", "you", "collect", ("from me",))
SOLD = ParsedQuestion("", "is", "my location", "sold", ())


def test_its_text() -> None:
    assert SHARE.text() == "Do they share my data with advertisers?"
    assert sentence(" and why?! ") == "And why?"


@pytest.mark.parametrize(
    ("question", "doing"),
    [
        (SHARE, "sharing my data with advertisers"),
        (ASKED, "collecting data from me"),
        (SOLD, "my location being sold"),
        (ParsedQuestion("who", "do", "they", "tell", ()), ""),
    ],
)
def test_what_is_done_as_a_noun(question: ParsedQuestion, doing: str) -> None:
    assert question.doing() == doing


def test_what_the_next_it_may_mean() -> None:
    assert SHARE.nouns == ("my data", "advertisers")
    assert ASKED.nouns == ("the data you collect from me",)
    assert SOLD.nouns == ("my location", "my location")


def test_the_same_asked_otherwise() -> None:
    why = SHARE.with_asked("why")
    assert why is not None
    assert why.text() == "Why do they share my data with advertisers?"
    assert ParsedQuestion("who", "", "", "sees", ("it",)).with_asked("why") is None
    assert SHARE.with_phrase("with the police").rest == ("my data", "with the police")
    assert SHARE.with_phrase("after a year").rest[2:] == ("after a year",)
