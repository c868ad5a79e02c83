from __future__ import annotations

import pytest

from tests.assistant.support.samples import FEE, LOGS, reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (
            "Server logs with the IP addresses of visitors are kept for 90 days.",
            LOGS,
            "the quote does not say 90 day",
        ),
        (
            "Server logs with the IP addresses of visitors are kept for ninety days.",
            LOGS,
            "the quote does not say 90 day",
        ),
        (
            "Server logs with the IP addresses of visitors are kept for 30 months.",
            LOGS,
            "the quote does not say 30 month",
        ),
        (
            "Server logs with the IP addresses of visitors are kept for a month.",
            LOGS,
            "the quote does not say 1 month",
        ),
        (
            "You can get one free copy of your record.",
            "You can get two free copies of your record.",
            "the quote does not say 1",
        ),
        ("A late return costs $50 and is due by 6 May 2021.", FEE, "the quote does not say 6"),
        ("A late return costs $50 and is due by 5 June 2021.", FEE, "the quote does not say june"),
        ("A late return costs $50 and is due by 5 May 2022.", FEE, "the quote does not say 2022"),
        ("A late return costs $500.", FEE, "the quote does not say 500 dollar"),
        ("A late return costs €50.", FEE, "the quote does not say 50 euro"),
        ("A late return costs 50%.", FEE, "the quote does not say 50 percent"),
        (
            "We were fined $2 billion.",
            "We were fined $2 million.",
            "the quote does not say 2000000000 dollar",
        ),
        (
            "Logs are kept for 90 days and mail for 30 days.",
            "Logs are kept for 30 days and mail for 90 days.",
            "in the quote 90 day belongs to something else",
        ),
        (
            "We share your address with DHL.",
            "We share your address with Hermes couriers.",
            "the quote does not name DHL",
        ),
        ("Parcels to Oslo are insured.", "Parcels are insured.", "the quote does not name Oslo"),
    ],
)
def test_what_the_rule_refuses(sentence: str, quote: str, reason: str) -> None:
    assert reason in reasons(sentence, quote)
