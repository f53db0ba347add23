"""Which tokens of the index are common, and how common: what a search goes by to ask for the rare ones first.

What may come in: a database inside a transaction, its passages indexed. The numbers are estimates from a
sample, so they decide what a search costs and never what it finds. Small archives have none and need none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from loader.text import Fold, grams

SAMPLE = 4_000
"""Passages that are looked at."""
LEAST = 20_000
"""An archive of fewer passages has no estimates."""
SEEN = 4
"""A token in fewer passages of the sample is rare, and not written down."""
GROWN = 1.25
"""Estimates are made anew when there are so many times as many passages as then, or so many times fewer."""


def create(db: Database) -> None:
    """An empty table, in place of the one there may be."""
    db.execute("drop table if exists common")
    # passages: of a sample of so many
    db.execute("create table common (token text primary key, passages int not null) strict, without rowid")
    db.table("setting").upsert_all(
        [{"name": "common_of", "value": "0"}, {"name": "common_sample", "value": "0"}], pk="name"
    )


def estimate(db: Database, fold: Fold) -> None:
    """Write down how common tokens are, if what is written is of an archive of another size."""
    (passages,) = db.execute("select coalesce(sum(size), 0) from block").fetchone()
    (before,) = db.execute("select value from setting where name = 'common_of'").fetchone()
    if passages < LEAST or (int(before) and 1 / GROWN < passages / int(before) < GROWN):
        return
    create(db)
    found: Counter[str] = Counter()
    for text in _sample(db, passages):
        found.update(grams(fold(text)).split(" "))
    db.conn.executemany(
        "insert into common (token, passages) values (?, ?)",
        sorted((token, count) for token, count in found.items() if count >= SEEN),
    )
    db.table("setting").upsert_all(
        [{"name": "common_of", "value": str(passages)}, {"name": "common_sample", "value": str(SAMPLE)}],
        pk="name",
    )


def _sample(db: Database, passages: int) -> Iterator[str]:
    """The texts of passages evenly spread over the archive, oldest first."""
    step, wanted, seen = passages / SAMPLE, 0.0, 0
    for base, size, shift in db.execute("select base, size, shift from block order by base").fetchall():
        while wanted < seen + size:
            row = db.execute(
                "select text from passage where id = ?", (base + shift + int(wanted) - seen,)
            ).fetchone()
            if row:
                yield row[0]
            wanted += step
        seen += size
