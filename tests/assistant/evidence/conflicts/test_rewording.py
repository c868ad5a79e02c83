from __future__ import annotations

import pytest

from assistant.evidence.conflicts.rewording import REWRITTEN


def reworded(text: str) -> str:
    for pattern, replacement in REWRITTEN:
        text = pattern.sub(replacement, text)
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You do not have to pay.", "You neednot pay."),
        ("You are required to pay.", "You must pay."),
        ("You are not allowed to copy it.", "You can not copy it."),
        ("It is optional.", "It is not compulsory."),
        ("It is kept indefinitely.", "It is kept forever."),
        ("no later than 5 days", "atmost 5 days"),
        ("Our staff reads your personal data.", "we reads personalinformation."),
        ("data brokers and third parties", "databroker and thirdparty"),
        ("We keep it so that we can help.", "We keep it"),
    ],
)
def test_one_form_for_one_meaning(text: str, expected: str) -> None:
    assert reworded(text) == expected
