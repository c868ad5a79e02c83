from __future__ import annotations

import pytest

from tests.assistant.support.samples import MAY, MUST, reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (
            "We share your delivery address with couriers.",
            MAY,
            'the quote says "may" or the like, the sentence is certain',
        ),
        (
            "We may share your address with DHL.",
            "We share your address with DHL since 1 May 2020.",
            'the sentence says "may", the quote does not',
        ),
        (
            "We must share your delivery address with couriers.",
            MAY,
            "the sentence makes a duty of what the quote does not",
        ),
        (
            "Customers may report a lost parcel within seven days.",
            MUST,
            'the sentence says "may", the quote does not',
        ),
        (
            "Customers can report a lost parcel within seven days.",
            MUST,
            "the sentence permits what the quote makes a duty",
        ),
        (
            "Customers report a lost parcel within seven days.",
            MUST,
            "the sentence leaves out that the quote makes it a duty",
        ),
        (
            "Couriers see your parcel.",
            "Couriers usually see your parcel.",
            'the sentence leaves out "usually"',
        ),
    ],
)
def test_what_the_rule_refuses(sentence: str, quote: str, reason: str) -> None:
    assert reason in reasons(sentence, quote)
