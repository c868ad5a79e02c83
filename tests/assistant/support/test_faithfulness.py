from __future__ import annotations

import pytest

from assistant.support.faithfulness import distances

MERGE = (
    "If we merge, your information on our billing system will be given to the new owner "
    "(or to a trustee, if there is one), unless you object."
)
COOKIES = "Some cookies expire at once; others, such as login cookies, take days to expire."
PAY = "If you fail to pay despite repeated reminders, we may instruct a collector."
SEEN = "When you comment, you may be sent cookies by those websites."

CLOSE = [
    (
        "If they merge, your information on the billing system will be given to the new owner, "
        "unless you object.",
        MERGE,
    ),
    ("Some cookies expire at once.", "Some cookies expire at once."),
    ("If you fail to pay despite repeated reminders, they may instruct a collector.", PAY),
    ("When you comment you may be sent cookies by those websites.", SEEN),
    ("They keep logs.", "We keep logs and photos."),
]
FAR = [
    # A word that the quote does not say, or not as often.
    ("They keep old logs.", "We keep logs and photos.", "the quote does not say as often: old"),
    ("They keep logs as logs.", "We keep logs.", "the quote does not say as often: log"),
    # Of something else, of somebody else.
    (
        "The owner will be given to the billing system.",
        MERGE,
        'the quote says "give" of something else',
    ),
    (
        "When you comment those websites may be sent cookies.",
        SEEN,
        'the quote says "sent" of something else',
    ),
    (
        "They revoke the coins you gave.",
        "We revoke the coins we gave you.",
        'the quote does not say "gave" of "you"',
    ),
    ("If you pay, you do.", "If you pay, we do.", 'it says "you" of somebody else'),
    # What must not be left out.
    ("If you fail to pay, they may instruct a collector.", PAY, "in the middle of the quote"),
    ("You may be sent cookies by those websites.", SEEN, 'it leaves out what "when" at the'),
    (
        "Residents have a right to object.",
        "Residents of Nevada have a right to object.",
        "it leaves out what stands in the middle of the quote",
    ),
    (
        "Coins expire a year after the date of the gift.",
        "Coins expire a year after the later of the date of the gift or of your last purchase.",
        'it leaves out "later"',
    ),
    (
        "Experts should be asked.",
        "We believe that experts should be asked.",
        'it leaves out "believe"',
    ),
    (
        "It is not fine to copy it, but it is not fine to sell it.",
        "It is fine to copy it, but it is not fine to sell it.",
        "it denies more than the quote",
    ),
    # No sentence.
    ("They keep logs and", "We keep logs and photos.", "it breaks off"),
    ("Logs and photos.", "We keep logs and photos.", "it is not a statement"),
    (
        "Photos and days take logs keep.",
        "We keep logs for days and take photos.",
        "it reorders the words of the quote",
    ),
]


@pytest.mark.parametrize(("sentence", "quote"), CLOSE)
def test_close(sentence: str, quote: str) -> None:
    assert distances(sentence, quote) == []


@pytest.mark.parametrize(("sentence", "quote", "reason"), FAR)
def test_far(sentence: str, quote: str, reason: str) -> None:
    assert any(reason in given for given in distances(sentence, quote)), distances(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote", "close"),
    [
        ("They sell your data.", "We sell your data (but not your email).", False),
        ("They share your data.", "We share your data (in anonymous form).", False),
        ("They share your data.", "We share your data (including your name).", True),
        ("They share your data.", 'We share your data ("Data").', True),
    ],
)
def test_brackets_that_limit(sentence: str, quote: str, close: bool) -> None:
    assert (distances(sentence, quote) == []) is close
