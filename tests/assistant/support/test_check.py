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

DEV = SHARED / "data" / "support_cases_dev.jsonl"

LOGS = "Server logs with the IP addresses of visitors are kept for 30 days."
SELL = "We do not sell your email address to advertisers."
MAY = "We may share your delivery address with couriers."
MUST = "Customers must report a lost parcel within seven days."
CONSENT = "We send newsletters to your inbox only if you have given your consent."
EXCEPT = "Parcels are insured in every country, except Norway."
FEE = "A late return costs $50 and is due by 5 May 2021."

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
REJECTED = {
    "number": [
        ("Server logs with the IP addresses of visitors are kept for 90 days.", LOGS),
        ("Server logs with the IP addresses of visitors are kept for ninety days.", LOGS),
        ("Server logs with the IP addresses of visitors are kept for 30 months.", LOGS),
        ("Server logs with the IP addresses of visitors are kept for a month.", LOGS),
        (
            "You can get one free copy of your record.",
            "You can get two free copies of your record.",
        ),
    ],
    "date": [
        ("A late return costs $50 and is due by 6 May 2021.", FEE),
        ("A late return costs $50 and is due by 5 June 2021.", FEE),
        ("A late return costs $50 and is due by 5 May 2022.", FEE),
    ],
    "amount": [
        ("A late return costs $500.", FEE),
        ("A late return costs €50.", FEE),
        ("A late return costs 50%.", FEE),
        ("We were fined $2 billion.", "We were fined $2 million."),
    ],
    "negation": [
        ("We sell your email address to advertisers.", SELL),
        ("Yes, we sell your email address to advertisers.", SELL),
        ("Server logs with the IP addresses of visitors are never kept.", LOGS),
        (
            "No individual visitors are named in the report.",
            "Individual visitors are named in the report.",
        ),
        ("No-one reads your mail.", "Our staff reads your mail."),
    ],
    "modality": [
        ("We share your delivery address with couriers.", MAY),
        ("We may share your address with DHL.", "We share your address with DHL since 1 May 2020."),
        ("We must share your delivery address with couriers.", MAY),
        ("Customers may report a lost parcel within seven days.", MUST),
        ("Customers report a lost parcel within seven days.", MUST),
    ],
    "condition": [
        ("We send newsletters to your inbox.", CONSENT),
        ("Parcels are insured in every country.", EXCEPT),
        ("Parcels are sent back.", "Should nobody be at home, parcels are sent back."),
        ("Server logs with IP addresses are kept unless visitors object.", LOGS),
    ],
    "scope": [
        ("All couriers see your parcel.", "Couriers see your parcel."),
        ("Couriers always see your parcel.", "Couriers see your parcel."),
        ("Your parcel is kept permanently by couriers.", "Your parcel is kept by couriers."),
    ],
    "opposite": [
        (
            "Refunds are paid before the parcel arrives.",
            "Refunds are paid after the parcel arrives.",
        ),
        ("The maximum order is a pallet.", "The minimum order is a pallet."),
    ],
    "actor": [
        ("Members pay for the return parcel.", "We pay for the return parcel."),
        ("The company insures the parcel.", "You insure the parcel."),
    ],
    "name": [
        ("We share your address with DHL.", "We share your address with Hermes couriers."),
        ("Parcels to Oslo are insured.", "Parcels are insured."),
    ],
    "filler": [
        ("The question is whether logs are kept for 30 days.", LOGS),
        ("As an AI I keep server logs of visitors for 30 days.", LOGS),
    ],
    "other words": [
        ("We bake bread.", LOGS),
        ("Server logs feed our pricing algorithm and marketing.", LOGS),
    ],
    "nothing": [("", LOGS), ("  \n", LOGS), ("Yes.", LOGS), ("We do.", LOGS), ("…", LOGS)],
}


@pytest.mark.parametrize(("sentence", "quote"), SUPPORTED)
def test_supported(sentence: str, quote: str) -> None:
    support = check_support(sentence, [quote])
    assert (support.supported, support.reasons) == (True, ())
    assert SUPPORT_THRESHOLD <= support.score <= 1


@pytest.mark.parametrize(
    ("sentence", "quote"), [case for cases in REJECTED.values() for case in cases]
)
def test_rejected(sentence: str, quote: str) -> None:
    support = check_support(sentence, [quote])
    assert not support.supported
    assert support.reasons


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (
            "Server logs of IP addresses are kept for 90 days.",
            LOGS,
            "the quote does not say 90 day",
        ),
        ("We sell your email address.", SELL, "it leaves out a negation of the quote"),
        (
            "Couriers never get an address from us.",
            "Couriers get an address from us.",
            "it denies what the quote does not deny",
        ),
        (
            "We share your delivery address with couriers.",
            MAY,
            'the quote says "may" or the like, the sentence is certain',
        ),
        (
            "Customers report a lost parcel within seven days.",
            MUST,
            "the sentence leaves out that the quote makes it a duty",
        ),
        (
            "Parcels are insured in every country.",
            EXCEPT,
            'the sentence leaves out the exception after "except"',
        ),
        (
            "Couriers always see your parcel.",
            "Couriers see your parcel.",
            'the quote does not say "always"',
        ),
        (
            "The company insures your lost parcel.",
            "You insure your lost parcel.",
            "the one who acts is another in the quote",
        ),
        ("Parcels to Oslo are insured.", "Parcels are insured.", "the quote does not name Oslo"),
        ("", LOGS, "it says nothing that could be checked"),
    ],
)
def test_the_first_reason(sentence: str, quote: str, reason: str) -> None:
    assert check_support(sentence, [quote]).reasons[0] == reason


def test_no_quotes_carry_nothing() -> None:
    assert not check_support(LOGS, []).supported
    assert not check_support(LOGS, [""]).supported


def test_quotes_count_together() -> None:
    both = "Server logs are kept for 30 days and read by two engineers."
    assert not check_support(both, [LOGS]).supported
    assert check_support(both, [LOGS, "Server logs are read by two engineers."]).supported


def test_the_score_is_held_against_the_threshold() -> None:
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
    found = []
    for path in CORPUS:
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        found += [plain(body[start:end], "text/markdown") for start, end in sentence_spans(body)]
    return [sentence for sentence in found if len(sentence.split()) > 3]


def test_every_sentence_of_a_policy_carries_itself() -> None:
    sentences = [each for each in corpus_sentences() if not each.endswith("?")]
    assert len(sentences) > 200
    assert [each for each in sentences if not check_support(each, [each]).supported] == []


@given(st.sampled_from([s for s in corpus_sentences() if re.search(r"\d", s)]), st.data())
def test_a_number_changed_in_a_policy_is_never_carried(sentence: str, data: st.DataObject) -> None:
    match = data.draw(st.sampled_from(list(re.finditer(r"\d+", sentence))))
    other = str(data.draw(st.integers(0, 9999)))
    assume(other not in re.findall(r"\d+", sentence) and int(other) != int(match[0]))
    changed = sentence[: match.start()] + other + sentence[match.end() :]
    assert not check_support(changed, [sentence]).supported


@pytest.mark.skipif(not DEV.exists(), reason="the labelled pairs are not on this machine")
def test_labelled_pairs() -> None:
    cases = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    wrong = [case for case in cases if not case["supported"]]
    accepted = [c for c in wrong if check_support(c["sentence"], c["evidence"]).supported]
    assert len(accepted) <= 2
    never = "number|date|duration|amount|negation"
    assert [c["id"] for c in accepted if re.match(never, c["kind"])] == []
    right = [case for case in cases if case["supported"]]
    carried = [c for c in right if check_support(c["sentence"], c["evidence"]).supported]
    assert len(carried) / len(right) >= 0.7  # 45 of 63 as measured


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Are parcels insured in every country, except Norway?", "it is a question"),
        (
            "I do not sell your email address to advertisers.",
            "it speaks in the first person, the quote does not",
        ),
    ],
)
def test_a_sentence_of_the_wrong_form(sentence: str, reason: str) -> None:
    assert reason in check_support(sentence, [EXCEPT, SELL]).reasons


def test_a_first_person_that_the_quote_has_too() -> None:
    assert check_support("I own my photos.", ["Member says: I own my photos."]).supported


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("No, we keep your parcels.", "We keep your parcels."),
        ("You may close our shop account.", "We may close your shop account."),
        ("You will pay us for lost parcels.", "We will pay you for lost parcels."),
        ("Logs are kept for less than 30 days.", "Logs are kept for more than 30 days."),
        ("Members are over 13.", "Members are under 13."),
        ("You can opt in to the newsletter.", "You can opt out of the newsletter."),
        ("Parcels are eligible for refunds.", "Parcels are ineligible for refunds."),
        ("We avoid keeping logs.", "We are keeping logs."),
    ],
)
def test_a_sentence_turned_round_is_not_carried(sentence: str, quote: str) -> None:
    assert not check_support(sentence, [quote]).supported
