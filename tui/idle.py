"""Notices that nobody is there: warns when no key came for long, and leaves a while after.

What may come in: a time in seconds, and every key. The clock never goes backwards, whatever the host's does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Idle:
    """Calls `warn` with the seconds that are left, later `leave` with all `seconds`, unless touched."""

    WARNING = 30.0
    """Seconds before the end at which it warns, at most; half of the time where that is less."""

    def __init__(self, seconds: float, warn: Callable[[float], None], leave: Callable[[float], None]) -> None:
        self._seconds, self._warn, self._leave = seconds, warn, leave
        self._left = min(self.WARNING, seconds / 2)
        self._touched = 0.0
        self._warned = False

    def start(self) -> None:
        """Begin to count; an event loop runs."""
        self.touch()
        self._look()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = asyncio.get_running_loop().time()
        self._warned = False

    def _look(self) -> None:
        """Look again when there may be something to do; keys only say when they came."""
        loop = asyncio.get_running_loop()
        idle = loop.time() - self._touched
        if idle >= self._seconds:
            self._leave(self._seconds)
            return
        if idle >= self._seconds - self._left and not self._warned:
            self._warned = True
            self._warn(self._left)
        next_look = self._seconds - (0 if self._warned else self._left)
        loop.call_later(max(0.01, next_look - idle), self._look)
