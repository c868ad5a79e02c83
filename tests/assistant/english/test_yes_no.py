from __future__ import annotations

import pytest

from assistant.english.yes_no import settles, split_answer, with_answer


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Yes, we do.", ("Yes", "We do.")),
        ("no: they never do.", ("No", "They never do.")),
        ("No logs are kept.", ("", "No logs are kept.")),
        ("Yesterday it rained.", ("", "Yesterday it rained.")),
        ("We do.", ("", "We do.")),
        ("", ("", "")),
    ],
)
def test_split_answer(sentence: str, expected: tuple[str, str]) -> None:
    assert split_answer(sentence) == expected


SETTLED = [
    ("Do you sell my email address?", "No", "They do not sell your email address."),
    ("do you keep logs", "Yes", "They keep logs for 30 days."),
    ("If I leave, can you delete my photos?", "Yes", "They can delete your photos if you leave."),
    ("Must I give a phone number?", "No", "Giving a phone number is optional."),
    ("Do I have to give a phone number?", "Yes", "You must give a phone number."),
    ("Can I share my password?", "No", "Sharing your password is prohibited."),
    ("Do you sell my data?", "No", "Except as this policy says, they do not sell your data."),
    ("Do you sell my data?", "No", "Your data, email included, will never be sold by them."),
    ("Do you sell my data?", "No", "They never sell your data to anyone."),
    ("Do you sell my data to brokers?", "No", "They do not sell your data to brokers."),
    ("Do you require a phone number?", "No", "You do not need to give a phone number."),
]
OPEN = [
    # The word and the sentence do not go together.
    ("Do you sell my email address?", "Yes", "They do not sell your email address."),
    ("do you keep logs", "No", "They keep logs for 30 days."),
    # Another question than the sentence answers.
    ("Do you sell my email address?", "No", "They do not share photos of parcels."),
    # Not to be answered with yes or no, or with two meanings.
    ("How long do you keep logs?", "Yes", "They keep logs for 30 days."),
    ("Are logs kept or deleted?", "Yes", "Logs are kept."),
    ("Don't you keep logs?", "Yes", "They keep logs."),
    ("Do you never keep logs?", "No", "They keep logs."),
    ("Are logs kept only on paper?", "Yes", "Logs are kept on paper."),
    ("Can I share my password?", "Yes", "Sharing your password is prohibited."),
    ("Do you sell my data?", "No", "If you ask for that, they do not sell your data."),
    ("Do you sell my data?", "Yes", "As a matter of principle, they do not sell your data."),
    ("Do you sell my data?", "Yes", "They sell your mail, but not your data."),
    ("Do you share my data with partners?", "No", "They share data with partners who do not sell."),
    ("Do you share my data?", "No", "They do not share your data with advertisers."),
    ("Do you sell my data?", "No", "They never refuse to sell your data."),
    ("Do you sell my data?", "No", "They do not hesitate to sell your data."),
    ("Do you sell my data?", "No", "They do not sell your data, except to partners."),
    ("Do you sell my data?", "No", "Except to partners, they do not sell your data."),
    ("Do you sell my data?", "No", "They do not sell your data unless you agree."),
    ("Do you sell my data?", "No", "They do not sell your data, save to affiliates."),
    ("Do you sell my data?", "No", "They do not always sell your data."),
    ("Do you sell my data?", "No", "They do not sell your data to just anyone."),
    ("Do you sell my data?", "No", "It is not true that they do not sell your data."),
    ("Do you sell my data?", "Yes", "Some say that they sell your data."),
    ("Do you sell my data?", "No", "They do not sell your data without your consent."),
    ("Do you sell my data?", "No", "They do not sell your data to firms for your benefit."),
    ("Do you keep my data?", "No", "In the course of a trial they do not keep your data."),
    ("Can I share my password?", "No", "Sharing your password without notice."),
    ("Do you share my data?", "Yes", "They may share your data."),
    ("Do you share my data?", "Yes", "They share your data if you consent."),
    # Needless, and needed for something.
    ("Must I give a number?", "Yes", "You do not need to give a number."),
    ("Must I give a number?", "Yes", "It is optional to give a number, but needed for alerts."),
    # A number that the quote does not say.
    ("Are logs kept for 90 days?", "Yes", "Logs are kept for 30 days."),
]


@pytest.mark.parametrize(("question", "word", "body"), SETTLED)
def test_what_settles_a_question(question: str, word: str, body: str) -> None:
    assert settles(question, word, body, body)


@pytest.mark.parametrize(("question", "word", "body"), OPEN)
def test_what_does_not(question: str, word: str, body: str) -> None:
    assert not settles(question, word, body, body)


@pytest.mark.parametrize(
    ("word", "body", "expected"),
    [
        ("Yes", "They do.", "Yes, they do."),
        ("No", "Acme does not.", "No, Acme does not."),
        ("Yes", "US law applies.", "Yes, US law applies."),
        ("Yes", "May 2020 is the date.", "Yes, May 2020 is the date."),
        ("No", "IT staff see it.", "No, IT staff see it."),
    ],
)
def test_a_word_before_a_sentence(word: str, body: str, expected: str) -> None:
    assert with_answer(word, body) == expected
