from __future__ import annotations

import pytest

from assistant.restating import in_third_person, restated, restatements


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("We keep logs for 30 days.", ["They keep logs for 30 days."]),
        (
            "However, we'll keep your logs (and backups) for 30 days, and we sell nothing.",
            [
                "They will keep your logs (and backups) for 30 days, and they sell nothing.",
                "They will keep your logs for 30 days, and they sell nothing.",
                "They will keep your logs (and backups) for 30 days.",
                "They will keep your logs for 30 days.",
            ],
        ),
        (
            "- We collect contact details, such as your name; and",
            ["They collect contact details, such as your name.", "They collect contact details."],
        ),
        ("Under Article 6 (1) we keep it.", ["Under Article 6 (1) they keep it."]),
        ("First sentence here. Second one here.", ["First sentence here.", "Second one here."]),
        ("We collect the following data:", []),
        ("Who sees what we collect?", []),
        ("I agree that we keep logs.", []),
        ("We do.", []),
        ("word " * 61, []),
        ("", []),
    ],
)
def test_shorter_and_shorter(quote: str, expected: list[str]) -> None:
    assert restatements(quote, "Acme") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Our team reads what you send us.", "Their team reads what you send them."),
        ("Partners may tell us what they know.", "Partners may tell Acme what they know."),
        (
            "They agree that we do not own our logs.",
            "They agree that Acme does not own Acme's logs.",
        ),
        ("We may ask for their names.", "Acme may ask for their names."),
        ("We share their names.", "Acme shares their names."),
        ("We store and share their names.", ""),  # which words are verbs is not for a rule to say
        (
            "Third parties may see how you use our site.",
            "Third parties may see how you use Acme's site.",
        ),
        (
            "We tell our partners, and we pay them.",
            "Acme tells Acme's partners, and Acme pays them.",
        ),
        (
            "We may tell partners that we also rely on you.",
            "Acme may tell partners that Acme also relies on you.",
        ),
        ("Users pay what we ask and charge.", "Users pay what they ask and charge."),
        ("Our U.S. office keeps logs.", "Their U.S. office keeps logs."),
        ("Acme keeps logs.", "Acme keeps logs."),
    ],
)
def test_who_we_are(sentence: str, expected: str) -> None:
    assert in_third_person(sentence, "Acme") == expected


def test_without_a_company_others_would_be_mistaken() -> None:
    assert in_third_person("Partners may tell us what they know.", "") == ""


@pytest.mark.parametrize(
    ("written", "quote", "expected"),
    [
        (
            "Third parties may see how you use their site.",
            "Third parties may see how you use our site.",
            "Third parties may see how you use Acme's site.",
        ),
        ("Others use their own site.", "Others use their own site.", "Others use their own site."),
        ("For example, we keep logs.", "We keep logs.", "They keep logs."),
        ("10.2 We keep logs.", "10.2 We keep logs.", "They keep logs."),
        ("1.5 million users pay.", "1.5 million users pay.", "1.5 million users pay."),
    ],
)
def test_what_was_written_as_the_quote_would_be_restated(
    written: str, quote: str, expected: str
) -> None:
    assert restated(written, quote, "Acme") == expected
