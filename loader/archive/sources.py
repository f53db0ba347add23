"""Puts a source in the place of what its path held, and lets go of what a path holds no longer.

What may come in: a database inside a transaction, paths as they are kept, plans of `identities`.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlite_utils import Database

from . import correction_table, documents, holding, identities, seals
from .held import PARSER_VERSION
from .identities import Plan
from .index_queue import IndexQueue
from .prepared import Prepared


def make_way(db: Database, queue: IndexQueue, sha256: str | None, *paths: str | None) -> None:
    """Before sources are taken away, have the index hold what is to be taken out of it.

    Those are the sources of that hash and at those paths.
    """
    if queue and (
        any(path and holding.at(db.conn, path) for path in paths)
        or (sha256 and holding.of_bytes(db.conn, sha256))
    ):
        queue.fill()


class Placed(NamedTuple):
    """A source that was put in the place of others."""

    number: int
    left: tuple[str, ...]
    """Ids of the documents that went for it."""


def place(
    db: Database, queue: IndexQueue, path: str, source: Prepared, before: str | None, plan: Plan
) -> Placed:
    """Put a source, without its documents, in the place of what there was."""
    conn = db.conn
    left = {slug: digest for one in plan.replaced for slug, digest in documents.remove(db, queue, one)}
    for identity in plan.ids:
        if identity:
            left.pop(identity.slug, None)
    identities.leave(conn, path, left.items())
    gone = [*left]
    for one in plan.replaced:
        if one != plan.source:
            conn.execute("delete from copy where source = ?", (one,))
            conn.execute("delete from source where id = ?", (one,))
    if before and before != path:
        correction_table.move(db, before, path)
    for at in dict.fromkeys((path, before)):
        held = holding.at(conn, at) if at else None
        if at and held and held.source != plan.source:
            gone += let_go(db, queue, at)
    number = _store(db, {"path": plan.path, "parser": PARSER_VERSION} | source.row, plan.source)
    seals.source(db, number)
    if not holding.at(conn, path):
        holding.remember(conn, path, number)
    return Placed(number, tuple(gone))


def _store(db: Database, row: dict[str, object], number: int | None) -> int:
    """Write a source's row, into the one of that number where there is one; returns its number."""
    if number is None:
        return documents.insert(db, "source", row)
    db.conn.execute(
        f"update source set {', '.join(f'{name} = ?' for name in row)} where id = ?",
        (*row.values(), number),
    )
    return number


def let_go(db: Database, queue: IndexQueue, path: str) -> tuple[str, ...]:
    """Have `path` hold nothing; a source that it alone held goes. Returns the ids that went."""
    held = holding.at(db.conn, path)
    if held is None:
        return ()
    if holding.let_go(db.conn, path, held):
        if held.path == path:
            now = holding.paths_of(db.conn, held.source)[0]
            correction_table.move(db, path, now)
        return ()
    left = documents.remove(db, queue, held.source)
    db.conn.execute("delete from source where id = ?", (held.source,))
    identities.leave(db.conn, path, left)
    return tuple(slug for slug, _ in left)
