from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant import Quote, Rejected, Sentence
from assistant.asking.answer_text import cited_text
from assistant.evidence.select import Evidence
from assistant.settings import Settings
from assistant.writing.quote_writer import QuoteWriter, first_sentence
from assistant.writing.sentence_check import Written
from index.types import Policy, version_of
from prompts import prompt_hash, render
from tests.assistant.evidence.test_select import POLICY, passage
from tests.assistant.samples import Scripted

KEEP = Evidence(Quote.of(POLICY, "acme#1", 0, 13), passage({"keep": 0.9}))
KEPT = Sentence("They keep logs.", (KEEP.quote.citation_id,))


def never() -> bool:
    return False


def write(
    *replies: str, question: str = "Are logs kept?", others: Sequence[str] = (), quotes: int = 1
) -> tuple[list[Written], Scripted]:
    model = Scripted(*replies, others=others)
    writer = QuoteWriter(model, Settings().support_threshold)
    return list(writer.write(question, [KEEP] * quotes, {"acme": "Acme"}, never)), model


def test_what_the_quote_carries_is_let_through() -> None:
    written, model = write("Answer: Acme keeps logs. It also bakes bread.")
    assert written == [Sentence("Acme keeps logs.", (KEEP.quote.citation_id,))]
    prompt = render(
        "one_sentence", provider="Acme", quote="We keep logs.", question="Are logs kept?"
    )
    assert model.prompts == [prompt]


@pytest.mark.parametrize(
    ("reply", "text", "reasons"),
    [
        (
            "We never keep logs.",
            "They never keep logs.",
            ("it denies what the quote does not deny",),
        ),
        (
            "We keep logs for 30 days.",
            "They keep logs for 30 days.",
            ("the quote does not say 30 day",),
        ),
        ('"..."', "...", ("it says nothing that could be checked",)),
    ],
)
def test_what_it_does_not_carry_is_withheld(
    reply: str, text: str, reasons: tuple[str, ...]
) -> None:
    assert write(reply)[0] == [Rejected(text, (KEEP.quote.citation_id,), reasons)]


def test_the_first_candidate_that_passes_is_taken() -> None:
    others = ("They sell logs for 5 dollars.", "They keep logs.", "We keep logs.")
    assert write("They never keep logs.", others=others)[0] == [KEPT]
    assert write("They keep logs.", others=others)[0] == [KEPT]


def test_where_none_passes_the_likeliest_is_withheld() -> None:
    (withheld,) = write("They never keep logs.", others=("They keep 5 logs.",))[0]
    assert isinstance(withheld, Rejected)
    assert withheld.text == "They never keep logs."


def test_a_sentence_is_said_once() -> None:
    first, second = write("They keep logs.", "Acme keeps logs.", quotes=2)[0]
    assert first == KEPT
    assert isinstance(second, Rejected)
    assert second.reasons == ("it repeats an earlier sentence",)


@pytest.mark.parametrize("reply", ["", "No.", "Yes, "])
def test_a_reply_that_says_nothing(reply: str) -> None:
    assert write(reply, "They keep logs.", quotes=2)[0] == [KEPT]


def test_an_answer_without_quotes() -> None:
    assert (
        list(QuoteWriter(Scripted(), 0.5).write("Are logs kept?", [], {"acme": "Acme"}, never))
        == []
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Do they keep logs?", "Yes, they keep logs."),
        ("Do you eat bread?", "They keep logs."),  # the quote carries the sentence, not the Yes
        ("How long do they keep logs?", "They keep logs."),
    ],
)
def test_a_direct_answer_only_where_it_is_settled(question: str, expected: str) -> None:
    (written,) = write("Yes, they keep logs.", question=question)[0]
    assert written.text == expected


def test_nothing_follows_once_stopped() -> None:
    writer = QuoteWriter(Scripted("They keep logs."), 0.5)
    assert list(writer.write("Are logs kept?", [KEEP], {"acme": "Acme"}, lambda: True)) == []


def test_the_prompt_is_named() -> None:
    assert QuoteWriter(Scripted(), 0.5).prompt == f"one_sentence@{prompt_hash('one_sentence')}"


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


def test_text_with_the_numbers_of_its_quotes() -> None:
    first, second = KEEP.quote, Quote.of(POLICY, "acme#1", 14, 30)
    sentences = [
        Sentence("Nothing is sold.", (second.citation_id,)),
        Sentence("Logs are kept.", (first.citation_id, second.citation_id)),
    ]
    assert cited_text(sentences, [first, second]) == "Nothing is sold. [2] Logs are kept. [1] [2]"


def test_items_of_a_list_stand_alone() -> None:
    text = "You must not:\n\n- use robots on our site.\n\nWe keep logs.\n"
    policy = Policy("acme", "Acme", "acme.md", "text/markdown", text, version_of(text))
    item, sentence = (
        Evidence(
            Quote.of(policy, "acme#1", text.index(each), text.index(each) + len(each)),
            replace(passage({"keep": 0.9}), policy=policy),
        )
        for each in ("use robots on our site.", "We keep logs.")
    )
    model = Scripted("They keep logs.")
    writer = QuoteWriter(model, Settings().support_threshold)
    (written,) = writer.write("Are logs kept?", [item, sentence], {"acme": "Acme"}, never)
    assert written == Sentence("They keep logs.", (sentence.quote.citation_id,))
    assert len(model.prompts) == 1
