from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Policy, Quote, Sentence
from index.types import version_of
from tests.assistant.values.samples import POLICY, QUOTE, TEXT, answer, policy_of


def test_a_quote_is_cut_out() -> None:
    expected = Quote(
        citation_id=f"acme@{POLICY.version}:17-42",
        policy_id="acme",
        version=POLICY.version,
        clause_id="acme#2",
        start=17,
        end=42,
        exact="We keep logs for 30 days.",
        prefix="Ünïcode 😀 first. ",
        suffix=" 漢字 and more follow here, to the end.",
    )
    assert expected == QUOTE


@given(st.text(min_size=1, max_size=200), st.data())
def test_quotes_are_exact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote.of(policy_of(text), "c", start, end)
    assert quote.exact == text[start:end]
    assert quote.citation_id == f"acme@{version_of(text)}:{start}-{end}"
    assert text[:start].endswith(quote.prefix)
    assert len(quote.prefix) == min(start, 40)
    assert text[end:].startswith(quote.suffix)
    assert len(quote.suffix) == min(len(text) - end, 40)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, len(TEXT) + 1)])
def test_no_quote_of_nothing(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"no text at {start}-{end} in 'acme'"):
        Quote.of(POLICY, "c", start, end)


def test_a_policy_is_of_its_version() -> None:
    with pytest.raises(ValueError, match="version '000000000000' is not that of the text"):
        Policy("acme", "Acme", "acme.txt", "text/plain", TEXT, "0" * 12)


def test_quotes_carry_the_selectors_of_web_annotation() -> None:
    assert QUOTE.to_dict()["target"] == {
        "source": f"acme@{POLICY.version}",
        "selector": [
            {"type": "TextPositionSelector", "start": 17, "end": 42},
            {
                "type": "TextQuoteSelector",
                "exact": QUOTE.exact,
                "prefix": QUOTE.prefix,
                "suffix": QUOTE.suffix,
            },
        ],
    }


def test_a_sentence_cites() -> None:
    with pytest.raises(ValueError, match="cites at least one quote"):
        Sentence("We keep logs.", ())


@pytest.mark.parametrize("confidence", [-0.1, 1.5, float("nan")])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ValueError, match="not from 0 to 1"):
        dataclasses.replace(answer(), confidence=confidence)
