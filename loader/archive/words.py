"""The words of an archive: in how many documents each stands, and how it is read.

What may come in: a database inside a transaction. Which words a document has is `loader.lexicon`'s to say;
what it brought is taken from its passages again when it goes, before their rows do. A word of no document
has no row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from loader.lexicon import fingerprint, kept_of
from loader.pinyin import readings
from loader.text import Fold


def rebuild(db: Database, fold: Fold) -> None:
    """Make the tables anew from the passages; the transaction is the caller's."""
    db.execute("drop table if exists word")
    db.execute("drop table if exists reading")
    db.execute("create table word (word text primary key, documents integer not null) strict, without rowid")
    db.execute("create table reading (key text, word text, primary key (key, word)) strict, without rowid")
    counts: Counter[str] = Counter()
    for number, key in db.execute("select id, date_key from document order by date_key, id").fetchall():
        counts.update(kept_of(db.execute, fold, number, key))
    join(db, counts)
    db.table("setting").upsert({"name": "words", "value": fingerprint()}, pk="name")


def join(db: Database, counts: Mapping[str, int]) -> None:
    """Documents come that hold these words: for each how many."""
    new = db.execute(
        "select value from json_each(?) where not exists (select 1 from word where word = value)",
        (json.dumps(list(counts)),),
    ).fetchall()
    db.conn.executemany(
        "insert into reading (key, word) values (?, ?)",
        sorted((key, word) for (word,) in new for key in readings(word)),
    )
    db.conn.executemany(
        "insert into word (word, documents) values (?, ?)"
        " on conflict (word) do update set documents = documents + excluded.documents",
        sorted(counts.items()),
    )


def leave(db: Database, words: Iterable[str]) -> None:
    """A document goes that held these words."""
    held = [(word,) for word in words]
    db.conn.executemany("update word set documents = documents - 1 where word = ?", held)
    gone = db.execute(
        "select word from json_each(?) join word on word = value where documents < 1",
        (json.dumps([word for (word,) in held]),),
    ).fetchall()
    db.conn.executemany("delete from word where word = ?", gone)
    db.conn.executemany(
        "delete from reading where key = ? and word = ?",
        [(key, word) for (word,) in gone for key in readings(word)],
    )
