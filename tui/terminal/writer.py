"""Writes to the terminal in a thread, and knows how far it has come: one may read slowly, or not at all.

In come bytes; they wait here, at most `MOST` of them, until the terminal takes them. Nobody waits for it:
`behind` tells that it is slow, and calls back once it has caught up.
"""

from __future__ import annotations

import contextlib
import os
import select
import termios
import threading
from collections import deque
from collections.abc import Callable

BEHIND = 8_192
"""Bytes not yet taken from which on the terminal is behind: a frame or two."""
MOST = 4_000_000
"""Bytes that wait at most; what is beyond is dropped."""
STEP = 1_024
"""Bytes of one write: a thread stuck in it is stuck with no more."""


class Writer:
    """Writes to the terminal at `fd`."""

    def __init__(self, fd: int, caught_up: Callable[[], None]) -> None:
        """`caught_up` is called in the thread, behind a `behind` that was true."""
        self._fd, self._caught_up = fd, caught_up
        self._waiting: deque[memoryview] = deque()
        self._pending = 0
        self._told = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, data: bytes) -> None:
        """Have it written behind what waits."""
        with self._changed:
            if not data or (self._pending and self._pending + len(data) > MOST):
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="to the terminal", daemon=True)
                self._thread.start()
            self._waiting.append(memoryview(data))
            self._pending += len(data)
            self._changed.notify_all()

    @property
    def behind(self) -> bool:
        """Whether so much waits that a frame had better not be added."""
        with self._changed:
            behind = self._pending >= BEHIND
            self._told = self._told or behind
            return behind

    def drained(self, seconds: float) -> bool:
        """Wait until all is written, so long at most; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._pending, seconds)

    def drop(self) -> None:
        """Forget what waits, here and in the kernel: the terminal does not read."""
        with self._changed:
            self._pending -= sum(map(len, self._waiting))
            self._waiting.clear()
        with contextlib.suppress(termios.error):  # it is gone
            termios.tcflush(self._fd, termios.TCOFLUSH)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                data = self._waiting.popleft()
                if len(data) > STEP:
                    self._waiting.appendleft(data[STEP:])
                    data = data[:STEP]
            self._write(data)
            with self._changed:
                self._pending -= len(data)
                told = self._told and not self._pending
                self._told = self._told and not told
                self._changed.notify_all()
            if told:
                self._caught_up()

    def _write(self, data: memoryview) -> None:
        """All of it; nothing where the terminal is gone, which others notice."""
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:  # whoever shares the terminal made it so
                select.select([], [self._fd], [])
            except OSError:
                return
