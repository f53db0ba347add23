"""Table `correction`: what people said of a document, by its id, or by its place where it has no id yet.

What may come in: a database inside a transaction where something is written; values as `checked` gives them.
"""

from __future__ import annotations

from sqlite_utils import Database

from loader.corrections import Values
from loader.seal import seal

TEXT_FIELD = -1, "text_field"
"""Place and field under which `correction` kept the JSON field that somebody named, up to schema 7."""


def waiting_at(path: str, nth: int) -> str:
    """What stands in `correction` for the id of a document that is known by its place alone."""
    return f"{path}#{nth}"


def corrections_of(db: Database, slug: str) -> dict[str, str]:
    """What people corrected in the document with that id."""
    rows = db.execute("select field, value from correction where slug = ?", (slug,))
    return dict(rows.fetchall())


def remember(db: Database, slug: str, values: Values) -> None:
    """Keep the values of one document; `None` forgets the one that is kept."""
    for name in (name for name, value in values.items() if value is None):
        db.conn.execute("delete from correction where slug = ? and field = ?", (slug, name))
    rows = [
        {"slug": slug, "field": name, "value": value, "seal": seal(slug, name, value)}
        for name, value in values.items()
        if value is not None
    ]
    if rows:
        db.table("correction").upsert_all(rows, pk=("slug", "field"))


def assign(db: Database, path: str, nth: int, slug: str, values: Values) -> None:
    """Keep `values`, and no others, under the id that the document at a place of its source got."""
    waiting = waiting_at(path, nth)
    remember(db, waiting, dict.fromkeys(corrections_of(db, waiting)))
    remember(db, slug, {**dict.fromkeys(corrections_of(db, slug)), **values})


def move(db: Database, path: str, to: str) -> None:
    """Keep for the path `to` what is kept by the path of a source."""
    place, _ = TEXT_FIELD
    values = corrections_of(db, waiting_at(path, place))
    if values:
        remember(db, waiting_at(path, place), dict.fromkeys(values))
        remember(db, waiting_at(to, place), values)


def forget(db: Database, path: str) -> None:
    """Delete all that waits for documents of `path`, and that is kept for those that it held before."""
    waiting = waiting_at(path, 0)[:-1]
    left = db.conn.execute("select slug from former where path = ?", (path,)).fetchall()
    db.conn.executemany("delete from correction where slug = ?", left)
    db.conn.execute(
        "delete from correction where slug > ? and slug < ?",
        (waiting, waiting[:-1] + chr(ord(waiting[-1]) + 1)),
    )
