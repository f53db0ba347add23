"""Puts the rows of documents into their tables and takes them out again.

What may come in: a database inside a transaction, documents that were made ready, and that have their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from sqlite_utils import Database

from loader.entries import TEXTS
from loader.layout import briefing_range

from . import alike, seals
from .identities import Identity
from .index_queue import IndexQueue, PendingDocument
from .prepared import PreparedDocument, entries, rows_of


def numbered(db: Database, kept: Sequence[Identity | None]) -> list[tuple[int, str | None]]:
    """The number of each document to come, and the id that it keeps, if it keeps one."""
    held = [one.number for one in kept if one and one.number is not None]
    (last,) = db.execute("select coalesce(max(id), 0) from document").fetchone()
    free = count(max(last, *held, 0) + 1)
    return [
        (next(free) if one is None or one.number is None else one.number, one.slug if one else None)
        for one in kept
    ]


def add(db: Database, queue: IndexQueue, place: Mapping[str, Any], document: PreparedDocument) -> None:
    """Store a document; `place` are its columns `id` (a number), `slug`, `source` and `nth`."""
    row = {**place, **document.row}
    number, key = row["id"], row["date_key"]
    insert(db, "document", row)
    for table, columns, values_of in document.parts:
        _insert_all(db, table, ("document", *columns), [(number, *one) for one in values_of])
    passages = rows_of(document.passages, key, number)
    asides = rows_of(document.asides, key, number)
    for part, rows in ((document.passages, passages), (document.asides, asides)):
        if rows:
            _insert_all(db, part.table, ("id", *part.columns), rows)
    queue.add(
        PendingDocument(
            key,
            number,
            entries(document.passages, passages, document.grams),
            entries(document.asides, asides, document.aside_grams),
            document.chars,
            document.words,
        )
    )
    alike.join(db, number, document.sketch)
    seals.document(db, number, key)


def remove(db: Database, queue: IndexQueue, source: int) -> list[tuple[str, bytes | None]]:
    """Remove the documents of a source; returns their ids, and the digests of their texts."""
    rows = db.execute(
        "select id, slug, date_key, digest from document where source = ? order by nth", (source,)
    ).fetchall()
    for number, _, key, _ in rows:
        queue.remove(number, key)
        low, high = briefing_range(key, number)
        for texts in TEXTS:
            db.conn.execute(f"delete from {texts} where id between ? and ?", (low, high))
        alike.leave(db, number)
        for table in ("speaker", "turn", "question", "gap", "figure"):
            db.conn.execute(f"delete from {table} where document = ?", (number,))
        db.conn.execute("delete from document where id = ?", (number,))
    return [(slug, digest) for _, slug, _, digest in rows]


def insert(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Insert a row; returns its rowid."""
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    sql = f'insert into "{table}" ({columns}) values ({marks})'
    return int(db.conn.execute(sql, tuple(row.values())).lastrowid or 0)


def _insert_all(db: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    db.conn.executemany(f'insert into "{table}" ({names}) values ({marks})', rows)
