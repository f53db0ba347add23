"""Opens an archive for reading: how SQLite is set, which files are refused, how errors are said.

What may come in: the path of any file. Nothing that stands in it runs: no trigger, no view, no virtual table
but the index, no function that the schema names.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from loader.archive_file import FileId, NotAFileError, file_at
from loader.guard import bound, missing, stranger
from loader.layout import APPLICATION_ID, SCHEMA_VERSION
from loader.text import FOLD_VERSION, INDEX_VERSION, Fold
from tui.language import said

from .protocol import BusyError, DamagedError, EmptyArchiveError, InterruptedSearch, StoreError
from .waiting import PATIENT, TRY_SECONDS, Patience, is_busy, patiently

_SEARCH_KIB = 32 * 1024
"""Pages kept for searching, at most: a page of hits touches more than SQLite's 2 MB hold."""
_DEFENSIVE = 1010
"""SQLITE_DBCONFIG_DEFENSIVE: a corrupt schema cannot be made by SQL."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader of an archive may do."""

    recovers: bool = True
    """Whether what a killed load left half done is undone, which writes; else it is told."""
    seconds: float | None = None
    """What a query may take."""
    patience: Patience = PATIENT
    """How one waits for who writes."""


UNLIMITED = Limits()


WRONG_VALUES = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    *(RecursionError, MemoryError),
)
"""What Python says of values that no writer wrote."""


class Reading(sqlite3.Connection):
    """A connection that can only read."""

    path = Path()
    limits = UNLIMITED


_DAMAGE = (
    *("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR", "SQLITE_FORMAT"),
    *("SQLITE_MISMATCH", "SQLITE_TOOBIG"),
)
_WRONG = ("malformed json", "json cannot hold", "could not decode", "integer overflow", "no such column")
"""What SQLite says, without a code of its own, of values that no writer wrote."""


def connections(path: Path, limits: Limits) -> tuple[Reading, Reading, Fold]:
    """Two connections to an archive, for reading and for searching, and its fold.

    Raises `StoreError`, and `sqlite3.Error`.
    """
    with ExitStack() as failing:
        db = failing.enter_context(closing(connect(path, limits)))
        check_schema(path, db)
        settings = dict(db.execute("select name, value from setting"))
        if settings.get("fold_version") != str(FOLD_VERSION):
            raise StoreError(
                said("{path} was indexed by another version: load its transcripts again", path=path)
            )
        if settings.get("index_version") != str(INDEX_VERSION):
            raise StoreError(
                said(
                    "{path} has an index of another version: `briefings-tui check --repair` makes it anew",
                    path=path,
                )
            )
        check_tables(path, db)
        search_db = failing.enter_context(closing(connect(path, limits)))
        search_db.execute(f"pragma cache_size = -{_SEARCH_KIB}")
        fold = Fold(settings["traditional_pairs"])
        failing.pop_all()
    return db, search_db, fold


def found_at(path: Path) -> FileId | None:
    """Which file lies there, `None` where there is none; raises `StoreError` where it can be no archive."""
    try:
        return file_at(path)
    except NotAFileError as error:
        raise StoreError(
            said(
                "{path} is {what}: an archive is a file, name another with --archive",
                path=path,
                what=error.what,
            )
        ) from error


def version_of(db: sqlite3.Connection) -> int:
    """A number that changes whenever another connection has written the archive."""
    return int(db.execute("pragma data_version").fetchone()[0])


def address(path: Path) -> str:
    """How SQLite is told to open an archive: for reading."""
    return f"{path.absolute().as_uri()}?mode=ro"


def connect(path: Path, limits: Limits) -> Reading:
    """A connection that can only read, and by which nothing of the file runs; raises `StoreError`."""
    found_at(path)  # SQLite would wait for the other end of a pipe
    db = sqlite3.connect(
        address(path),
        uri=True,
        timeout=TRY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=Reading,
    )
    db.path, db.limits = path, limits
    db.execute("pragma query_only = on")
    bound(db)
    db.execute("pragma cell_size_check = on")
    guard(db, on=True)
    _look(db)
    return db


def guard(db: sqlite3.Connection, *, on: bool) -> None:
    """Refuse or allow SQL that writes to the schema or to a virtual table's own tables (from Python 3.12)."""
    if hasattr(db, "setconfig"):
        db.setconfig(_DEFENSIVE, on)


def _look(db: Reading) -> None:
    """Read for the first time; what a load left half done when it was killed is undone before.

    Its journal lies beside the archive, and SQLite plays it back whenever somebody may write there.
    """
    try:
        db.execute("pragma schema_version")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK" or not db.limits.recovers:
            raise
        ((_, _, file),) = db.execute("pragma database_list")
        try:
            _play_back(Path(file))
        except sqlite3.Error:
            raise error from None
        db.execute("pragma schema_version")


def _play_back(path: Path) -> None:
    """Have SQLite bring a file back to where it was before the transaction that was cut off."""
    uri = f"{path.as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=TRY_SECONDS)) as db:
        db.execute("pragma schema_version")


def check_schema(path: Path, db: sqlite3.Connection) -> None:
    """Raise `StoreError` unless it is an archive of this version, and nothing in it can run."""
    mark = db.execute("pragma application_id").fetchone()[0]
    version = db.execute("pragma user_version").fetchone()[0]
    if not mark and not db.execute("select 1 from sqlite_master limit 1").fetchone():
        raise EmptyArchiveError(
            said("{path} is empty: `briefings-tui load PATH…` makes an archive of it", path=path)
        )
    if mark != APPLICATION_ID:
        raise StoreError(
            said("{path} is no archive of briefings: name another file with --archive", path=path)
        )
    if version > SCHEMA_VERSION:
        raise StoreError(
            said(
                "{path} was made by a newer briefings-tui (schema {version}, this one reads {reads}):"
                " install that version",
                path=path,
                version=version,
                reads=SCHEMA_VERSION,
            )
        )
    if version < SCHEMA_VERSION:
        raise StoreError(
            said(
                "{path} is of an older schema ({version}): `briefings-tui load` brings it up to date",
                path=path,
                version=version,
            )
        )
    if what := stranger(db.execute):
        raise StoreError(
            said(
                "{path} holds what no archive holds, {what}: restore a copy, or load its transcripts anew",
                path=path,
                what=what,
            )
        )


def check_tables(path: Path, db: sqlite3.Connection) -> None:
    """Raise `StoreError` where a table of this version is missing."""
    if tables := missing(db.execute):
        raise StoreError(
            said(
                "{path} is damaged, it has no table {tables}: restore a copy, or load its transcripts anew",
                path=path,
                tables=", ".join(tables),
            )
        )


@contextmanager
def snapshot(db: Reading) -> Iterator[None]:
    """One state of the archive for all statements within."""
    db.execute("begin")
    try:
        patiently(lambda: _look(db), db.path, db.limits.patience)  # nobody is in the way from then on
        yield
    finally:
        db.execute("rollback")


@contextmanager
def errors(path: Path) -> Iterator[None]:
    """Every error of SQLite within leaves as a `StoreError` of one line, an interruption as such.

    So does what Python says of values that no writer wrote: SQLite does not see all damage.
    """
    try:
        yield
    except WRONG_VALUES as error:
        raise DamagedError(
            said(
                "{path} holds what no archive holds ({what}): `briefings-tui check` says more",
                path=path,
                what=type(error).__name__,
            )
        ) from error
    except (sqlite3.Error, zlib.error) as error:
        if "interrupted" in str(error):
            raise InterruptedSearch from error
        if isinstance(error, sqlite3.Error) and is_busy(error):
            raise BusyError(
                said("{path} is busy, another briefings-tui is writing it: try again in a moment", path=path)
            ) from error
        if "not a database" in str(error):
            raise StoreError(
                said("{path} is no archive of briefings (not a SQLite file): name another file", path=path)
            ) from error
        if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
            raise StoreError(
                said(
                    "{path} was left in the middle of a load that was killed: `briefings-tui check`,"
                    " by somebody who may write to it, undoes what was half done",
                    path=path,
                )
            ) from error
        raise (DamagedError if _is_damage(error) else StoreError)(
            said(
                "{path} cannot be read: {reason}: restore a copy, or load its transcripts anew",
                path=path,
                reason=error,
            )
        ) from error


def _is_damage(error: sqlite3.Error | zlib.error) -> bool:
    """Whether the file holds what nobody wrote."""
    return (
        isinstance(error, zlib.error)
        or getattr(error, "sqlite_errorname", "").startswith(_DAMAGE)
        or str(error).lower().startswith(_WRONG)
    )
