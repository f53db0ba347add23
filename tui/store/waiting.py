"""Waits until an archive can be read: who writes it locks readers out while a commit is being written.

What may come in: something that SQLite may refuse as busy, and that may be tried again then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import NamedTuple, TypeVar

TRY_SECONDS = 0.5
"""SQLite itself waits so long at each try."""
WAIT_SECONDS = 60.0
"""After which a command gives up."""
_UNNOTICED = 2.0
"""Seconds after which it is said that one waits."""
Done = TypeVar("Done")


class Patience(NamedTuple):
    """How one waits."""

    seconds: float = 10.0
    """After which one gives up."""
    told: Callable[[str], None] | None = None
    """Takes a line for a person, once it takes a while."""


PATIENT = Patience()


def is_busy(error: sqlite3.Error) -> bool:
    """Whether somebody who writes is in the way, for now."""
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")


def patiently(do: Callable[[], Done], path: Path, patience: Patience) -> Done:
    """What `do` returns, tried again while the archive at `path` is busy; raises as `do` does."""
    begun, said = monotonic(), False
    while True:
        try:
            return do()
        except sqlite3.OperationalError as error:
            waited = monotonic() - begun
            if not is_busy(error) or waited >= patience.seconds:
                raise
            if patience.told and not said and waited >= _UNNOTICED:
                patience.told(
                    f"{path} is being written by another briefings-tui:"
                    f" waiting for up to {patience.seconds:.0f} s"
                )
                said = True
