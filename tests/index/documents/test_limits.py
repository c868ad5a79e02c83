"""Limits are positive numbers, and a file over one is refused with what to do."""

from __future__ import annotations

import pytest

from index.documents.limits import LARGEST_LIMIT, Limits
from index.errors import LoadError


@pytest.mark.parametrize("limit", ["megabytes", "seconds", "memory", "clauses"])
def test_limits_are_positive_and_not_endless(limit: str) -> None:
    Limits(**{limit: LARGEST_LIMIT})
    for value in (0, 4_000_001, 10**400, float("inf"), float("nan")):
        with pytest.raises(
            ValueError, match=f"limit of {limit} must be more than 0 and at most {LARGEST_LIMIT}"
        ):
            Limits(**{limit: value})


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    limits = Limits(megabytes=1.5)
    limits.check_size("a.txt", 1_500_000)
    with pytest.raises(LoadError) as caught:
        limits.check_size("a.txt", 1_500_001)
    assert str(caught.value) == (
        "'a.txt' is 2 megabytes, more than the limit of 1.5: split it, or raise the limit "
        "(add --limit megabytes=...)"
    )
