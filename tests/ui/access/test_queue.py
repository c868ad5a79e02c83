"""Who is answered and who waits: in order, so many at most, and nobody who left is waited for."""

from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from ui.access.queue import Admission, Place


@given(st.integers(1, 4), st.integers(0, 4), st.lists(st.integers(-1, 8), max_size=40))
def test_the_line_keeps_its_order(at_once: int, waiting: int, steps: list[int]) -> None:
    """Each step joins (-1), or leaves from that place of the line."""
    line = Admission(at_once, waiting)
    expected: list[Place] = []
    for step in steps:
        if step < 0:
            place = line.join()
            assert (place is None) == (len(expected) == at_once + waiting)
            expected += [place] if place else []
        elif step < len(expected):
            with expected.pop(step):
                pass
        positions = [place.position() for place in expected]
        assert positions == [max(0, at - at_once + 1) for at in range(len(expected))]


def test_who_waits_hears_of_it_when_the_line_moves() -> None:
    line = Admission(1, 1)
    first, second = line.join(), line.join()
    assert first
    assert second
    assert second.wait(1, timeout=0.01) == 1
    heard = threading.Event()

    def wait() -> None:
        if second.wait(1, timeout=60) == 0:
            heard.set()

    threading.Thread(target=wait).start()
    with first:
        assert not heard.is_set()
    assert heard.wait(10)
    assert line.join() is not None
