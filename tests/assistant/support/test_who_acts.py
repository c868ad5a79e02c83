from __future__ import annotations

import pytest

from assistant.support.who_acts import pronoun_objections, subject_objections

SEEN = "When you comment, you may be sent cookies by those websites."


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        ("Those websites may be sent cookies.", SEEN, 'the quote says "sent" of something else'),
        ("You may be sent cookies.", SEEN, None),
        ("Photos are deleted.", "We delete photos, and logs are kept.", None),
        (
            "Logs are deleted.",
            "Photos are deleted, and logs are kept.",
            'the quote says "delete" of something else',
        ),
    ],
)
def test_what_is_said_of_a_subject(sentence: str, quote: str, reason: str | None) -> None:
    assert next(subject_objections(sentence, quote), None) == reason


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (
            "They revoke the coins you gave.",
            "We revoke the coins we gave you.",
            'the quote does not say "gave" of "you"',
        ),
        ("They keep photos.", "We keep photos.", None),
        ("They pay.", "They pay you.", None),
        ("They pay them.", "They pay you.", 'the quote says "pay you"'),
        (
            "The company sells logs.",
            "We sell logs to another company.",
            "the quote speaks of another company",
        ),
    ],
)
def test_who_does_it(sentence: str, quote: str, reason: str | None) -> None:
    assert next(pronoun_objections(sentence, quote), None) == reason
