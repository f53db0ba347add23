"""Opens the file that is written: a new one with all its tables, an older one brought up to date.

What may come in: any path. A file is made, or brought up to date, whole or not at all; what is none of ours
is refused before a row of it is touched.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from loader.archive_file import NotAFileError, file_at
from loader.guard import stranger
from loader.layout import APPLICATION_ID, SCHEMA_VERSION

from .errors import WRONG_VALUES, ArchiveError, failed
from .index import current
from .schema import upgrade
from .waiting import BUSY_SECONDS, Told, patiently

_PAGE = 8192
"""Bytes of a page: of 4,096 passages waste a tenth."""
_CACHE_KIB = 64 * 1024
"""Pages kept in memory: what a batch of sources touches, so that none is written before its commit."""


IN_MEMORY = Path(":memory:")
"""The name of an archive that has no file."""


class Opened(NamedTuple):
    """A file that is ready to be written."""

    db: Database
    settings: dict[str, str]
    index_is_new: bool
    """Whether the index was made just now."""


def opened(path: Path, told: Told | None = None) -> Opened:
    """Open or create the archive at `path`, saying it where one has to wait; raises `ArchiveError`."""
    try:
        if path != IN_MEMORY:
            file_at(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return patiently(lambda: _opened(path), str(path), told)
    except NotAFileError as error:
        raise ArchiveError(str(error)) from error
    except (OSError, sqlite3.Error, *WRONG_VALUES) as error:
        raise failed(path, error) from error


def _opened(path: Path) -> Opened:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma trusted_schema = off")
        connection.execute(f"pragma page_size = {_PAGE}")  # of a file that is begun
        if not connection.execute("pragma page_count").fetchone()[0]:
            connection.execute("pragma auto_vacuum = incremental")  # said again it would write
        connection.execute(f"pragma cache_size = -{_CACHE_KIB}")
        db = Database(connection, execute_plugins=False)
        new = False
        if _version(path, connection) < SCHEMA_VERSION or not current(db):
            with db.atomic():
                new = upgrade(db)
        return Opened(db, dict(db.execute("select name, value from setting").fetchall()), new)
    except BaseException:
        connection.close()
        raise


def _version(path: Path, connection: sqlite3.Connection) -> int:
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
