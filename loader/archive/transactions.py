"""The database that is written, and its transactions: each kept whole or undone, in the file at the path.

What may come in: the path of an archive, or one where there is none; then a draft is written, which gets its
file with its first source. Where another file is put at the path, that one is opened instead, and what was
not committed has to be written again (`MovedError`).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from loader.archive_file import NotAFileError, file_at
from loader.layout import NoRoomError
from loader.text import Fold

from .errors import WRONG_VALUES, ArchiveError, Error, MovedError, failed
from .index_queue import IndexQueue
from .making import NoLinksError, publish
from .opening import Opened, empty, opened
from .waiting import Told, patiently

TRIES = 5
"""Times that what was written is written again for another file at the path, before that is an error."""
Done = TypeVar("Done")


class Transactions:
    """Begins, commits and undoes."""

    def __init__(self, path: Path, told: Told | None = None) -> None:
        """Open the archive at `path`; raises `ArchiveError`.

        `told` takes a line for a person where others are waited for.
        """
        self.path, self._told = path, told
        self.queue = IndexQueue()
        """Documents written since the last commit, which the index gets with it."""
        self._together = False
        self._begun = 0.0
        self._use(opened(path, told))

    def _use(self, archive: Opened) -> None:
        """Write to this database from now on."""
        self.db, settings, self.index_is_new, self._file = archive
        self.pairs = settings["traditional_pairs"]
        self.fold = Fold(self.pairs)
        self.queue.use(self.db, self.fold)
        self._version = -1
        """Of the archive, as this writer left it."""

    @property
    def is_draft(self) -> bool:
        """Whether what is written has no file yet."""
        return self._file is None

    @property
    def waiting(self) -> float:
        """Seconds for which something that was written has waited for its commit; 0 if nothing waits."""
        return time.monotonic() - self._begun if self.db.conn.in_transaction else 0.0

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within it what is written stays in one transaction until `commit`; its end commits the rest.

        Raises `ArchiveError` and `MovedError`.
        """
        self._together = True
        try:
            yield
        finally:
            self._together = False
            self.commit()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of what is done within, or nothing: a savepoint of the transaction, which may be a new one."""
        first = not self.db.conn.in_transaction
        if first:
            self.begin()
        before = len(self.queue)
        try:
            with self.db.atomic():
                yield
        except BaseException:
            self.queue.forget_since(before)
            if first:
                self.db.conn.rollback()  # a commit of nothing would change the file too
            raise
        if not self._together:
            self.commit()

    def begin(self) -> None:
        """Begin a transaction once nobody else writes; what others wrote since the last one is not known."""
        patiently(lambda: self.db.conn.execute("begin immediate"), str(self.path), self._told)
        if self._moved:  # the lock was on a file that nobody opens any more
            raise self._follow()
        self._begun = time.monotonic()
        (version,) = self.db.conn.execute("pragma data_version").fetchone()
        if version != self._version:
            self._version = version
            self.queue.forget_tables()

    def commit(self) -> None:
        """Keep what was written since the last commit; else none of it is kept.

        Raises `ArchiveError`, and `MovedError` where another file lies at the path.
        """
        try:
            self.queue.fill()
            patiently(self.db.conn.commit, str(self.path), self._told)
            if self.is_draft and self.db.execute("select 1 from source limit 1").fetchone():
                self._publish()
        except (sqlite3.Error, *WRONG_VALUES) as error:
            self._undo()
            raise self.failure(error) from error
        except OSError as error:
            raise failed(self.path, error) from error
        if self._moved:
            raise self._follow()

    def _undo(self) -> None:
        """Take back what was written since the last commit."""
        self.db.conn.rollback()
        self.queue.forget_since(0)

    def surely(self, do: Callable[[], Done]) -> Done:
        """What `do` returns, done again where another file lies at the path; within `together` it is not.

        Raises `ArchiveError` where that happens again and again.
        """
        for _ in range(TRIES):
            try:
                return do()
            except MovedError:
                if self._together:
                    raise
        raise self.restless()

    def restless(self) -> ArchiveError:
        """What to raise where what was written could not be kept for files put in each other's place."""
        return ArchiveError(
            f"{self.path} is replaced by another file again and again: load again when that is over"
        )

    def failure(self, error: Error) -> ArchiveError | MovedError:
        """What to raise for an error of SQLite's, after which all that was not committed is undone."""
        return self._follow() if self._moved else failed(self.path, error)

    @contextmanager
    def explaining(self, path: str) -> Iterator[None]:
        """What fails within leaves as one line that names the archive, or the source that is too much."""
        try:
            yield
        except NoRoomError as error:
            raise ArchiveError(f"{path}: {error}") from error
        except (sqlite3.Error, *WRONG_VALUES) as error:
            raise self.failure(error) from error

    @property
    def _moved(self) -> bool:
        """Whether another file lies at the path than the one that is written."""
        try:
            return self._file is not None and file_at(self.path) != self._file
        except NotAFileError:
            return True

    def _follow(self) -> MovedError:
        """Open what lies at the path instead; returns what to raise then."""
        self._undo()
        self.db.close()
        self._use(opened(self.path, self._told))
        return MovedError()

    def _publish(self) -> None:
        """Give the draft, which holds its first source, its file; raises `MovedError` where there is one."""
        draft = self.db
        try:
            made = publish(draft, self.path)
            self._use(opened(self.path, self._told))
        except (FileExistsError, NoLinksError) as error:
            self._use(opened(self.path, self._told, make=True))
            raise MovedError from error
        except BaseException:
            self._use(empty())
            raise
        finally:
            if self.db is not draft:
                draft.close()
        if self._file != made:
            raise MovedError
