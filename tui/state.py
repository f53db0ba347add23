"""What one user left behind: read marks, places, bookmarks, searches; never in the archive.

A small SQLite file in the XDG state directory, so that several sessions at once lose nothing.
Where it cannot be written (read-only home), state lives in memory for the session and `note` says so. So it
does where the file is not the user's own, or is reached through a link (`tui.private`).
"""

from __future__ import annotations

import errno
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui.language import said, told
from tui.private import NotOwnError, own_file, own_folder

_SCHEMA = """
create table if not exists place (
    briefing text primary key, passage integer not null, seen real not null
) strict;
create table if not exists bookmark (
    briefing text not null, passage integer not null, words text not null, note text not null,
    made real not null, primary key (briefing, passage)
) strict;
create table if not exists search (
    query text primary key, name text, used real not null
) strict;
"""
_LATER = "max(?, 0.001 + coalesce((select max(used) from search), 0))"
"""SQL for a moment behind all that are written down, also where the clock was set back."""


class Bookmark(NamedTuple):
    """A passage somebody wants to find again."""

    briefing: str
    passage: int
    """Its rowid."""
    words: str
    """What it was marked by: place, date and first words, as they were."""
    note: str
    """What the user wrote, or nothing."""


class Search(NamedTuple):
    """A query somebody ran; one with a name is kept until it is forgotten."""

    query: str
    name: str | None


class State:
    """Personal state at `path`; `None` keeps it in memory."""

    RECENT = 50
    """Searches without a name that are remembered."""

    def __init__(self, path: Path | None) -> None:
        self._told: str | None = None
        self.note: str | None = None
        """One line for the user if nothing will be remembered, from the moment that is known."""
        try:
            self._db = self._open(":memory:") if path is None else self._open_own(path)
        except (OSError, sqlite3.Error) as error:
            self.note = said("read marks are not kept: {path}: {reason}", path=path, reason=error)
            self._db = self._open(":memory:")

    def news(self) -> str:
        """What is in `note`, the first time it is asked for; else nothing."""
        new, self._told = self.note if self.note != self._told else None, self.note
        return told(new or "")

    @classmethod
    def _open(cls, target: str) -> sqlite3.Connection:
        db = cls._connect(target)
        db.executescript(_SCHEMA)
        return db

    @classmethod
    def _open_own(cls, path: Path) -> sqlite3.Connection:
        """The user's own file at `path`; raises `OSError` where it is not, or holds something else."""
        own_folder(path.parent)
        with own_file(path):
            db = cls._connect(str(path))
        try:
            tables = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
            if tables and "place" not in tables:  # an archive, under this name too
                raise NotOwnError(errno.EINVAL, "a database of something else", str(path))
            db.executescript(_SCHEMA)
        except BaseException:
            db.close()
            raise
        return db

    @staticmethod
    def _connect(target: str) -> sqlite3.Connection:
        return sqlite3.connect(target, timeout=2, isolation_level=None, check_same_thread=False)

    def read(self) -> frozenset[str]:
        """The ids of the briefings that were opened before."""
        return frozenset(row[0] for row in self._rows("select briefing from place"))

    def place(self, briefing: str) -> int | None:
        """The rowid of the passage that stood at the top when `briefing` was left."""
        rows = self._rows("select passage from place where briefing = ?", (briefing,))
        return int(rows[0][0]) if rows else None

    def leave(self, briefing: str, passage: int) -> None:
        """Remember `briefing` as read, and where its reader stood."""
        self._write(
            "insert into place values (?, ?, ?) on conflict (briefing)"
            " do update set passage = excluded.passage, seen = excluded.seen",
            (briefing, passage, time.time()),
        )

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """All bookmarks, the newest first."""
        sql = "select briefing, passage, words, note from bookmark order by rowid desc"
        return tuple(Bookmark(*row) for row in self._rows(sql))

    def bookmark(self, mark: Bookmark) -> None:
        """Keep a bookmark; one of the same passage gets its note."""
        self._write(
            "insert into bookmark values (?, ?, ?, ?, ?) on conflict (briefing, passage)"
            " do update set note = excluded.note, words = excluded.words",
            (mark.briefing, mark.passage, mark.words, mark.note, time.time()),
        )

    def unmark(self, briefing: str, passage: int) -> None:
        """Forget a bookmark."""
        self._write("delete from bookmark where briefing = ? and passage = ?", (briefing, passage))

    def searches(self) -> tuple[Search, ...]:
        """Those with a name, by name, then the latest without one."""
        sql = "select query, name from search order by name is null, name, used desc, rowid desc"
        return tuple(Search(*row) for row in self._rows(sql))

    def searched(self, query: str) -> None:
        """Remember a query that was of use; the oldest without a name go."""
        self._write(
            f"insert into search values (?, null, {_LATER})"
            " on conflict (query) do update set used = excluded.used",
            (query, time.time()),
        )
        self._write(
            "delete from search where name is null and query not in"
            " (select query from search where name is null order by used desc limit ?)",
            (self.RECENT,),
        )

    def name_search(self, query: str, name: str) -> None:
        """Keep a query under a name; without one it is like any other again."""
        self._write(
            f"insert into search values (?, ?, {_LATER})"
            " on conflict (query) do update set name = excluded.name",
            (query, name.strip() or None, time.time()),
        )

    def forget_search(self, query: str) -> None:
        """Forget a query."""
        self._write("delete from search where query = ?", (query,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _write(self, sql: str, values: tuple[object, ...]) -> None:
        """Write; where the file cannot be written, the session goes on in memory."""
        try:
            self._db.execute(sql, values)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):  # another session, for once
                self.note = said("this was not kept: {reason}", reason=error)
                return
            self._leave_file(error)
            self._db.execute(sql, values)

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            self._leave_file(error)
            return self._db.execute(sql, values).fetchall()

    def _leave_file(self, error: sqlite3.Error) -> None:
        """Go on in memory, with what of the file can be read, and say so."""
        self.note = said("what is read and marked from now on is not kept: {reason}", reason=error)
        memory = self._open(":memory:")
        for table, marks in (("place", "?, ?, ?"), ("bookmark", "?, ?, ?, ?, ?"), ("search", "?, ?, ?")):
            with suppress(sqlite3.Error):
                for row in self._db.execute(f"select * from {table} order by rowid"):
                    memory.execute(f"insert or ignore into {table} values ({marks})", row)
        with suppress(sqlite3.Error):
            self._db.close()
        self._db = memory
