from __future__ import annotations

import pytest

from assistant import check_support
from tests.assistant.support.samples import EXCEPT, LOGS, SELL, reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("Are parcels insured in every country, except Norway?", EXCEPT, "it is a question"),
        (
            "I do not sell your email address to advertisers.",
            SELL,
            "it speaks in the first person, the quote does not",
        ),
        (
            "The question is whether logs are kept for 30 days.",
            LOGS,
            "it is filler ('the question is')",
        ),
        ("As an AI I keep server logs of visitors for 30 days.", LOGS, "it is filler ('as an ai')"),
        ("Logs kept.", LOGS, "it says too little to be checked"),
        (
            "Server logs of visitors are kept for 30\u200b days.",
            LOGS,
            "it contains invisible characters",
        ),
    ],
)
def test_a_sentence_of_the_wrong_form(sentence: str, quote: str, reason: str) -> None:
    assert reason in reasons(sentence, quote)


def test_a_first_person_that_the_quote_has_too() -> None:
    assert check_support("I own my photos.", ["Member says: I own my photos."]).supported
