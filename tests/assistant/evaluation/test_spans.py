from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.spans import PolicySpan, characters, merged, shared_characters
from tests.assistant.evaluation.samples import a, b

SPANS = st.lists(
    st.builds(
        lambda policy, start, length: PolicySpan(policy, start, start + length),
        st.sampled_from("ab"),
        st.integers(0, 30),
        st.integers(1, 10),
    ),
    max_size=8,
)


def places(spans: list[PolicySpan]) -> set[tuple[str, int]]:
    return {(span.policy_id, index) for span in spans for index in range(span.start, span.end)}


def test_overlapping_takes_a_character_of_the_same_policy() -> None:
    assert a(10, 20).overlaps([a(19, 30)])
    assert a(10, 20).overlaps([b(0, 5), a(0, 11)])
    assert not a(10, 20).overlaps([a(20, 30), a(0, 10), b(10, 20)])
    assert not a(10, 20).overlaps([])


def test_merging() -> None:
    spans = [b(0, 3), a(15, 20), a(5, 15), a(0, 10), a(6, 8)]
    assert merged(spans) == [a(0, 15), a(15, 20), b(0, 3)]
    assert spans[0] == b(0, 3)


@given(SPANS)
def test_merging_keeps_every_character_and_counts_none_twice(spans: list[PolicySpan]) -> None:
    assert places(merged(spans)) == places(spans)
    assert characters(merged(spans)) == len(places(spans))


@given(SPANS, SPANS)
def test_shared_characters(ones: list[PolicySpan], others: list[PolicySpan]) -> None:
    shared = shared_characters(merged(ones), merged(others))
    assert shared == len(places(ones) & places(others))
