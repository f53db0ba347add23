"""The table of what stands beside the passages, made of what else an archive keeps (see `loader.asides`).

What may come in: a database inside a transaction. Where a source cannot be read its documents have no rows;
`check` tells of both.
"""

from __future__ import annotations

import zlib
from contextlib import suppress

from sqlite_utils import Database

from loader.asides import stored
from loader.kept import documents_of, source_text

from .errors import WRONG_VALUES

COLUMNS = {"id": int, "turn": int, "start": int, "stop": int, "text": str}


def create(db: Database) -> None:
    """An empty table, in place of the one there may be."""
    db.table("aside").create(
        COLUMNS, pk="id", not_null={"turn", "start", "stop", "text"}, replace=True, strict=True
    )


def rebuild(db: Database) -> None:
    """Make the table anew, document by document."""
    create(db)
    for source, packed in db.execute("select id, text from source order by id").fetchall():
        with suppress(zlib.error, *WRONG_VALUES):
            text = source_text(db.execute, source, packed)
            for key, number in documents_of(db.execute, source):
                db.conn.executemany(
                    f"insert into aside ({', '.join(COLUMNS)}) values (?, ?, ?, ?, ?)",
                    stored(db.execute, text, number, key),
                )
