"""Answers for a dry run what a load asks of an archive, which is opened for reading and never written.

What may come in: the path of an archive, perhaps of an older schema or in a folder where nothing may be
written, or a path where there is none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from loader.archive_file import file_at
from loader.layout import SCHEMA_VERSION
from loader.text import Fold

from .errors import WRONG_VALUES, failed
from .held import Held
from .opening import empty, version_of
from .schema import upgrade
from .waiting import WAIT_SECONDS


class _Unwritten(NamedTuple):
    db: Database
    fold: Fold


class Rehearsal(Held):
    """A context manager; to a load it looks like a `Writer` that has nothing to commit."""

    waiting = 0.0

    def __init__(self, path: Path) -> None:
        """Look at the archive at `path`; raises `ArchiveError` where it cannot be used."""
        self.path = path
        try:
            db = empty().db if file_at(path) is None else _looked_at(path)
            settings = dict(db.execute("select name, value from setting").fetchall())
        except (OSError, sqlite3.Error, *WRONG_VALUES) as error:
            raise failed(path, error) from error
        self.pairs = settings["traditional_pairs"]
        super().__init__(_Unwritten(db, Fold(self.pairs)))

    def __enter__(self) -> Rehearsal:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Nothing is written, so nothing is kept together."""
        yield

    def commit(self) -> None:
        """Nothing is kept."""

    def settle(self) -> None:
        """Nothing is to be put in order."""


def _looked_at(path: Path) -> Database:
    """The archive itself, read only; of one of an older schema a copy, brought up to date."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    connection.execute("pragma query_only = on")
    connection.execute("pragma trusted_schema = off")
    if version_of(path, connection) == SCHEMA_VERSION:
        return Database(connection, execute_plugins=False)
    with closing(connection):
        copy = sqlite3.connect("")  # SQLite's own, gone when it is closed
        connection.backup(copy)
    copy.execute("pragma trusted_schema = off")
    db = Database(copy, execute_plugins=False)
    with db.atomic():
        upgrade(db)
    return db
