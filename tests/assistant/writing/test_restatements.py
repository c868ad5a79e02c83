from __future__ import annotations

import pytest

from assistant.writing.restatements import bare, in_third_person, restated, restatements


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("We keep logs for 30 days.", ["They keep logs for 30 days."]),
        (
            "However, we'll keep your mail (such as letters) for a year, and nothing is sold.",
            [
                "They will keep your mail (such as letters) for a year, and nothing is sold.",
                "They will keep your mail for a year, and nothing is sold.",
                "They will keep your mail (such as letters) for a year.",
                "They will keep your mail for a year.",
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
        ("Our team may read what you send us.", "Their team may read what you send them."),
        ("We share your name with our partners.", "They share your name with their partners."),
        ("Our U.S. office keeps logs.", "Their U.S. office keeps logs."),
        ("It is kept by us.", "It is kept by them."),
        ("Acme keeps logs.", "Acme keeps logs."),
        ("Sellers keep logs.", "Sellers keep logs."),
    ],
)
def test_who_we_are(sentence: str, expected: str) -> None:
    assert in_third_person(sentence, "Acme") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Partners may tell us what they know.",
        "They agree that we do not own our logs.",
        "We may ask for their names.",
        "Third parties may see how you use our site.",
        "Sellers may only use data as we allow.",
        "Google and Facebook may use data that we collect.",
        "Students own what we store and keep.",
        "Children may not use our site.",
    ],
)
def test_where_others_might_be_meant_they_are_its_own_words(sentence: str) -> None:
    assert in_third_person(sentence, "Acme") == f"Acme: “{sentence}”"
    assert in_third_person(sentence, "") == ""


@pytest.mark.parametrize(
    ("sentence", "company", "expected"),
    [
        ("Toys R Us may sell our name.", "Toys R Us", "Toys R Us may sell their name."),
        ("Our Place may sell it to us.", "Our Place", "Our Place may sell it to them."),
        ("We may sell (as C++ Ltd) it.", "C++ Ltd", "They may sell (as C++ Ltd) it."),
    ],
)
def test_a_company_keeps_its_name(sentence: str, company: str, expected: str) -> None:
    assert in_third_person(sentence, company) == expected


@pytest.mark.parametrize(
    ("written", "quote", "expected"),
    [
        (
            "Third parties may see how you use their site.",
            "Third parties may see how you use our site.",
            "Acme: “Third parties may see how you use our site.”",
        ),
        ("Others use their own site.", "Others use their own site.", "Others use their own site."),
        ("For example, we keep logs.", "We keep logs.", "They keep logs."),
        ("10.2 We keep logs.", "10.2 We keep logs.", "They keep logs."),
        ("", "We keep logs.", ""),
        ("\u200b", "We keep logs.", ""),
    ],
)
def test_what_was_written_as_the_quote_would_be_restated(
    written: str, quote: str, expected: str
) -> None:
    assert restated(written, quote, "Acme") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "1.5 million users pay.",
        "1.5 Million users pay.",
        "2.5 GB of storage is free.",
        "However long it is kept, you pay.",
        "Also known as Bolt, it is free.",
        "14) days are enough.",
    ],
)
def test_what_only_looks_like_a_mark_or_a_joint_stays(sentence: str) -> None:
    assert bare(sentence) == sentence


@pytest.mark.parametrize(
    "quote",
    [
        "We sell your data (but not your email).",
        "We share your data (in anonymous form).",
        "We share your data (for customers of the paid plan).",
    ],
)
def test_a_bracket_that_limits_is_not_left_out(quote: str) -> None:
    assert restatements(quote, "Acme") == [f"They{quote[2:]}"]


def test_a_long_run_of_dashes() -> None:  # which took minutes once
    quote = "We keep a" + "-" * 20_000 + "b and c for you."
    assert restatements(quote, "Acme") == ["They" + quote[2:]]
