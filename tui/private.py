"""The user's own files and their folder: nobody else's, and never reached through a link.

Personal state and the log say what somebody reads and looks for. Their file is opened without following a
link, must be a regular file of the user's own, and is readable by nobody else from then on; so is the folder
that it is in.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600
_OTHERS = 0o077
_SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NotOwnError(OSError):
    """Something lies there that is not a file, or a folder, of the user's own."""

    def __str__(self) -> str:
        """What it is, in a few words."""
        return str(self.strerror)


def own_folder(path: Path) -> None:
    """Make the folder at `path` if there is none, and have it closed to others.

    Raises `NotOwnError` for a link and for what belongs to somebody else, and `OSError`.
    """
    with suppress(FileExistsError):
        path.mkdir(_FOLDER, parents=True)
    number = _opened(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _close_to_others(path, number, stat.S_ISDIR, _FOLDER)
    finally:
        os.close(number)


def open_own(path: Path, flags: int) -> int:
    """Open the file at `path`, made if there is none, and have it closed to others; its descriptor.

    Raises as `own_folder` does.
    """
    number = _opened(path, flags | os.O_CREAT)
    try:
        _close_to_others(path, number, stat.S_ISREG, _FILE)
    except BaseException:
        os.close(number)
        raise
    return number


def read_text(path: Path, most: int) -> str:
    """The text of a regular file of at most `most` bytes; raises `OSError` and `UnicodeDecodeError`.

    A link is followed here: files that are read alone, such as settings, are often kept elsewhere.
    """
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise NotOwnError(errno.EINVAL, "no regular file", str(path))
    with os.fdopen(number, "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise NotOwnError(errno.EFBIG, f"longer than {most:,} bytes", str(path))
    return data.decode("utf-8")


@contextmanager
def own_file(path: Path) -> Iterator[None]:
    """Have a file of the user's own at `path`, made if there is none, while others open it by its name.

    At the end it is made sure that the name still leads to it. Raises as `own_folder` does.
    """
    try:
        number = open_own(path, os.O_RDWR)
    except PermissionError:
        number = open_own(path, os.O_RDONLY)
    try:
        yield
        there, ours = path.lstat(), os.fstat(number)  # open, so that no other file gets its inode
        if (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino):
            raise NotOwnError(errno.ESTALE, "another file took its place", str(path))
    finally:
        os.close(number)


def _opened(path: Path, flags: int) -> int:
    try:
        return os.open(path, flags | _SAFE, _FILE)
    except OSError as error:
        if path.is_symlink():
            raise NotOwnError(errno.ELOOP, "a link, which is not followed here", str(path)) from error
        raise


def _close_to_others(path: Path, number: int, kind: Callable[[int], bool], mode: int) -> None:
    status = os.fstat(number)
    if not kind(status.st_mode):
        raise NotOwnError(errno.EINVAL, "no regular file", str(path))
    if status.st_uid != os.geteuid():
        raise NotOwnError(errno.EPERM, "it belongs to somebody else", str(path))
    if status.st_mode & _OTHERS:
        with suppress(OSError):  # read only: as it is
            os.fchmod(number, mode)
