"""Several at once, fairly: never two of one company, and nobody waits behind the one with the most.

Threads of this process; how many is settings.EXPORT_SENDERS. One works in the caller's own thread, which
is what SQLite and most tests want.
"""

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connections

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Waiting(Generic[Item]):
    """Hands out items in their order, save those whose owner is being worked on."""

    def __init__(self, items: Sequence[tuple[Hashable, Item]], stop: Callable[[], bool]) -> None:
        self._items = list(items)
        self._stop = stop
        self._busy: set[Hashable] = set()
        self._free = threading.Condition()

    def take(self) -> tuple[Hashable, Item] | None:
        """Give the first that may be worked on, or None when nothing is left or the time is up."""
        with self._free:
            while self._items and not self._stop():
                for place, (owner, item) in enumerate(self._items):
                    if owner not in self._busy:
                        del self._items[place]
                        self._busy.add(owner)
                        return owner, item
                self._free.wait(timeout=1)
            return None

    def done(self, owner: Hashable) -> None:
        with self._free:
            self._busy.discard(owner)
            self._free.notify_all()


def share_out(
    items: Sequence[tuple[Hashable, Item]],
    work: Callable[[Item], Result],
    stop: Callable[[], bool] = lambda: False,
) -> list[tuple[Item, Result]]:
    """Do the work of each (owner, item); give the items that were done with what came of them.

    `stop` is asked before each one. `work` must not raise: it knows what to log.
    """
    waiting = _Waiting(items, stop)
    crew = min(settings.EXPORT_SENDERS, len(items))
    if crew <= 1:
        return _work_off(waiting, work)
    with ThreadPoolExecutor(crew, thread_name_prefix="crew") as pool:
        shares = [pool.submit(_in_a_thread, waiting, work) for _ in range(crew)]
        return [each for share in shares for each in share.result()]


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Do this work beside what the block does; gives a function that says whether it still goes on.

    With a crew of one it is done first. What it raises is raised at the end of the block.
    """
    if settings.EXPORT_SENDERS <= 1:
        work()
        yield lambda: False
        return
    with ThreadPoolExecutor(1, thread_name_prefix="beside") as pool:
        going = pool.submit(_then_close, work)
        yield lambda: not going.done()
        going.result()


def _then_close(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connections.close_all()  # this thread's own


def _in_a_thread(
    waiting: _Waiting[Item], work: Callable[[Item], Result]
) -> list[tuple[Item, Result]]:
    try:
        return _work_off(waiting, work)
    finally:
        connections.close_all()  # this thread's own


def _work_off(waiting: _Waiting[Item], work: Callable[[Item], Result]) -> list[tuple[Item, Result]]:
    finished = []
    while taken := waiting.take():
        owner, item = taken
        try:
            finished.append((item, work(item)))
        finally:
            waiting.done(owner)
    return finished
