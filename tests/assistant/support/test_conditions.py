from __future__ import annotations

import pytest

from tests.assistant.support.samples import CONSENT, EXCEPT, LOGS, reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("We send newsletters to your inbox.", CONSENT, 'the sentence leaves out "consent"'),
        (
            "Parcels are insured in every country.",
            EXCEPT,
            'the sentence leaves out the exception after "except"',
        ),
        (
            "Parcels are sent back.",
            "Should nobody be at home, parcels are sent back.",
            'the sentence leaves out the condition after "if"',
        ),
        (
            "Server logs with IP addresses are kept unless visitors object.",
            LOGS,
            'the quote makes no exception ("unless")',
        ),
        (
            "Couriers see your parcel if you ask them.",
            "Couriers see your parcel.",
            'the quote makes no condition ("if")',
        ),
        (
            "All couriers see your parcel.",
            "Couriers see your parcel.",
            'the quote does not say "all"',
        ),
        (
            "Couriers always see your parcel.",
            "Couriers see your parcel.",
            'the quote does not say "always"',
        ),
        (
            "Your parcel is kept permanently by couriers.",
            "Your parcel is kept by couriers.",
            'the quote does not say "permanently"',
        ),
        (
            "Couriers see your parcel.",
            "Only couriers see your parcel.",
            'the sentence leaves out "only"',
        ),
        (
            "Couriers see your parcel.",
            "Certain couriers see your parcel.",
            'the sentence leaves out "certain"',
        ),
    ],
)
def test_what_the_rule_refuses(sentence: str, quote: str, reason: str) -> None:
    assert reason in reasons(sentence, quote)
