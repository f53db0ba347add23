"""Waits for others at an archive: for another writer to commit, for readers to be done with what they read.

What may come in: something that SQLite may refuse as busy, and that may be tried again then. SQLite itself
waits for `BUSY_SECONDS` at each try; who waits longer is told so, once.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

BUSY_SECONDS = 2.0
"""After which it is said that one waits."""
WAIT_SECONDS = 60.0
"""After which one leaves who was told."""
SILENT_SECONDS = 10.0
"""After which one leaves where nobody is told."""
Told = Callable[[str], None]
"""Takes a line for a person."""
Done = TypeVar("Done")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether others are in the way, for now."""
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")


@contextmanager
def undisturbed(path: Path, told: Told | None) -> Iterator[None]:
    """Within it nobody else writes the archive at `path`, which may be damaged; nor is it written here.

    Raises `sqlite3.Error` where somebody writes it for too long.
    """
    address = f"{path.absolute().as_uri()}?mode="
    with ExitStack() as stack:
        try:
            db = sqlite3.connect(f"{address}rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
            stack.enter_context(closing(db))
            patiently(lambda: db.execute("begin immediate"), str(path), told)
        except sqlite3.Error as error:
            if is_busy(error):
                raise
            # nobody can write it as it is; a reader's lock keeps off who might all the same
            db = sqlite3.connect(f"{address}ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
            stack.enter_context(closing(db))
            with suppress(sqlite3.DatabaseError):
                db.execute("begin")
                db.execute("pragma schema_version")
        yield


def patiently(do: Callable[[], Done], what: str, told: Told | None) -> Done:
    """What `do` returns, tried again while `what` (as a person calls it) is in use; raises as `do` does."""
    begun, said = time.monotonic(), False
    most = WAIT_SECONDS if told else SILENT_SECONDS
    while True:
        try:
            return do()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() - begun >= most:
                raise
            if told and not said:
                told(f"{what} is in use by another briefings-tui: waiting for up to {most:.0f} s")
                said = True
