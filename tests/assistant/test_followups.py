import pytest

from assistant.followups import Turn, searched_text

BEFORE: list[Turn] = [
    ("Who hosts the site?", "Acme does."),
    ("Do you keep server logs?", "Yes."),
]


@pytest.mark.parametrize(
    "question",
    ["And for how long?", "what about backups?", "How long are they kept?", " but why? ", "Is it?"],
)
def test_a_follow_up_is_searched_with_the_question_before(question: str) -> None:
    assert searched_text(question, BEFORE) == f"Do you keep server logs? {question.strip()}"


@pytest.mark.parametrize(
    "question",
    [
        "Who reads my email at the billing desk?",
        "Can they hand my delivery address to couriers?",
        "Android phones: which data is read?",
        "Cookies?",
    ],
)
def test_a_question_that_stands_alone_is_searched_alone(question: str) -> None:
    assert searched_text(question, BEFORE) == question


def test_without_history_nothing_is_added() -> None:
    assert searched_text("And for how long?", ()) == "And for how long?"
