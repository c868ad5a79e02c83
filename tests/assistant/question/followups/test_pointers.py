from __future__ import annotations

import pytest

from assistant.question.followups.pointers import Role, names_thing, pointers, stems


@pytest.mark.parametrize(
    ("question", "before", "pointing"),
    [
        ("Do they sell it?", "", [("it", Role.THING)]),
        ("Is that legal?", "", [("that", Role.DEED)]),
        ("How do I do that?", "", [("do that", Role.VERB)]),
        ("What happens then?", "", [("then", Role.TIME)]),
        ("Are those logs kept?", "Do they keep logs?", [("those logs", Role.NOUN)]),
        ("Do they tell them my name?", "", [("them", Role.RECIPIENT)]),
        ("How can I check that?", "", [("that", Role.ALL)]),
        ("How long are they kept?", "", [("they", Role.THING)]),
        ("Do they keep logs?", "", []),
        ("Is this site safe?", "", []),
        ("Do they sell photos and print them?", "", []),
    ],
)
def test_what_points_out_of_a_question(
    question: str, before: str, pointing: list[tuple[str, Role]]
) -> None:
    words = question.split()
    assert [
        (" ".join(words[pointer.start : pointer.end]).strip("?"), pointer.role)
        for pointer in pointers(words, before)
    ] == pointing


def test_nouns() -> None:
    assert names_thing("Do they sell photos?".split())
    assert not names_thing("How would I know?".split())
    assert stems("Logs and photos") == {"log", "and", "photo"}
