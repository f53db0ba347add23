"""The schema, as sqlite-utils migrations: each numbered step is applied once and never edited.

Text columns named `*_key` are folded (`loader.text.Fold`) for filters; offsets are characters into
the source's text as read.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from loader.kept import MOST_RAW, pack_raw, rest, unpacked
from loader.layout import APPLICATION_ID, SCHEMA_VERSION, briefing_range
from loader.seal import seal
from loader.text import FOLD_VERSION, Fold, traditional_pairs

from . import alike, aside_table, identities, seals, words
from .correction_table import waiting_at
from .facts import CERTAIN
from .index import current, rebuild

migrations = Migrations("briefings")


def upgrade(db: Database) -> bool:
    """Bring an empty file or an archive of an older schema to `SCHEMA_VERSION`.

    Returns whether the index was made anew.
    """
    migrations.apply(db)
    outdated = not current(db)
    if outdated:
        (pairs,) = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()
        with db.atomic():
            rebuild(db, Fold(pairs))
    seals.settings(db)
    version = db.execute("pragma user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise sqlite3.DatabaseError(f"malformed: schema {version} where {SCHEMA_VERSION} should be")
    return outdated


@migrations()
def m001_archive(db: Database) -> None:
    """Sources, documents with their turns, and the index over their passages."""
    db.table("setting").create({"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)
    db.table("setting").insert_all(
        [
            {"name": "fold_version", "value": str(FOLD_VERSION)},
            {"name": "traditional_pairs", "value": traditional_pairs()},
        ]
    )
    _sources(db)
    _documents(db)
    _turns(db)
    _passages(db)
    db.execute(f"pragma application_id = {APPLICATION_ID}")
    db.execute("pragma user_version = 1")


def _sources(db: Database) -> None:
    db.table("source").create(
        {
            "id": int,
            "path": str,
            "sha256": str,
            "encoding": str,
            "format": str,
            "chars": int,
            "parser": int,  # the parser that read it: a newer one reads it again
            "raw": bytes,  # packed; null where encoding the text gives the very bytes
            "text": bytes,  # packed; without its passages since m004
        },
        pk="id",
        not_null={"path", "sha256", "encoding", "format", "chars", "parser", "text"},
        strict=True,
    )
    db.table("source").create_index(["path"], unique=True)
    db.table("source").create_index(["sha256"])


def _documents(db: Database) -> None:
    db.table("document").create(
        {
            "id": int,  # the briefing number packed into its passages' rowids
            "slug": str,
            "source": int,
            "nth": int,  # which of its source's documents, from 0
            "kind": str,
            "title": str,
            "place": str,
            "organ": str,
            "date": str,
            "ordinal": int,
            "series": str,
            "outlet": str,
            "language": str,
            "terms": str,  # JSON list
            "warnings": str,  # JSON list
            "questions": int,
            "speakers": int,
            "chars": int,  # non-blank, in all its turns
            "kept_chars": int,  # in those that are neither noise nor repeat
            "date_key": int,
            "place_key": str,
        },
        pk="id",
        foreign_keys=[("source", "source", "id")],
        not_null={"slug", "source", "nth", "kind", "title", "language", "terms", "warnings", "date_key"},
        strict=True,
    )
    db.table("document").create_index(["slug"], unique=True)
    db.table("document").create_index(["date_key", "id"])
    db.table("document").create_index(["source", "nth"], unique=True)
    db.table("speaker").create(
        {
            "document": int,
            "nth": int,
            "name": str,
            "post": str,
            "role": str,
            "name_key": str,
            "post_key": str,
        },
        pk=("document", "nth"),
        foreign_keys=[("document", "document", "id")],
        not_null={"name", "role", "name_key"},
        strict=True,
    )


_SPAN = {"start": int, "stop": int}


def _turns(db: Database) -> None:
    db.table("turn").create(
        {
            "document": int,
            "nth": int,
            "kind": str,
            "speaker": int,  # nth of the speaker
            "label": str,
            "question": int,
            "level": int,
            **_SPAN,
            "body_start": int,
            "body_stop": int,
        },
        pk=("document", "nth"),
        foreign_keys=[("document", "document", "id")],
        not_null={"kind", "level", "start", "stop", "body_start", "body_stop"},
        strict=True,
    )
    db.table("question").create(
        {
            "document": int,
            "number": int,
            "outlet": str,
            "asker": str,
            "asker_key": str,
            "follow_up_of": int,
            "terms": str,  # JSON list
        },
        pk=("document", "number"),
        foreign_keys=[("document", "document", "id")],
        not_null={"asker_key", "terms"},
        strict=True,
    )


def _passages(db: Database) -> None:
    db.table("passage").create(
        {"id": int, "turn": int, **_SPAN, "text": str},  # id: see loader.layout.rowid
        pk="id",
        not_null={"turn", "start", "stop", "text"},
        strict=True,
    )
    db.table("gap").create(
        {"document": int, "at": int, "reason": str},
        pk=("document", "at"),
        foreign_keys=[("document", "document", "id")],
        not_null={"reason"},
        strict=True,
    )
    db.table("figure").create(
        {
            "document": int,
            **_SPAN,
            "metric": str,
            "value": str,
            "unit": str,
            "place": str,
            "period": str,
            "scope": str,
        },
        pk=("document", "start"),
        foreign_keys=[("document", "document", "id")],
        not_null={"stop", "metric", "value", "unit"},
        strict=True,
    )


@migrations()
def m002_corrections(db: Database) -> None:
    """What people corrected, by source and place in it, so that it outlives reloading."""
    db.table("correction").create(
        {"path": str, "nth": int, "field": str, "value": str},
        pk=("path", "nth", "field"),
        not_null={"value"},
        strict=True,
    )
    db.execute("pragma user_version = 2")


@migrations()
def m003_likeness(db: Database) -> None:
    """Which documents are the same briefing from another outlet (see `alike`)."""
    db.table("sketch").create(
        {"hash": int, "document": int},
        pk=("hash", "document"),
        foreign_keys=[("document", "document", "id")],
        strict=True,
    )
    db.table("sketch").create_index(["document"])
    db.table("document").add_column("same_as", int)
    db.table("document").create_index(["same_as"])
    db.execute("pragma user_version = 3")


@migrations()
def m004_said_once(db: Database) -> None:
    """A source's text is kept without its passages, its bytes beside its text (see `loader.kept`)."""
    sources = db.execute("select id, encoding, raw, text from source").fetchall()
    for source, encoding, raw, packed in sources:
        text = unpacked(packed, MOST_RAW).decode()
        spans: list[tuple[int, int]] = []
        rows = db.execute("select date_key, id from document where source = ?", (source,)).fetchall()
        for key, number in rows:
            spans += db.execute(
                "select start, stop from passage where id between ? and ?", briefing_range(key, number)
            ).fetchall()
        kept = None if raw is None else pack_raw(unpacked(raw, MOST_RAW), text, encoding)
        db.execute("update source set raw = ?, text = ? where id = ?", (kept, rest(text, spans), source))
    for table in ("turn", "sketch"):
        _keep_in_its_key(db, table)
    db.table("sketch").create_index(["document"])
    db.execute("pragma user_version = 4")


@migrations()
def m005_words(db: Database) -> None:
    """The words that the passages hold, how they are read, and what they were cut by."""
    (pairs,) = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()
    words.rebuild(db, Fold(pairs))
    db.execute("pragma user_version = 5")


@migrations()
def m006_seals(db: Database) -> None:
    """A digest of what nothing else in the archive confirms (see `loader.seal`)."""
    for table in ("source", "document", "correction"):
        db.execute(f"alter table {table} add column seal blob")
    db.execute("alter table document add column same_seal int")  # see `loader.seal.SAME`
    seals.all_rows(db)
    db.execute("pragma user_version = 6")


@migrations()
def m007_identity(db: Database) -> None:
    """What belongs together by what it says: prints of one briefing agree in number and day."""
    db.execute("drop index idx_document_same_as")  # the next one begins as it did
    db.table("document").create_index(["same_as", "ordinal"])
    db.execute(
        "create index idx_document_same_as_date_key on document (same_as, date_key)"
        f" where {CERTAIN.format('')}"
    )
    alike.separate(db)
    _corrections_by_id(db)
    db.execute("alter table document add column digest blob")  # of its text, see `identities`
    identities.digests(db.conn)
    db.table("copy").create(
        {"path": str, "source": int, "seal": bytes},  # other paths that hold the same bytes
        pk="path",
        foreign_keys=[("source", "source", "id")],
        not_null={"source"},
        strict=True,
    )
    db.table("copy").create_index(["source"])
    db.table("former").create(
        # ids of documents whose text no path holds any more, by a digest of it
        {"slug": str, "path": str, "digest": bytes, "seal": bytes},
        pk="slug",
        not_null={"path"},
        strict=True,
    )
    db.table("former").create_index(["digest"])
    db.table("former").create_index(["path"])
    db.execute("pragma user_version = 7")


def _corrections_by_id(db: Database) -> None:
    """Key corrections by the document's id; those whose document is not there wait for its place.

    What was not what had been written before stays so: its seal is taken over.
    """
    db.execute("alter table correction rename to correction_")
    db.table("correction").create(
        {"slug": str, "field": str, "value": str, "seal": bytes},
        pk=("slug", "field"),
        not_null={"value"},
        strict=True,
    )
    rows = db.execute(
        "select c.path, c.nth, c.field, c.value, c.seal, d.slug from correction_ c"
        " left join source s on s.path = c.path left join document d on d.source = s.id and d.nth = c.nth"
    ).fetchall()
    for path, nth, field, value, kept, slug in rows:
        slug = slug or waiting_at(path, nth)
        sealed = seal(slug, field, value) if kept == seal(path, nth, field, value) else kept
        db.execute("insert into correction values (?, ?, ?, ?)", (slug, field, value, sealed))
    db.execute("drop table correction_")


@migrations()
def m008_how(db: Database) -> None:
    """How a source was read (see `Reading.how`); of those that are there it is not known."""
    db.execute("alter table source add column how text")
    db.execute("pragma user_version = 8")


@migrations()
def m009_asides(db: Database) -> None:
    """What stands beside the passages is searched, too: labels, front matter, page furniture, repeats."""
    aside_table.rebuild(db)
    db.execute("pragma user_version = 9")


def _keep_in_its_key(db: Database, table: str) -> None:
    """Have the rows of a table stand in its primary key, not beside it; its other indexes go."""
    (sql,) = db.execute(
        "select sql from sqlite_master where type = 'table' and name = ?", (table,)
    ).fetchone()
    head, columns = sql.split("(", 1)
    db.execute(f"{head.replace(table, f'{table}_')}({columns}, without rowid")
    db.execute(f"insert into {table}_ select * from {table} order by 1, 2")
    db.execute(f"drop table {table}")
    db.execute(f"alter table {table}_ rename to {table}")
