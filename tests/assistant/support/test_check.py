from __future__ import annotations

import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant import check_support
from assistant.settings import SUPPORT_THRESHOLD
from index.text.markup import plain
from index.text.sentences import sentence_spans
from tests.assistant.samples import CORPUS, SHARED
from tests.assistant.support.samples import CONSENT, FEE, LOGS, MAY, MUST, SELL, reasons

DEV = SHARED / "data" / "support_cases_dev.jsonl"

SUPPORTED = [
    ("Server logs with the IP addresses of visitors are kept for thirty days.", LOGS),
    ("Server logs with the IP addresses of visitors are kept for thirty (30) days.", LOGS),
    ("Visitors' IP addresses are kept in server logs for 30 days.", LOGS),
    ("No, we do not sell your email address to advertisers.", SELL),
    ("Your email address is not sold to advertisers.", SELL),
    (
        "We don't sell your e-mail address to advertisers.",
        "We do not sell your e-mail address to advertisers.",
    ),
    ("Your delivery address may be shared with couriers.", MAY),
    ("Customers have to report a lost parcel within 7 days.", MUST),
    ("Newsletters are sent to your inbox only if you have given your consent.", CONSENT),
    ("A late return costs 50 dollars.", FEE),
    ("It is due by May 5, 2021.", FEE),
]
REJECTED = [
    ("We bake bread.", LOGS),
    ("Server logs feed our pricing algorithm and marketing.", LOGS),
    ("", LOGS),
    ("  \n", LOGS),
    ("Yes.", LOGS),
    ("We do.", LOGS),
    ("…", LOGS),
]


@pytest.mark.parametrize(("sentence", "quote"), SUPPORTED)
def test_supported(sentence: str, quote: str) -> None:
    support = check_support(sentence, [quote])
    assert (support.supported, support.reasons) == (True, ())
    assert SUPPORT_THRESHOLD <= support.score <= 1


@pytest.mark.parametrize(("sentence", "quote"), REJECTED)
def test_rejected(sentence: str, quote: str) -> None:
    assert reasons(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("", "it says nothing that could be checked"),
        (
            "Server logs feed our pricing algorithm and marketing.",
            "the quote does not mention most of it",
        ),
    ],
)
def test_what_is_said_of_a_sentence_that_no_rule_refuses(sentence: str, reason: str) -> None:
    assert reasons(sentence, LOGS) == (reason,)


def test_no_quotes_carry_nothing() -> None:
    assert not check_support(LOGS, []).supported
    assert not check_support(LOGS, [""]).supported


def test_quotes_count_together() -> None:
    both = "Server logs are kept for 30 days and read by two engineers."
    assert not check_support(both, [LOGS]).supported
    assert check_support(both, [LOGS, "Server logs are read by two engineers."]).supported


def test_the_threshold_of_the_score() -> None:
    strict = check_support("Couriers see parcels by email.", ["Couriers see parcels."])
    assert not strict.supported
    (reason,) = strict.reasons
    assert reason.startswith("the quote does not carry it")
    lax = check_support(
        "Couriers see parcels by email.", ["Couriers see parcels."], threshold=strict.score
    )
    assert (lax.supported, lax.score, lax.reasons) == (True, strict.score, ())


def test_where_a_rule_objects_the_score_is_nothing() -> None:
    assert check_support("Logs are kept for 90 days.", ["Logs are kept for 30 days."]).score == 0.0


@pytest.mark.parametrize("company", ["Acme", ""])
def test_whose_name_it_is(company: str) -> None:
    quote = "We do not sell your email address to advertisers."
    named = check_support(
        "Acme does not sell your email address to advertisers.", [quote], company=company
    )
    assert named.supported
    prefixed = check_support(
        "Acme: They do not sell your email address to advertisers.", [quote], company="Acme"
    )
    assert prefixed.supported
    other = check_support(
        "Hooli does not sell your email address to advertisers.", [quote], company="Acme"
    )
    assert other.reasons == ("the quote does not name Hooli",)


UNITS = ["days", "weeks", "months", "years", "hours", "dollars", "euros", "percent"]
WORDS = {2: "two", 3: "three", 7: "seven", 12: "twelve", 30: "thirty", 90: "ninety"}


@given(st.integers(1, 5000), st.integers(1, 5000), st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_a_changed_number_is_never_carried(a: int, b: int, unit: str, other: str) -> None:
    assume((a, unit) != (b, other))
    form = "Server logs with the IP addresses of all visitors to the site amount to {} {}."
    assert not check_support(form.format(b, other), [form.format(a, unit)]).supported


@pytest.mark.parametrize("said", WORDS)
@pytest.mark.parametrize("written", WORDS)
def test_number_words_are_numbers(said: int, written: int) -> None:
    form = "Server logs with the IP addresses of visitors are kept for {} days."
    for a, b in ((WORDS[said], written), (said, WORDS[written]), (WORDS[said], WORDS[written])):
        assert check_support(form.format(a), [form.format(b)]).supported == (said == written)


def corpus_sentences() -> list[str]:
    sentences = []
    for path in CORPUS:
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        sentences += [
            plain(body[start:end], "text/markdown") for start, end in sentence_spans(body)
        ]
    return [sentence for sentence in sentences if len(sentence.split()) > 3]


def test_every_sentence_of_a_policy_carries_itself() -> None:
    sentences = [sentence for sentence in corpus_sentences() if not sentence.endswith("?")]
    assert len(sentences) > 200
    assert [
        sentence for sentence in sentences if not check_support(sentence, [sentence]).supported
    ] == []


@given(st.sampled_from([s for s in corpus_sentences() if re.search(r"\d", s)]), st.data())
def test_a_number_changed_in_a_policy_is_never_carried(sentence: str, data: st.DataObject) -> None:
    match = data.draw(st.sampled_from(list(re.finditer(r"\d+", sentence))))
    other = str(data.draw(st.integers(0, 9999)))
    assume(other not in re.findall(r"\d+", sentence) and int(other) != int(match[0]))
    changed = sentence[: match.start()] + other + sentence[match.end() :]
    assert not check_support(changed, [sentence]).supported


@pytest.mark.slow
@pytest.mark.skipif(not DEV.exists(), reason="the labelled pairs are not on this machine")
def test_labelled_pairs() -> None:
    cases = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    wrong = [case for case in cases if not case["supported"]]
    accepted = [c for c in wrong if check_support(c["sentence"], c["evidence"]).supported]
    assert [c["id"] for c in accepted] == ["dev-temu-04"]
    never = "number|date|duration|amount|negation"
    assert [c["id"] for c in accepted if re.match(never, c["kind"])] == []
    right = [case for case in cases if case["supported"]]
    carried = [c for c in right if check_support(c["sentence"], c["evidence"]).supported]
    assert (len(carried), len(right)) == (45, 63)
