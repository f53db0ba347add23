"""What one user left behind: read marks, places, bookmarks, searches; never in the archive.

A small SQLite file in the XDG state directory, so that several sessions at once lose nothing.
Where it cannot be written (read-only home), state lives in memory for the session and `note` says so. So it
does where the file is not the user's own, or is reached through a link (`tui.private`).

Since version 1 (`user_version`) a place and a bookmark keep the passage's words, in tables of their own: a
session of an older program may write the same file, and its `insert into … values` takes no more columns.
"""

from __future__ import annotations

import errno
import sqlite3
import time
import unicodedata
from collections.abc import Callable
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
VERSION = 1
_SELECTOR = """
    row integer not null, start integer, exact text not null, prefix text not null, suffix text not null
"""
_VERSION_1 = f"""
create table if not exists place_selector (
    briefing text primary key, passage integer not null, {_SELECTOR}
) strict;
create table if not exists bookmark_selector (
    briefing text not null, passage integer not null, words text not null, {_SELECTOR},
    primary key (briefing, passage)
) strict;
"""
"""Each row belongs to the one of `place` or `bookmark` that it agrees with, else to none: an older program
changes and deletes those without a look here."""
_TABLES = {"place": 3, "bookmark": 5, "search": 3, "place_selector": 7, "bookmark_selector": 8}
"""All tables with the number of their columns."""
_LATER = "max(?, 0.001 + coalesce((select max(used) from search), 0))"
"""SQL for a moment behind all that are written down, also where the clock was set back."""


def fold(text: str) -> str:
    """`text` without what an edition changes: width, compatibility forms, case, blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Selector(NamedTuple):
    """What a passage is found again by (see `tui.selector`, which makes and resolves it)."""

    rowid: int
    """As it was."""
    start: int | None = None
    """Characters of the source before it; `None` where nobody counted."""
    exact: str = ""
    """Its first words, folded; empty where nobody kept them."""
    prefix: str = ""
    """What stood before them, folded."""
    suffix: str = ""
    """What stood behind them, folded."""


class Bookmark(NamedTuple):
    """A passage somebody wants to find again."""

    briefing: str
    passage: int
    """Its rowid as it was; with the briefing what tells bookmarks apart."""
    words: str
    """What it was marked by: place, date and first words, as they were."""
    note: str
    """What the user wrote, or nothing."""
    selector: Selector | None = None
    """What it is found by; where an older program made it, out of `words`."""


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
        self._db = self._connect(":memory:")
        self.note: str | None = None
        """One line for the user if nothing will be remembered, from the moment that is known."""
        try:
            if path is not None:
                self._db = self._open_own(path)
            self._upgrade(self._db)
        except (OSError, sqlite3.Error) as error:
            self._leave_file(error)
            self.note = said("read marks are not kept: {path}: {reason}", path=path, reason=error)

    def news(self) -> str:
        """What is in `note`, the first time it is asked for; else nothing."""
        new, self._told = self.note if self.note != self._told else None, self.note
        return told(new or "")

    @staticmethod
    def _upgrade(db: sqlite3.Connection) -> None:
        db.executescript(_SCHEMA)
        if db.execute("pragma user_version").fetchone()[0] < VERSION:  # a newer one only adds
            db.executescript(f"begin immediate; {_VERSION_1} pragma user_version = {VERSION}; commit")

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

    def place(self, briefing: str) -> Selector | None:
        """What selects the passage that stood at the top when `briefing` was left."""
        rows = self._rows(
            "select p.passage, s.row, start, exact, prefix, suffix from place p"
            " left join place_selector s on s.briefing = p.briefing and s.passage = p.passage"
            " where p.briefing = ?",
            (briefing,),
        )
        if not rows or not rows[0][0]:  # 0 where there was no passage
            return None
        passage, *selector = rows[0]
        return Selector(passage) if selector[0] is None else Selector(*selector)

    def leave(self, briefing: str, at: Selector) -> None:
        """Remember `briefing` as read, and where its reader stood."""

        def leave(db: sqlite3.Connection) -> None:
            db.execute(
                "insert into place values (?, ?, ?) on conflict (briefing)"
                " do update set passage = excluded.passage, seen = excluded.seen",
                (briefing, at.rowid, time.time()),
            )
            db.execute(
                "insert or replace into place_selector values (?, ?, ?, ?, ?, ?, ?)",
                (briefing, at.rowid, *at),
            )

        self._together(leave)

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """All bookmarks, the newest first."""
        rows = self._rows(
            "select b.briefing, b.passage, b.words, note, s.row, start, exact, prefix, suffix from bookmark b"
            " left join bookmark_selector s on (s.briefing, s.passage, s.words) ="
            " (b.briefing, b.passage, b.words) order by b.rowid desc"
        )
        return tuple(_bookmark(*row) for row in rows)

    def bookmark(self, mark: Bookmark) -> None:
        """Keep a bookmark. One that was made before and is given again gets its note.

        Where its rowid was that of another passage, which is bookmarked too, both are kept.
        """

        def keep(db: sqlite3.Connection) -> None:
            key = mark.passage
            found = db.execute(
                "select words from bookmark where briefing = ? and passage = ?", (mark.briefing, key)
            ).fetchone()
            if found and found[0] != mark.words:
                (key,) = db.execute("select min(0, min(passage)) - 1 from bookmark").fetchone()
            db.execute(
                "insert into bookmark values (?, ?, ?, ?, ?) on conflict (briefing, passage)"
                " do update set note = excluded.note",
                (mark.briefing, key, mark.words, mark.note, time.time()),
            )
            if mark.selector is not None:
                db.execute(
                    "insert or replace into bookmark_selector values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (mark.briefing, key, mark.words, *mark.selector),
                )

        self._together(keep)

    def moved(self, mark: Bookmark, at: Selector) -> None:
        """Remember where the passage of a bookmark was found; an older program then finds it there too."""

        def move(db: sqlite3.Connection) -> None:
            values = (mark.briefing, mark.passage)
            db.execute("delete from bookmark_selector where briefing = ? and passage = ?", values)
            free = db.execute(
                "update or ignore bookmark set passage = ? where briefing = ? and passage = ?",
                (at.rowid, *values),
            ).rowcount
            if (
                free
                or db.execute("select 1 from bookmark where briefing = ? and passage = ?", values).fetchone()
            ):
                db.execute(
                    "insert or replace into bookmark_selector values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (mark.briefing, at.rowid if free else mark.passage, mark.words, *at),
                )

        self._together(move)

    def unmark(self, briefing: str, passage: int) -> None:
        """Forget a bookmark."""
        for table in ("bookmark", "bookmark_selector"):
            self._write(f"delete from {table} where briefing = ? and passage = ?", (briefing, passage))

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
        self._together(lambda db: db.execute(sql, values))

    def _together(self, write: Callable[[sqlite3.Connection], object]) -> None:
        """Write in one transaction; where the file cannot be written, the session goes on in memory."""
        try:
            self._db.execute("begin immediate")
            try:
                write(self._db)
                self._db.execute("commit")
            except BaseException:
                with suppress(sqlite3.Error):  # where the disk is full it was undone already
                    self._db.execute("rollback")
                raise
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):  # another session, for once
                self.note = said("this was not kept: {reason}", reason=error)
                return
            self._leave_file(error)
            write(self._db)

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            self._leave_file(error)
            return self._db.execute(sql, values).fetchall()

    def _leave_file(self, error: Exception) -> None:
        """Go on in memory, with what of the file can be read, and say so."""
        self.note = said("what is read and marked from now on is not kept: {reason}", reason=error)
        memory = self._connect(":memory:")
        self._upgrade(memory)
        for table, columns in _TABLES.items():
            marks = ", ".join("?" * columns)
            with suppress(sqlite3.Error):
                for row in self._db.execute(f"select * from {table} order by rowid"):
                    memory.execute(f"insert or ignore into {table} values ({marks})", row)
        with suppress(sqlite3.Error):
            self._db.rollback()
            self._db.close()
        self._db = memory


def _bookmark(briefing: str, passage: int, words: str, note: str, *kept: Any) -> Bookmark:
    """A bookmark out of a row; without a selector, as an older program made it, out of what it shows."""
    if kept[0] is not None:
        return Bookmark(briefing, passage, words, note, Selector(*kept))
    first_words = words.rpartition("  ")[2].removesuffix("…")
    return Bookmark(briefing, passage, words, note, Selector(passage, None, fold(first_words)))
