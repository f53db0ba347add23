"""Ctrl-C, once: the first one ends what runs, another one does not disturb that end.

What may come in: SIGINT, while the main thread is within.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """A context manager: within it the first SIGINT raises `KeyboardInterrupt`, further ones are ignored."""

    def __init__(self) -> None:
        self._held = self._came = False

    def __enter__(self) -> Interrupt:
        self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done within is done whole: an interrupt that comes meanwhile is raised at its end."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._came:
            raise KeyboardInterrupt

    def _hear(self, _signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._came = True
        if not self._held:
            raise KeyboardInterrupt
