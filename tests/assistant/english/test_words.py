from __future__ import annotations

import pytest

from assistant.english.words import content, meaning, tokens, unnamed


def test_tokens_are_straightened() -> None:
    assert tokens("You can't opt out: it’s due by May 5.") == (
        "you", "can", "not", "optout", "it's", "due", "by", "maius", "5"
    )  # fmt: skip


def test_content_is_by_meaning() -> None:
    assert content("We retain your data") == content("the information is kept")
    assert meaning("e-mail") == meaning("email")
    assert content("you and we") == frozenset()


@pytest.mark.parametrize(
    ("sentence", "provider", "expected"),
    [
        ("Acme keeps logs.", "Acme", "the company keeps logs."),
        ("ACME's logs, acme logs", "Acme", "the company's logs, the company logs"),
        ("Acmeville keeps logs.", "Acme", "Acmeville keeps logs."),
        ("A+B (UK) keeps logs.", "A+B (UK)", "the company keeps logs."),
    ],
)
def test_unnamed(sentence: str, provider: str, expected: str) -> None:
    assert unnamed(sentence, provider) == expected
