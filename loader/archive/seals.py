"""Sets the seals (see `loader.seal`) of rows that were written.

What may come in: a database inside a transaction, numbers of rows that stand in it whole.
"""

from __future__ import annotations

from sqlite_utils import Database

from loader.seal import SAME, SOURCE, of_document, of_settings, of_source, seal


def source(db: Database, number: int) -> None:
    """Seal the source of that number."""
    db.conn.execute("update source set seal = ? where id = ?", (of_source(db.conn.execute, number), number))


def document(db: Database, number: int, key: int) -> None:
    """Seal the document of that number and date key, all of whose parts are there."""
    value = of_document(db.conn.execute, number, key)
    db.conn.execute("update document set seal = ? where id = ?", (value, number))


def settings(db: Database) -> None:
    """Seal the fold's table and the schema, as they are now."""
    value = of_settings(db.conn.execute)
    before = db.execute("select value from setting where name = 'seal'").fetchone()
    if before != (value,):
        db.table("setting").upsert({"name": "seal", "value": value}, pk="name")


def all_rows(db: Database) -> None:
    """Seal everything there is: of an archive of schema 5, which had none."""
    columns = ", ".join(name for name in SOURCE if name != "how")  # which is younger
    for number, *values in db.execute(f"select {columns} from source").fetchall():
        db.conn.execute("update source set seal = ? where id = ?", (seal([number, *values]), number))
    for number, key in db.execute("select id, date_key from document").fetchall():
        document(db, number, key)
    db.execute(f"update document set same_seal = {SAME.replace('?1', 'same_as')}")
    for rowid, *values in db.execute("select rowid, path, nth, field, value from correction").fetchall():
        db.execute("update correction set seal = ? where rowid = ?", (seal(*values), rowid))
