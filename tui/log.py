"""The log in the state directory: what was done and what failed, never what a document says.

What may come in: lines of our own, and exceptions. Of an exception the log keeps its type and where it came
from; messages only where SQLite or the system wrote them, and no values of variables, since those hold text.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sqlite3
import sys
import threading
import time
import traceback
from functools import cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from loader.unseen import visible
from tui.paths import log_path
from tui.private import open_own, own_folder
from tui.version import __version__

BYTES = 256 * 1024
"""A file of more is set aside."""
KEPT = 3
"""Files set aside that are kept."""
_ODD = TypeError, AttributeError, LookupError, ValueError, OverflowError
"""What Python raises of values that are none it was written for."""
_NAME = "briefings-tui"
_ROOT = Path(__file__).parent.parent


def note(line: str) -> None:
    """Write one line; that it cannot be written stops nobody."""
    _log().info("%s", visible(" ".join(line.split())))


def report(error: BaseException, when: str) -> Path:
    """Write down how something failed that never should; returns the file it is in."""
    _log().error("%s failed in %s\n%s", when, __version__, "\n".join(map(visible, _told(error))))
    return log_path()


def note_odd(error: BaseException) -> None:
    """Where an archive was told to be damaged since Python, not SQLite, met odd values: where that was.

    It may be a fault of ours.
    """
    cause = error.__cause__
    while cause is not None and not isinstance(cause, _ODD):
        cause = cause.__cause__
    if cause is not None:
        report(cause, "reading an archive")


def speak_up() -> None:
    """Have all that is logged said on standard error too (`--verbose`)."""
    aloud = logging.StreamHandler(sys.stderr)
    aloud.setFormatter(_format())
    _log().addHandler(aloud)


def reopen() -> None:
    """Have what comes next written where the environment says by then."""
    logger = logging.getLogger(_NAME)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    _log.cache_clear()


def keep_the_screen() -> None:
    """Have threads and libraries fail into the log: what they print would stand on the screen."""
    logging.lastResort = None
    threading.excepthook = _failed


def _failed(failed: threading.ExceptHookArgs) -> None:
    """A thread's failure; that Textual writes to a terminal that is gone is none, but its end."""
    error = failed.exc_value
    dropped = isinstance(error, OSError) and error.errno == errno.EIO
    if error is not None and not (dropped and failed.thread and failed.thread.name == "textual-output"):
        report(error, "a thread")


@cache
def _log() -> logging.Logger:
    log = logging.getLogger(_NAME)
    log.propagate = False
    log.setLevel(logging.INFO)
    log.addHandler(logging.NullHandler())
    path = log_path()
    with contextlib.suppress(OSError):
        own_folder(path.parent)
        handler = _Private(path, maxBytes=BYTES, backupCount=KEPT)
        handler.setFormatter(_format())
        log.addHandler(handler)
    return log


class _Private(RotatingFileHandler):
    """A file of the user's own (see `tui.private`); a disk that is full is no reason to fail."""

    def _open(self) -> TextIOWrapper:
        number = open_own(Path(self.baseFilename), os.O_APPEND | os.O_WRONLY)
        return os.fdopen(number, "a", encoding="utf-8", errors="replace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nothing: there is nowhere to tell it."""


def _format() -> logging.Formatter:
    made = logging.Formatter("%(asctime)sZ %(process)d %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    made.converter = time.gmtime
    return made


def _told(error: BaseException | None) -> list[str]:
    """An exception and what it came from, innermost last, without a word of any document."""
    if error is None:
        return []
    before = _told(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    said = f": {error}" if isinstance(error, OSError | sqlite3.Error) else ""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return [*before, *where, f"{type(error).__name__}{said}"]


def _short(file: str) -> str:
    """A file of ours from the project's folder, another by its last two parts."""
    path = Path(file)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-2:])
