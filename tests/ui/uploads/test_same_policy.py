from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.doors import DEFAULT_LIMITS
from ui.uploads import same_policy


@given(st.text(st.sampled_from("ab İß\n-"), max_size=80), st.text(st.sampled_from("ab c")))
def test_what_texts_have_in_common_is_counted_in_runs_of_four_words(one: str, other: str) -> None:
    runs = []
    for text in (one, other):
        words = re.findall(r"\w+", text.lower())
        runs.append(set(zip(words, words[1:], words[2:], words[3:], strict=False)))
    numbers = [same_policy._runs(text, 1) for text in (one, other)]
    assert [len(each) for each in numbers] == [len(each) for each in runs]
    assert len(set(numbers[0]) & set(numbers[1])) == len(runs[0] & runs[1])


def test_of_long_texts_a_part_of_the_runs_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_policy, "_LONG", 1000)
    texts = [
        " ".join(f"{word}{number}" for number in range(5000)).encode() for word in ("keep", "sell")
    ]
    part = same_policy._runs(texts[0].decode(), 40)
    assert 50 < len(part) < 250
    half = texts[0][:20_000] + texts[1][:20_000]
    verdicts = [
        same_policy.may_be_versions(texts[0], other, Path("a.txt"), DEFAULT_LIMITS)
        for other in (*texts, half, texts[0][:500], texts[1][:500])
    ]
    assert verdicts == [True, False, True, True, False]
