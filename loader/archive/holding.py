"""Which paths hold which source: the first one is kept with it, others that hold the same bytes are copies.

What may come in: a connection inside a transaction, paths as they are kept. A source is in the archive as
long as a path is known that holds it, whether the file is still there or not.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from loader.seal import of_source, seal

_COLUMNS = "s.id, s.sha256, s.parser, s.path"


class Holder(NamedTuple):
    """A source, and the first path that holds it."""

    source: int
    sha256: str
    parser: int
    path: str


def at(conn: sqlite3.Connection, path: str) -> Holder | None:
    """The source that `path` holds."""
    row = conn.execute(f"select {_COLUMNS} from source s where s.path = ?", (path,)).fetchone()
    row = (
        row
        or conn.execute(
            f"select {_COLUMNS} from copy c join source s on s.id = c.source where c.path = ?", (path,)
        ).fetchone()
    )
    return Holder(*row) if row else None


def of_bytes(conn: sqlite3.Connection, sha256: str) -> Holder | None:
    """The source with that hash."""
    row = conn.execute(
        f"select {_COLUMNS} from source s where s.sha256 = ? order by s.id limit 1", (sha256,)
    ).fetchone()
    return Holder(*row) if row else None


def paths_of(conn: sqlite3.Connection, source: int) -> list[str]:
    """All paths that hold a source, its own first."""
    rows = conn.execute(
        "select path from source where id = ?1 union all"
        " select path from (select path from copy where source = ?1 order by path)",
        (source,),
    )
    return [path for (path,) in rows.fetchall()]


def remember(conn: sqlite3.Connection, path: str, source: int) -> None:
    """Have `path`, which holds nothing, hold a source as well."""
    conn.execute("insert into copy (path, source, seal) values (?, ?, ?)", (path, source, seal(path, source)))


def let_go(conn: sqlite3.Connection, path: str, holder: Holder) -> bool:
    """Have `path` hold it no longer; false where no other path does, then nothing is changed."""
    others = [one for one in paths_of(conn, holder.source) if one != path]
    if not others:
        return False
    if holder.path == path:
        conn.execute("delete from copy where path = ?", (others[0],))
        _name(conn, holder, others[0])
    else:
        conn.execute("delete from copy where path = ?", (path,))
    return True


def move(conn: sqlite3.Connection, path: str, to: str, holder: Holder) -> None:
    """Have `to`, which holds nothing, hold it in the place of `path`."""
    if holder.path == path:
        _name(conn, holder, to)
    else:
        conn.execute("delete from copy where path = ?", (path,))
        remember(conn, to, holder.source)


def _name(conn: sqlite3.Connection, holder: Holder, path: str) -> None:
    conn.execute("update source set path = ? where id = ?", (path, holder.source))
    value = of_source(conn.execute, holder.source)
    conn.execute("update source set seal = ? where id = ?", (value, holder.source))
