from __future__ import annotations

import pytest

from tests.assistant.support.samples import reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (
            "Refunds are paid before the parcel arrives.",
            "Refunds are paid after the parcel arrives.",
            'the sentence says "before", the quote "after"',
        ),
        (
            "The maximum order is a pallet.",
            "The minimum order is a pallet.",
            'the sentence says "maximum", the quote "minimum"',
        ),
        (
            "Logs are kept for less than 30 days.",
            "Logs are kept for more than 30 days.",
            'the sentence says "less", the quote "more"',
        ),
        (
            "Members are over 13.",
            "Members are under 13.",
            'the sentence says "over", the quote "under"',
        ),
        (
            "You can opt in to the newsletter.",
            "You can opt out of the newsletter.",
            'the sentence says "optin", the quote "optout"',
        ),
        (
            "Parcels are eligible for refunds.",
            "Parcels are ineligible for refunds.",
            'the sentence says "eligible", the quote "ineligible"',
        ),
        (
            "We sell your address.",
            "We delete your address.",
            'the sentence is about "sell", the quote about "delete"',
        ),
    ],
)
def test_what_the_rule_refuses(sentence: str, quote: str, reason: str) -> None:
    assert reason in reasons(sentence, quote)
