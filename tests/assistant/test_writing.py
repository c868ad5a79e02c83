from __future__ import annotations

import pytest

from assistant import Quote, Rejected, Sentence
from assistant.evidence import Evidence
from assistant.wording import cited_text
from assistant.writing import Writer, first_sentence, prompt_identity, unnamed
from prompts import prompt_hash, render
from tests.assistant.samples import Scripted
from tests.assistant.test_evidence import POLICY, passage

KEEP = Evidence(Quote.of(POLICY, "acme#1", 0, 13), passage({"keep": 0.9}))


def write(reply: str) -> tuple[Sentence | Rejected, Scripted]:
    generator = Scripted(reply)
    return Writer(generator, 0.75).write("Are logs kept?", "Acme", KEEP), generator


def test_what_the_quote_carries_is_let_through() -> None:
    written, generator = write("Answer: Acme keeps logs. It also bakes bread.")
    assert written == Sentence("Acme keeps logs.", (KEEP.quote.citation_id,))
    prompt = render(
        "one_sentence", provider="Acme", quote="We keep logs.", question="Are logs kept?"
    )
    assert generator.prompts == [prompt]


@pytest.mark.parametrize(
    ("reply", "text", "reasons"),
    [
        ("We never keep logs.", "We never keep logs.", ("it denies what the quote does not deny",)),
        (
            "We keep logs for 30 days.",
            "We keep logs for 30 days.",
            ("the quote does not say 30 day", "the quote does not speak of: 30, day"),
        ),
        ("", "", ("it says nothing that could be checked",)),
        ('"..."', "...", ("it says nothing that could be checked",)),
    ],
)
def test_what_it_does_not_carry_is_withheld(
    reply: str, text: str, reasons: tuple[str, ...]
) -> None:
    assert write(reply)[0] == Rejected(text, (KEEP.quote.citation_id,), reasons)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("We keep logs. We sell them.", "We keep logs."),
        ("We keep logs\nWe sell them.", "We keep logs"),
        ("\n\n  we keep logs.", "We keep logs."),
        ("Answer: we keep logs.", "We keep logs."),
        ("The answer to the question is: We keep logs.", "We keep logs."),
        ("Short answer - we keep logs.", "We keep logs."),
        ("According to the policy, we keep logs.", "We keep logs."),
        ("Based on the clause: we keep logs.", "We keep logs."),
        ('"We keep logs."', "We keep logs."),
        ("“We keep logs.”", "We keep logs."),
        ("The answering machine keeps logs.", "The answering machine keeps logs."),
        ("We write to Dr. Lee at Acme Inc. in May.", "We write to Dr. Lee at Acme Inc. in May."),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_first_sentence(reply: str, expected: str) -> None:
    assert first_sentence(reply) == expected


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


def test_text_with_the_numbers_of_its_quotes() -> None:
    first, second = KEEP.quote, Quote.of(POLICY, "acme#1", 14, 30)
    sentences = [
        Sentence("Nothing is sold.", (second.citation_id,)),
        Sentence("Logs are kept.", (first.citation_id, second.citation_id)),
    ]
    assert cited_text(sentences, [first, second]) == "Nothing is sold. [2] Logs are kept. [1] [2]"


def test_prompt_identity() -> None:
    assert prompt_identity() == f"one_sentence@{prompt_hash('one_sentence')}"
