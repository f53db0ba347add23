"""Waits for what may take long: a file on a slow disk, a pipe, another process, a long text that is parsed.

What may come in: work that needs no database. It is done in a thread of its own; what does not come within a
moment is waited for only after `before_waiting` was called, so that nobody holds a transaction meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

MOMENT = 0.2
"""Seconds within which what comes is not waited for."""
Done = TypeVar("Done")
_END = object()


class Awaited:
    """One thread that works while the caller waits."""

    def __init__(self, before_waiting: Callable[[], None]) -> None:
        self._before_waiting = before_waiting
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        # a daemon: who is stopped by Ctrl-C does not wait for a pipe that nobody writes to
        Thread(target=self._run, name="reading", daemon=True).start()

    def of(self, work: Callable[[], Done]) -> Done:
        """What `work` returns, or raises."""
        future: Future[Done] = Future()

        def do() -> None:
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

        self._work.put(do)
        if not wait([future], MOMENT).done:
            self._before_waiting()
        return future.result()

    def here(self, work: Callable[[], Done]) -> Done:
        """As `of`, in the thread of the caller, which Ctrl-C then stops."""
        self._before_waiting()
        return work()

    def each(self, items: Iterator[Done]) -> Iterator[Done]:
        """Each of `items`."""
        while (item := self.of(lambda: next(items, _END))) is not _END:
            yield item  # type: ignore[misc]

    def close(self) -> None:
        """End the thread, once it has done what it does."""
        self._work.put(None)

    def _run(self) -> None:
        while work := self._work.get():
            work()
