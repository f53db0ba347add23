"""The index over the passages: what stands in it for a passage, put in and taken out.

What may come in: a database inside a transaction whose rows of the passages are all there. The index keeps
no text (contentless): what is taken out has to be said again, so both ways read the same rows
(`loader.entries`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlite_utils import Database

from loader.entries import entries, stamps
from loader.layout import briefing_range
from loader.text import INDEX_VERSION, TOKENIZER, Fold


def create(db: Database) -> None:
    """An empty index, in place of the one there may be."""
    quoted = TOKENIZER.replace("'", "''")
    db.execute("drop table if exists passage_grams")
    db.execute(
        "create virtual table passage_grams using fts5"
        f" (grams, content='', columnsize=0, detail=none, tokenize='{quoted}')"
    )
    db.table("facet").create({"id": int, "field": str, "key": str}, pk="id", replace=True, strict=True)
    db.table("facet").create_index(["field", "key"], unique=True)
    db.table("variant").create({"char": str, "folded": str}, pk="char", replace=True, strict=True)


def current(db: Database) -> bool:
    """Whether the index is as this version makes it."""
    row = db.execute("select value from setting where name = 'index_version'").fetchone()
    return row is not None and row[0] == str(INDEX_VERSION)


def rebuild(db: Database, fold: Fold) -> None:
    """Make the index anew from the passages; the transaction is the caller's."""
    create(db)
    index = Index(db, fold)
    # oldest first, since rowids sort by date: FTS5 then merges what it writes instead of sorting it
    rows = db.execute("select id, date_key from document order by date_key, id").fetchall()
    for number, key in rows:
        index.add_stored(number, *briefing_range(key, number))
    db.table("setting").upsert({"name": "index_version", "value": str(INDEX_VERSION)}, pk="name")


class Entry(NamedTuple):
    """A passage for the index."""

    passage: int
    """Its rowid."""
    turn: int
    """The turn it stands in."""
    grams: str
    """Of its text, see `loader.text.grams`."""


class Index:
    """Table `passage_grams` and what belongs to it."""

    def __init__(self, db: Database, fold: Fold) -> None:
        self._db, self._fold = db, fold
        self._facets: dict[tuple[str, str], int] = {}
        self._known: set[str] = set()
        """Characters that are folded to themselves, or are in table `variant` already."""

    def add(self, document: int, passages: Iterable[Entry], chars: str) -> None:
        """Put in the passages of a document, by ascending rowid; `chars` are the characters they hold.

        FTS5 writes out what it has gathered whenever a rowid is not above the last.
        """
        stamped = stamps(self._db.execute, self._fold, self._number, document)
        self._learn([chars])
        self._db.conn.executemany(
            "insert into passage_grams (rowid, grams) values (?, ?)",
            ((passage, f"{grams} {stamped[turn]}") for passage, turn, grams in passages),
        )

    def add_stored(self, document: int, low: int, high: int) -> None:
        """Put in the passages of a document, which stand in their table between two rowids."""
        self._db.conn.executemany(
            "insert into passage_grams (rowid, grams) values (?, ?)", self._entries(document, low, high)
        )

    def remove(self, document: int, low: int, high: int) -> None:
        """Take them out, before their rows go."""
        self._db.conn.executemany(
            "insert into passage_grams (passage_grams, rowid, grams) values ('delete', ?, ?)",
            self._entries(document, low, high),
        )

    def forget_all(self) -> None:
        """What was remembered of the tables is to be read anew: a transaction was rolled back."""
        self._facets.clear()
        self._known.clear()

    def _entries(self, document: int, low: int, high: int) -> list[tuple[int, str]]:
        found = list(entries(self._db.execute, self._fold, self._number, document, low, high))
        self._learn(text for _, text, _ in found)
        return [(passage, tokens) for passage, _, tokens in found]

    def _number(self, field: str, key: str) -> int:
        """The number of a value, which gets one if it has none."""
        if (field, key) not in self._facets:
            self._db.execute("insert or ignore into facet (field, key) values (?, ?)", (field, key))
            (number,) = self._db.execute(
                "select id from facet where field = ? and key = ?", (field, key)
            ).fetchone()
            self._facets[field, key] = number
        return self._facets[field, key]

    def _learn(self, texts: Iterable[str]) -> None:
        """Keep the characters that are folded to others: a pattern for a text has to name them."""
        for text in texts:
            new = set(text) - self._known
            if new:
                self._known |= new
                self._db.conn.executemany(
                    "insert or ignore into variant (char, folded) values (?, ?)",
                    [(char, self._fold(char)) for char in sorted(new) if self._fold(char) != char],
                )
