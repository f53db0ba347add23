"""What one user left behind: read marks and places, in a file of their own, never in the archive.

A small SQLite file in the XDG state directory, so that several sessions at once lose nothing.
Where it cannot be written (read-only home), state lives in memory for the session and `note` says so.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

_SCHEMA = """
create table if not exists place (
    briefing text primary key, passage integer not null, seen real not null
) strict
"""


class State:
    """Personal state at `path`; `None` keeps it in memory."""

    def __init__(self, path: Path | None) -> None:
        self.note: str | None = None
        """One line for the user if nothing will be remembered."""
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._open(str(path) if path is not None else ":memory:")
        except (OSError, sqlite3.Error) as error:
            self.note = f"read marks are not kept: {path}: {error}"
            self._db = self._open(":memory:")

    @staticmethod
    def _open(target: str) -> sqlite3.Connection:
        db = sqlite3.connect(target, timeout=2, isolation_level=None, check_same_thread=False)
        db.execute(_SCHEMA)
        return db

    def read(self) -> frozenset[str]:
        """The ids of the briefings that were opened before."""
        with closing(self._db.execute("select briefing from place")) as rows:
            return frozenset(row[0] for row in rows)

    def place(self, briefing: str) -> int | None:
        """The rowid of the passage that stood at the top when `briefing` was left."""
        row = self._db.execute("select passage from place where briefing = ?", (briefing,)).fetchone()
        return int(row[0]) if row else None

    def leave(self, briefing: str, passage: int) -> None:
        """Remember `briefing` as read, and where its reader stood."""
        try:
            self._db.execute(
                "insert into place values (?, ?, ?) on conflict (briefing)"
                " do update set passage = excluded.passage, seen = excluded.seen",
                (briefing, passage, time.time()),
            )
        except sqlite3.Error as error:
            self.note = f"read marks are not kept: {error}"

    def close(self) -> None:
        """Close the file."""
        self._db.close()
