"""The index over the passages, and that over what stands beside them: entries put in and taken out.

What may come in: a database inside a transaction whose rows of the passages are all there. The index keeps
no text (contentless): what is taken out has to be said again, so both ways read the same rows
(`loader.entries`).

An entry has a number of its own. FTS5 keeps the difference between neighbours, so numbers lie close: those
of a day share `2 ** day_bits`, a document gets as many in a row as it has passages (table `block`), and
numbers still sort by date. Where a day has no room left, the index is made anew with wider days; that happens
to few archives, and once. Rowids of passages could serve too, and would make the index twice as large; they
do in the index over asides, which are few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from loader.entries import TEXTS, Texts, entries, stamps
from loader.text import INDEX_VERSION, TOKENIZER, Fold

from . import common

DAY_BITS = 16
"""Of the numbers of a day's entries, in a new index."""
WIDER = 4
"""Bits by which days grow when one has no room."""
_STEP = 2_000
"""Pages of 4 KB that are merged at one go, a fraction of a second."""


class NoRoom(Exception):
    """A day has no room for so many entries more."""


def create(db: Database, day_bits: int) -> None:
    """An empty index, in place of the one there may be."""
    quoted = TOKENIZER.replace("'", "''")
    for table in TEXTS:
        db.execute(f"drop table if exists {table}_grams")
        db.execute(
            f"create virtual table {table}_grams using fts5"
            f" (grams, content='', columnsize=0, detail=none, tokenize='{quoted}')"
        )
    db.table("block").create(
        # shift: from the number of an entry to the passage's rowid
        {"base": int, "size": int, "shift": int, "document": int},
        pk="base",
        replace=True,
        strict=True,
    )
    db.table("block").create_index(["document"], unique=True)
    db.table("setting").upsert({"name": "day_bits", "value": str(day_bits)}, pk="name")
    db.table("facet").create({"id": int, "field": str, "key": str}, pk="id", replace=True, strict=True)
    db.table("facet").create_index(["field", "key"], unique=True)
    common.create(db)
    db.table("variant").create({"char": str, "folded": str}, pk="char", replace=True, strict=True)


def current(db: Database) -> bool:
    """Whether the index is as this version makes it."""
    row = db.execute("select value from setting where name = 'index_version'").fetchone()
    return row is not None and row[0] == str(INDEX_VERSION)


def rebuild(db: Database, fold: Fold, day_bits: int = DAY_BITS) -> None:
    """Make the index anew from the passages; the transaction is the caller's."""
    rows = db.execute("select id, date_key from document order by date_key, id").fetchall()
    try:
        create(db, day_bits)
        index = Index(db, fold)
        for number, key in rows:  # oldest first: FTS5 then merges what it writes instead of sorting it
            index.add_stored(number, key)
    except NoRoom:
        rebuild(db, fold, day_bits + WIDER)
    else:
        for table in TEXTS:
            db.execute(f"insert into {table}_grams ({table}_grams) values ('optimize')")
        common.estimate(db, fold)
        db.table("setting").upsert({"name": "index_version", "value": str(INDEX_VERSION)}, pk="name")


def settle(db: Database, fold: Fold) -> Iterator[None]:
    """Put an index much of which is new in order, step by step; after each the caller may commit.

    FTS5 leaves it in several parts, each of which is asked by every query; in one part it is a tenth smaller.
    """
    for table in TEXTS:
        merge = f"insert into {table}_grams ({table}_grams, rank) values ('merge', ?)"
        db.execute(merge, (-_STEP,))  # FTS5: a negative number begins with all parts there are
        yield
        changes, before = db.conn.total_changes, -2
        while changes - before >= 2:  # FTS5: fewer changes are its own, there was nothing to merge
            db.execute(merge, (_STEP,))
            yield
            before, changes = changes, db.conn.total_changes
    common.estimate(db, fold)
    yield


class Entry(NamedTuple):
    """A passage, or what stands beside them, for its index."""

    passage: int
    """Its rowid."""
    turn: int
    """The turn it stands in."""
    grams: str
    """Of its text, see `loader.text.grams`."""


class Index:
    """The tables `passage_grams` and `aside_grams`, and what belongs to them."""

    def __init__(self, db: Database, fold: Fold) -> None:
        self._db, self._fold = db, fold
        self._facets: dict[tuple[str, str], int] = {}
        self._known: set[str] = set()
        """Characters that are folded to themselves, or are in table `variant` already."""

    def add(
        self, document: int, key: int, passages: Sequence[Entry], beside: Sequence[Entry], chars: str
    ) -> None:
        """Put in the passages of a document held on a date and what stands beside them, by ascending rowid.

        `chars` are what all of them hold. FTS5 writes out what it has gathered whenever a number is not above
        the last. Raises `NoRoom`.
        """
        stamped = stamps(self._db.execute, self._fold, self._number, document)
        self._learn([chars])
        self._put(document, key, [(one.passage, f"{one.grams} {stamped[one.turn]}") for one in passages])
        self._put_beside([(one.passage, f"{one.grams} {stamped[one.turn]}") for one in beside])

    def add_stored(self, document: int, key: int) -> None:
        """Put in a document's passages and asides, which stand in their tables; raises `NoRoom`."""
        self._put(document, key, self._entries(document, key, "passage"))
        self._put_beside(self._entries(document, key, "aside"))

    def widen(self) -> None:
        """Make all anew with wider days, for every document there is."""
        self.forget_all()
        rebuild(self._db, self._fold, self._day_bits() + WIDER)

    def remove(self, document: int, key: int) -> int:
        """Take a document's passages and asides out, before their rows go; returns how many passages."""
        self._db.conn.executemany(
            "insert into aside_grams (aside_grams, rowid, grams) values ('delete', ?, ?)",
            self._entries(document, key, "aside"),
        )
        block = self._db.execute("select base, size from block where document = ?", (document,)).fetchone()
        if block is None:
            return 0
        self._db.conn.executemany(
            "insert into passage_grams (passage_grams, rowid, grams) values ('delete', ?, ?)",
            [
                (block[0] + place, tokens)
                for place, (_, tokens) in enumerate(self._entries(document, key, "passage"))
            ],
        )
        self._db.conn.execute("delete from block where document = ?", (document,))
        return int(block[1])

    def _put(self, document: int, key: int, passages: Sequence[tuple[int, str]]) -> None:
        """Put in passages whose rowids follow one another."""
        if not passages:
            return
        base = self._room(key, len(passages))
        self._db.conn.execute(
            "insert into block (base, size, shift, document) values (?, ?, ?, ?)",
            (base, len(passages), passages[0][0] - base, document),
        )
        self._db.conn.executemany(
            "insert into passage_grams (rowid, grams) values (?, ?)",
            enumerate((tokens for _, tokens in passages), base),
        )

    def _put_beside(self, rows: Sequence[tuple[int, str]]) -> None:
        self._db.conn.executemany("insert into aside_grams (rowid, grams) values (?, ?)", rows)

    def _day_bits(self) -> int:
        (bits,) = self._db.execute("select value from setting where name = 'day_bits'").fetchone()
        return int(bits)

    def _room(self, key: int, size: int) -> int:
        """The first of so many free numbers of a day, behind those given out; raises `NoRoom`."""
        bits = self._day_bits()
        first, end = max(key << bits, 1), (key + 1) << bits
        last = self._db.execute(
            "select base + size from block where base < ? order by base desc limit 1", (end,)
        ).fetchone()
        base = max(first, last[0] if last else 0)
        if base + size > end:
            raise NoRoom
        return base

    def forget_all(self) -> None:
        """What was remembered of the tables is to be read anew: a transaction was rolled back."""
        self._facets.clear()
        self._known.clear()

    def _entries(self, document: int, key: int, table: Texts) -> list[tuple[int, str]]:
        """Rowid and tokens of each text of a document, ascending."""
        found = list(entries(self._db.execute, self._fold, self._number, document, key, table))
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
