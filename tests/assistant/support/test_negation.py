from __future__ import annotations

import pytest

from tests.assistant.support.samples import LOGS, SELL, reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (
            "We sell your email address to advertisers.",
            SELL,
            "it leaves out a negation of the quote",
        ),
        (
            "Yes, we sell your email address to advertisers.",
            SELL,
            "it leaves out a negation of the quote",
        ),
        (
            "Server logs with the IP addresses of visitors are never kept.",
            LOGS,
            "it denies what the quote does not deny",
        ),
        (
            "No individual visitors are named in the report.",
            "Individual visitors are named in the report.",
            "it denies what the quote does not deny",
        ),
        (
            "No-one reads your mail.",
            "Our staff reads your mail.",
            "it denies what the quote does not deny",
        ),
        (
            "We avoid keeping logs.",
            "We are keeping logs.",
            "it denies what the quote does not deny",
        ),
        (
            "Parcels are eligible for refunds.",
            "Parcels are ineligible for refunds.",
            "it leaves out a negation of the quote",
        ),
        (
            "No, we keep your parcels.",
            "We keep your parcels.",
            "it says No, but the quote denies nothing",
        ),
        (
            "Yes, we do not sell your email address to advertisers.",
            SELL,
            "it says Yes and then denies",
        ),
    ],
)
def test_what_the_rule_refuses(sentence: str, quote: str, reason: str) -> None:
    assert reason in reasons(sentence, quote)
