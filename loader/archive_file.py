"""What may be an archive: a regular file, as readers and writers check before SQLite opens it.

SQLite opens whatever lies at a path: it waits for a pipe's other end, and blames the disk for a device. A
file is looked at by its name and never opened here: closing it would end SQLite's locks on it in this process
(https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

FileId = tuple[int, int]
"""Device and inode: which file it is, whatever its name."""

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_REASONS = {
    errno.ENOTDIR: "a path that leads through a file",
    errno.ENAMETOOLONG: "a name too long for any file",
    errno.ELOOP: "a link that leads back to itself",
    errno.EACCES: "in a folder that may not be read",
}


class NotAFileError(OSError):
    """There is something at the path that cannot be an archive; `what` says what, in a few words."""

    def __init__(self, path: Path, what: str) -> None:
        """Of the path and what it is."""
        super().__init__(f"{path} is {what}: an archive is a file, name another with --archive")
        self.what = what


def file_at(path: Path) -> FileId | None:
    """Which regular file lies at `path`, links followed; `None` where there is nothing.

    Raises `NotAFileError` for anything else.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - as `Path.stat`, and a name may hold any byte
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise NotAFileError(path, "no name of a file") from error
    except OSError as error:
        what = _REASONS.get(error.errno or 0, f"not to be looked at ({error.strerror})")
        raise NotAFileError(path, what) from error
    if not stat.S_ISREG(status.st_mode):
        raise NotAFileError(path, _KINDS.get(stat.S_IFMT(status.st_mode), "no file"))
    return status.st_dev, status.st_ino


def unusable_name(name: str) -> str | None:
    """Why no archive can have this name, in a few words; `None` where one can."""
    if not name.strip():
        return "an archive needs a name"
    if "\0" in name:
        return "a file's name holds no NUL"
    if name == ":memory:" or name.startswith("file:"):
        return "that is SQLite's name for something else than a file: name the file"
    return None
