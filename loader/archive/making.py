"""Makes a new archive: its file appears whole, and never takes the place of another.

What may come in: a draft (see `opening`) and the path it is to have, where somebody else may be making an
archive at the same time.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from loader.archive_file import FileId, file_at
from loader.scratch import scratch

from .errors import failed
from .opening import empty, opened


class NoLinksError(OSError):
    """A file cannot be given another name on this file system."""


def create(path: Path) -> None:
    """Make an empty archive at `path`; raises `FileExistsError` where something is there, `ArchiveError`."""
    draft = empty().db
    with closing(draft):
        try:
            publish(draft, path)
        except FileExistsError:
            raise
        except NoLinksError:  # SQLite makes it, and fills it under its own lock
            opened(path, make=True).db.close()
        except (OSError, sqlite3.Error) as error:
            raise failed(path, error) from error


def publish(db: Database, path: Path) -> FileId:
    """Give what a draft holds a file at `path`; says which file it is.

    Raises `FileExistsError` where something lies there by now, `NoLinksError` where that cannot be made sure
    of, `OSError` and `sqlite3.Error` where nothing can be written.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch(target) as half:
        with closing(sqlite3.connect(half)) as copy:
            db.conn.backup(copy)
        made = file_at(half)
        assert made is not None
        link(half, target)
    return made


def link(file: Path, name: Path) -> None:
    """Give a file another name.

    Raises `FileExistsError` where it is taken, `NoLinksError` where a file can have but one.
    """
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError as error:
        raise NoLinksError(error.errno, error.strerror) from error
    sync(name.parent)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, outlive a loss of power."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
