from __future__ import annotations

import threading
import time

from assistant.models.fair_lock import FairLock


def never() -> bool:
    return False


def test_it_is_passed_on_in_the_order_asked_for() -> None:
    lock, order, threads = FairLock(), [], []

    def work(number: int) -> None:
        with lock.hold(never) as held:
            order.append((number, held))

    with lock.hold(never):
        for number in range(8):
            thread = threading.Thread(target=work, args=(number,))
            thread.start()
            threads.append(thread)
            while len(lock._queue) < number + 2:  # until it has asked
                time.sleep(0.001)
        assert order == []
    for thread in threads:
        thread.join()
    assert order == [(number, True) for number in range(8)]


def test_one_who_is_stopped_leaves_the_queue() -> None:
    lock, stop, got = FairLock(), threading.Event(), []

    def wait() -> None:
        with lock.hold(stop.is_set) as held:
            got.append(held)

    with lock.hold(never):
        thread = threading.Thread(target=wait)
        thread.start()
        stop.set()
        thread.join()
        assert got == [False]
    with lock.hold(never) as held:
        assert held


def test_an_error_releases_it() -> None:
    lock = FairLock()
    try:
        with lock.hold(never):
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with lock.hold(never) as held:
        assert held
