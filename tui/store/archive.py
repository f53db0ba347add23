"""`open_archive`: the store over one SQLite archive, opened read only.

Two connections: one for lists and transcripts, one for searching, so that interrupting a search
never stops a transcript. Every SQLite error leaves here as a `StoreError` of one line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from loader.text import Fold
from loader.unseen import visible
from tui.language import said

from .connect import UNLIMITED, Limits, Reading, connections, errors, found_at, snapshot, version_of
from .listing import briefing_rows
from .protocol import NotFoundError, StoreError
from .rows import BriefingRow, Transcript
from .searching import Searching
from .waiting import Patience, patiently

if TYPE_CHECKING:  # what the list does not need is imported when it is asked for
    from .check import Report
    from .record import Record


def open_archive(path: Path, limits: Limits = UNLIMITED, opening: Patience | None = None) -> ArchiveStore:
    """The store over the archive at `path`; raises `StoreError` where there is none that can be used.

    `opening` says how one waits now, if otherwise than later.
    """
    if found_at(path) is None:
        raise StoreError(
            said("there is no archive at {path}: make one with `briefings-tui load PATH…`", path=path)
        )
    return ArchiveStore(path, limits, opening)


class ArchiveStore(Searching):
    """A `Store` (see protocol.py) over SQLite: what lists and reads; `Searching` is the rest."""

    def __init__(self, path: Path, limits: Limits = UNLIMITED, opening: Patience | None = None) -> None:
        super().__init__(path, limits)
        self._lock = Lock()
        self._file = found_at(path)
        """Which file it is: another may be put in its place."""
        self._listed: int | None = None
        """The state of the archive that was listed last."""
        self._db, self._search_db, self._fold = self._opened(opening)

    def begin(self) -> Future[tuple[BriefingRow, ...]]:
        """Begin to read what `briefings` says now, in a thread."""
        ahead: Future[tuple[BriefingRow, ...]] = Future()

        def work() -> None:
            try:
                ahead.set_result(self.briefings())
            except StoreError as error:
                ahead.set_exception(error)

        Thread(target=work, name="list", daemon=True).start()
        return ahead

    def briefings(self) -> tuple[BriefingRow, ...]:
        """All briefings and documents, newest first."""
        with errors(self.path), self._lock, snapshot(self._db):
            self._listed = version_of(self._db)
            return tuple(briefing_rows(self._db).values())

    def changed(self) -> bool:
        """Whether `briefings` may say something else than when it was asked last."""
        self._follow()
        with errors(self.path), self._lock:
            now = patiently(lambda: version_of(self._db), self.path, self._limits.patience)
            return self._listed != now

    def transcript(self, briefing_id: str) -> Transcript:
        """One briefing as it is read; raises `NotFoundError`."""
        from .transcript import read_transcript

        with errors(self.path), self._lock, snapshot(self._db):
            return read_transcript(self._db, briefing_id)

    def open(self, briefing_id: str) -> Transcript:
        """As `transcript`, its turns and questions read as they are looked at."""
        from .transcript import open_transcript

        with self._looking() as db:
            return open_transcript(db, briefing_id, self._looking)

    def locate(self, any_id: str) -> tuple[str, int | None]:
        """The briefing id and question number that a typed id means; raises `NotFoundError`."""
        head, slash, tail = visible(any_id.strip()).partition("/")
        with errors(self.path), self._lock, snapshot(self._db):
            row = self._db.execute("select id, slug from document where slug = ?", (head,)).fetchone()
            if not row:
                raise NotFoundError(
                    said("no briefing has the id {id}: `briefings-tui list` shows all ids", id=repr(head))
                )
            if not slash:
                return row[1], None
            number = int(tail[1:]) if tail[:1] == "q" and tail[1:].isascii() and tail[1:].isdigit() else 0
            asked = self._db.execute(
                "select number from question where document = ? and number = ?",
                (row[0], min(number, 1 << 62)),
            ).fetchone()
            if not asked:
                raise NotFoundError(
                    said(
                        "{id} has no question {question}: questions are /q1, /q2, …",
                        id=head,
                        question=repr(tail),
                    )
                )
            return row[1], number

    def source(self, briefing_id: str) -> str:
        """The source's text as read; raises `NotFoundError`."""
        from .source import read_text

        slug, _number = self.locate(briefing_id)
        with errors(self.path), self._lock, snapshot(self._db):
            return read_text(self._db, slug)

    def as_read(self, briefing_id: str) -> Transcript:
        """The source of a briefing, line by line, noise and repeats in their place."""
        from .source import read_source

        slug, _number = self.locate(briefing_id)
        with errors(self.path), self._lock, snapshot(self._db):
            return read_source(self._db, slug)

    def record(self, briefing_id: str) -> Record:
        """One briefing in full, noise and repeats included; raises `NotFoundError`."""
        from .record import read_record

        with errors(self.path), self._lock, snapshot(self._db):
            return read_record(self._db, briefing_id)

    def check(self, at: Callable[[str], object] = str) -> Report:
        """Is the archive whole? `at` is told what is looked at."""
        from .check import check

        with errors(self.path), self._lock, snapshot(self._db):
            return check(self._db, at)

    def mistyped(self) -> str | None:
        """The first value that its table does not allow, as SQLite calls it; `None` where there is none."""
        with self._looking() as db:
            (line,) = db.execute("pragma quick_check(1)").fetchone()
        return None if line == "ok" else str(line)

    def vetted(self) -> str | None:
        """What is to be said of the archive though it can be used: one line, or nothing."""
        from .words import vetted

        with self._looking() as db:
            return vetted(db)

    def close(self) -> None:
        """Close both connections."""
        self.interrupt()
        with self._search_lock, self._lock:
            self._search_db.close()
            self._db.close()

    def _follow(self) -> None:
        """Where another file lies at the path by now, open it instead; raises `StoreError`, once for each."""
        file = found_at(self.path)
        if file in (None, self._file):
            return
        self._file = file
        db, search_db, fold = self._opened()
        with self._search_lock, self._lock:  # the others close when nobody holds them, as `interrupt` may
            self._db, self._search_db, self._fold = db, search_db, fold
            self._listed = self._known = self._ranking = None

    def _opened(self, opening: Patience | None = None) -> tuple[Reading, Reading, Fold]:
        """Connections for reading and for searching, and the fold; raises `StoreError`."""
        limits = self._limits
        with errors(self.path):
            return patiently(lambda: connections(self.path, limits), self.path, opening or limits.patience)

    @contextmanager
    def _looking(self) -> Iterator[sqlite3.Connection]:
        with errors(self.path), self._lock, snapshot(self._db):
            yield self._db
