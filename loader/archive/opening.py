"""Opens the file that is written: one that is there, brought up to date, or a draft where there is none.

What may come in: any path. A file is brought up to date whole or not at all; what is none of ours is refused
before a row of it is touched. A draft is a database that SQLite keeps for itself (`making` gives it a path).
"""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from loader.archive_file import FileId, NotAFileError, file_at
from loader.guard import bound, stranger
from loader.layout import APPLICATION_ID, SCHEMA_VERSION

from .errors import WRONG_VALUES, ArchiveError, failed
from .index import current
from .schema import upgrade
from .waiting import BUSY_SECONDS, Told, patiently

_PAGE = 8192
"""Bytes of a page: of 4,096 passages waste a tenth."""
_CACHE_KIB = 64 * 1024
"""Pages kept in memory: what a batch of sources touches, so that none is written before its commit."""
_SPILL_PAGES = 1024**3 // _PAGE
"""Changed pages kept until the commit: one that is written sooner locks readers out until then."""
_DRAFT = ""
"""What SQLite calls a database that nobody else sees and that is gone when it is closed."""
_TRIES = 100
"""Times that another file was put in the place of the one just opened, before that is an error."""


class Opened(NamedTuple):
    """A database that is ready to be written."""

    db: Database
    settings: dict[str, str]
    index_is_new: bool
    """Whether the index was made just now."""
    file: FileId | None
    """Which file it is; `None` for a draft."""


def opened(path: Path, told: Told | None = None, *, make: bool = False) -> Opened:
    """Open the archive at `path`, saying it where one has to wait; raises `ArchiveError`.

    Where there is no file, `make` says whether an empty archive is made there, or a draft is opened. SQLite
    makes the file and fills it under its own lock, so whoever comes at the same time opens the same one.
    """
    try:
        return patiently(lambda: _opened(path, make), str(path), told)
    except NotAFileError as error:
        raise ArchiveError(str(error)) from error
    except (OSError, sqlite3.Error, *WRONG_VALUES) as error:
        raise failed(path, error) from error


def empty() -> Opened:
    """A draft: an empty archive that has no file yet."""
    return _ready(sqlite3.connect(_DRAFT), Path(_DRAFT), None)


def _opened(path: Path, make: bool) -> Opened:
    for _ in range(_TRIES):
        before = file_at(path)
        if before is None and not make:
            return _draft(path)
        mode = "rw" if before else "rwc"  # one that went meanwhile is not made again
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS
            )
        except sqlite3.OperationalError:
            if file_at(path) == before:
                raise
            continue
        file = file_at(path)
        if file is not None and before in (file, None):
            return _ready(connection, path, file)
        connection.close()
    raise ArchiveError(f"{path} is replaced by another file again and again: try again when that is over")


def _draft(path: Path) -> Opened:
    """A draft for the archive at `path`; raises `OSError` where no file could be made there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path.parent))
    return empty()


def _ready(connection: sqlite3.Connection, path: Path, file: FileId | None) -> Opened:
    """SQLite set as it is wanted, and a schema that is up to date."""
    try:
        connection.execute("pragma foreign_keys = on")
        bound(connection)
        connection.execute(f"pragma page_size = {_PAGE}")  # of a file that is begun
        if not connection.execute("pragma page_count").fetchone()[0]:
            connection.execute("pragma auto_vacuum = incremental")  # said again it would write
        connection.execute(f"pragma cache_size = -{_CACHE_KIB}")
        connection.execute(f"pragma cache_spill = {_SPILL_PAGES}")
        db = Database(connection, execute_plugins=False)
        new = False
        if version_of(path, connection) < SCHEMA_VERSION or not current(db):
            with db.atomic():
                new = upgrade(db)
        return Opened(db, dict(db.execute("select name, value from setting").fetchall()), new, file)
    except BaseException:
        connection.close()
        raise


def version_of(path: Path, connection: sqlite3.Connection) -> int:
    """The schema version of the file, 0 if it is empty; raises `ArchiveError` if it is not ours."""
    empty = not connection.execute("select 1 from sqlite_master limit 1").fetchone()
    mark = connection.execute("pragma application_id").fetchone()[0]
    version = connection.execute("pragma user_version").fetchone()[0]
    if empty:
        return 0
    if mark != APPLICATION_ID:
        raise ArchiveError(f"{path} is a database, but no archive of briefings: name another file")
    if version > SCHEMA_VERSION:
        raise ArchiveError(
            f"{path} was made by a newer briefings-tui (schema {version}, this one writes"
            f" {SCHEMA_VERSION}): install that version"
        )
    if what := stranger(connection.execute):
        raise ArchiveError(f"{path} holds what no archive holds, {what}: load its transcripts into a new one")
    return int(version)
