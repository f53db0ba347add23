"""Time limits for what SQLite does on one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from tui.language import said

from .protocol import TimeLimitError

STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


class Deadline:
    """The seconds that the statements of a connection may take in all, from now on; `None` is no limit."""

    def __init__(self, db: sqlite3.Connection, seconds: float | None) -> None:
        self._db, self.seconds, self._begun = db, seconds, monotonic()

    @contextmanager
    def limit(self, share: float = 1.0) -> Iterator[None]:
        """Stop what runs within once that share of the time is over, and raise `TimeLimitError`.

        A statement that is interrupted for another reason raises as it does without a limit.
        """
        if self.seconds is None:
            yield
            return
        end, reached = self._begun + share * self.seconds, False

        def look() -> bool:
            nonlocal reached
            reached = monotonic() >= end
            return reached

        self._db.set_progress_handler(look, STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if not reached:
                raise
            raise TimeLimitError(
                said("stopped after {seconds:g} s: ask for rarer words, or fewer", seconds=self.seconds)
            ) from error
        finally:
            self._db.set_progress_handler(None, 0)
