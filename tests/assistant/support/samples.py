"""Quotes of policies, and why the support check refuses a sentence."""

from __future__ import annotations

from assistant import check_support

LOGS = "Server logs with the IP addresses of visitors are kept for 30 days."
SELL = "We do not sell your email address to advertisers."
MAY = "We may share your delivery address with couriers."
MUST = "Customers must report a lost parcel within seven days."
CONSENT = "We send newsletters to your inbox only if you have given your consent."
EXCEPT = "Parcels are insured in every country, except Norway."
FEE = "A late return costs $50 and is due by 5 May 2021."


def reasons(sentence: str, quote: str) -> tuple[str, ...]:
    support = check_support(sentence, [quote])
    assert support.supported is (not support.reasons)
    return support.reasons
