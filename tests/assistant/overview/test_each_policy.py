from __future__ import annotations

import pytest

from assistant import Assistant, Topic, UnknownPolicyError

SOLD = "Do you sell my personal information?"


def test_only_the_policies_that_are_named(compass: Assistant) -> None:
    rows = compass.compare(SOLD, ["west", "north", "west"])
    assert [row.policy_id for row in rows] == ["west", "north"]
    with pytest.raises(UnknownPolicyError, match="'east'"):
        compass.compare(SOLD, ["east"])


def test_it_tells_how_far_it_is(compass: Assistant) -> None:
    from contextlib import nullcontext

    steps: list[int] = []
    named: list[tuple[str, int, str]] = []

    class Bar:
        def update(self, n: int) -> None:
            steps.append(n)

    def progress(what: str, total: int, unit: str) -> nullcontext[Bar]:
        named.append((what, total, unit))
        return nullcontext(Bar())

    compass.coverage([Topic("cookies", ("Are cookies used?",))], progress=progress)
    compass.compare(SOLD, ["west"], progress=progress)
    assert named == [("asking", 3, "cell"), ("comparing", 1, "policy")]
    assert steps == [1, 1, 1, 1]
