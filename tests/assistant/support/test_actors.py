from __future__ import annotations

import pytest

from tests.assistant.support.samples import reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (
            "Members pay for the return parcel.",
            "We pay for the return parcel.",
            "somebody else acts in the quote",
        ),
        (
            "The company insures the parcel.",
            "You insure the parcel.",
            "somebody else acts in the quote",
        ),
        (
            "You may close our shop account.",
            "We may close your shop account.",
            "somebody else acts in the quote",
        ),
        (
            "You will pay us for lost parcels.",
            "We will pay you for lost parcels.",
            "somebody else acts in the quote",
        ),
    ],
)
def test_what_the_rule_refuses(sentence: str, quote: str, reason: str) -> None:
    assert reason in reasons(sentence, quote)
