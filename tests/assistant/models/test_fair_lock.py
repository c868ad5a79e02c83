from __future__ import annotations

import threading
import time

from assistant.models.fair_lock import Turns


def never() -> bool:
    return False


def test_turns_are_taken_in_the_order_asked_for() -> None:
    turns, order, threads = Turns(), [], []

    def work(number: int) -> None:
        with turns.turn(never) as mine:
            order.append((number, mine))

    with turns.turn(never):
        for number in range(8):
            thread = threading.Thread(target=work, args=(number,))
            thread.start()
            threads.append(thread)
            while len(turns._queue) < number + 2:  # until it has asked
                time.sleep(0.001)
        assert order == []
    for thread in threads:
        thread.join()
    assert order == [(number, True) for number in range(8)]


def test_one_who_is_stopped_leaves_the_queue() -> None:
    turns, stop, got = Turns(), threading.Event(), []

    def wait() -> None:
        with turns.turn(stop.is_set) as mine:
            got.append(mine)

    with turns.turn(never):
        thread = threading.Thread(target=wait)
        thread.start()
        stop.set()
        thread.join()
        assert got == [False]
    with turns.turn(never) as mine:
        assert mine


def test_an_error_gives_the_turn_back() -> None:
    turns = Turns()
    try:
        with turns.turn(never):
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with turns.turn(never) as mine:
        assert mine
