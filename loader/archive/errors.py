"""What fails at the archive, in one line for a person: what, where, what to do.

What may come in: errors of SQLite and of the system, as they come while a file is opened or written.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveError(Exception):
    """The archive cannot be written: one line for a person (what, where, what to do)."""


class DamagedError(ArchiveError):
    """The archive is damaged: `check --repair` makes a new one of what can be read."""


class BusyError(ArchiveError):
    """Others write the archive, and were waited for in vain."""


class MovedError(Exception):
    """Another file lies at the archive's path by now, and the writer has opened that one.

    What was written since the last commit is in neither: it has to be written again.
    """


WRONG_VALUES = (
    TypeError,
    AttributeError,
    LookupError,
    ValueError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)
"""What Python says of values that no writer wrote: SQLite does not see all damage."""
Error = (
    OSError
    | sqlite3.Error
    | zlib.error
    | TypeError
    | AttributeError
    | LookupError
    | ValueError
    | ArithmeticError
    | RecursionError
    | MemoryError
)


def explain(path: Path, error: Error) -> str:
    """One line for a person about why the archive at `path` cannot be used."""
    text = str(error).lower()
    if "not a database" in text:
        return f"{path} is no archive of briefings (not a SQLite file): name another file with --archive"
    if is_damage(error):
        return f"{path} is damaged ({_short(error)}): `briefings-tui check --repair` mends what can be mended"
    if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
        return (
            f"{path} was left in the middle of a load that was killed: `briefings-tui check` undoes what was"
            " half done"
        )
    if "locked" in text:
        return f"{path} is being written by another briefings-tui: try again when it is done"
    if "readonly" in text or "unable to open" in text or isinstance(error, PermissionError):
        return f"{path} cannot be written ({error}): choose another place with --archive FILE"
    if "full" in text:
        return f"{path}: the disk is full: make room and load again"
    if "i/o" in text:
        return (
            f"{path} cannot be written ({error}): the disk fails, or a quota or a limit is reached:"
            " see to it and load again"
        )
    return f"{path} cannot be used: {error}"


def failed(path: Path, error: Error) -> ArchiveError:
    """What to raise about it."""
    kind = DamagedError if is_damage(error) else BusyError if "locked" in str(error).lower() else ArchiveError
    return kind(explain(path, error))


def is_damage(error: Error) -> bool:
    """Whether the file holds what nobody wrote; SQLite's own message may then be no text."""
    text = str(error).lower()
    return isinstance(error, (zlib.error, *WRONG_VALUES)) or "malformed" in text or "could not decode" in text


def _short(error: Error) -> str:
    if isinstance(error, WRONG_VALUES):  # its message may hold text of a document
        return type(error).__name__
    return str(error).split(" column ")[0][:80]


@contextmanager
def failing(path: Path, *more: type[Error]) -> Iterator[None]:
    """What SQLite raises within of the archive at `path`, and `more`, leaves as an `ArchiveError`."""
    kinds: tuple[type[Error], ...] = (sqlite3.Error, zlib.error, *more)
    try:
        yield
    except kinds as error:
        raise failed(path, error) from error
