"""Unfinished files: each in a folder of its own beside where it will go, which outlives no run for long.

A folder holds a lock file that its process keeps locked. The system drops the lock when the process ends,
however it ends, so the next run can tell what was abandoned and removes it. A folder that is locked, belongs
to somebody else or holds anything but what is made here is left alone.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER = re.compile(r"\.briefings-[0-9a-f]{16}")
_LOCK, _FILE = "lock", "new.db"
_NAMES = frozenset({_LOCK, _FILE, f"{_FILE}-journal", f"{_FILE}-wal", f"{_FILE}-shm"})
"""All that a folder may hold."""
_OURS = b"briefings-tui: an unfinished file; the next run removes it\n"
"""What stands in the lock file."""
_TRIES = 100
"""Folders that another run took for abandoned while they were made, before that is an error."""


@contextmanager
def scratch(target: Path, like: Path | None = None) -> Iterator[Path]:
    """An empty file on the file system of `target`, to be filled and then moved or linked into its place.

    It may be read by those who may read the file `like`, or by fewer: umask applies. At the end it is gone
    unless it was moved, and so is what killed runs left. Raises `OSError`.
    """
    parent = target.absolute().parent
    remove_abandoned(parent)
    folder, lock = _locked(parent)
    try:
        file = folder / _FILE
        _create(file, like)
        yield file
    finally:
        with suppress(OSError):  # then the next run does it
            _remove(folder)
        os.close(lock)


def _create(file: Path, like: Path | None) -> None:
    """Make an empty file; one that cannot have the group of `like` is for no group."""
    model = None if like is None else like.stat()
    mode = 0o666 if model is None else stat.S_IMODE(model.st_mode) & 0o666 | 0o600
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        if model is not None and os.fstat(number).st_gid != model.st_gid:
            try:
                os.fchown(number, -1, model.st_gid)
            except OSError:
                os.fchmod(number, stat.S_IMODE(os.fstat(number).st_mode) & ~0o070)
    finally:
        os.close(number)


def remove_abandoned(parent: Path) -> None:
    """Remove what runs that were killed left in `parent`; what cannot be removed stays."""
    with suppress(OSError):
        for entry in os.scandir(parent):
            if _FOLDER.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_if_abandoned(Path(entry.path))


def _locked(parent: Path) -> tuple[Path, int]:
    """A new folder and the descriptor of its locked lock file."""
    for _ in range(_TRIES):
        folder = parent / f".briefings-{secrets.token_hex(8)}"
        folder.mkdir(0o700)
        with suppress(FileNotFoundError):  # another run removed the folder: it was still empty
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                ours = os.fstat(lock).st_nlink > 0
            except BlockingIOError:  # another run is about to remove it
                ours = False
            except OSError:  # no locks here: nobody will take it for abandoned
                ours = True
            if ours:
                os.write(lock, _OURS)
                return folder, lock
            os.close(lock)
    raise OSError(f"folders made in {parent} are removed again and again")


def _remove_if_abandoned(folder: Path) -> None:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return
    held = set(os.listdir(folder))  # noqa: PTH208 - names, not paths
    if not held:
        folder.rmdir()
    elif _LOCK in held and held <= _NAMES:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _OURS.startswith(os.read(lock, len(_OURS) + 1)):
                _remove(folder)
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    for name in sorted(_NAMES, key=_LOCK.__eq__):
        (folder / name).unlink(missing_ok=True)
    folder.rmdir()
