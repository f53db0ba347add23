"""What an archive derives from its passages, for `check`: index, blocks, variants and words, derived again.

What may come in: a connection inside a snapshot, to an archive that may be damaged anywhere. `check --repair`
makes all of this anew (`loader.archive.index`, `loader.archive.words`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from loader.asides import stored
from loader.entries import TEXTS, Texts, entries
from loader.kept import documents_of, source_text
from loader.layout import briefing_range
from loader.likeness import letters, text_digest
from loader.text import Fold
from tui.store.connect import guard

_HALF = 32
"""Bits of a rowid that are summed apart: the sums stay within 64 bits."""
_CHECKED_BY_SQLITE = (3, 44)
"""The version from which `pragma integrity_check` looks into the index."""
_REMADE = "`briefings-tui check --repair` makes"


def _blocks(db: sqlite3.Connection) -> Iterator[str]:
    """Each document has a block of as many numbers as it has passages, of its day, and no other's."""
    (bits,) = db.execute("select value from setting where name = 'day_bits'").fetchone()
    blocks = {one: tuple(rest) for one, *rest in db.execute("select document, base, size, shift from block")}
    wrong = 0
    for document, key in db.execute("select id, date_key from document").fetchall():
        count, lowest = db.execute(
            "select count(*), min(id) from passage where id between ? and ?", briefing_range(key, document)
        ).fetchone()
        base, size, shift = blocks.pop(document, (None, 0, 0))
        right = size == count and (base is None) == (count == 0)
        if right and base is not None:
            right = base + shift == lowest and base >> int(bits) == (base + size - 1) >> int(bits) == key
        wrong += not right
    wrong += len(blocks)
    spans = db.execute("select base, base + size from block order by base").fetchall()
    wrong += sum(stop > start for (_, stop), (start, _) in pairwise(spans))
    if wrong:
        yield f"the index is wrong about where {wrong} documents stand in it: {_REMADE} it anew"


def _asides(db: sqlite3.Connection) -> Iterator[str]:
    """What stands beside the passages of each document is all that its source has there, and no more."""
    wrong = 0
    for source, packed in db.execute("select id, text from source").fetchall():
        text = source_text(db.execute, source, packed)
        for key, document in documents_of(db.execute, source):
            held = db.execute(
                "select id, turn, start, stop, text from aside where id between ? and ? order by id",
                briefing_range(key, document),
            ).fetchall()
            wrong += held != stored(db.execute, text, document, key)
    (rows,) = db.execute("select count(*) from aside").fetchone()
    (owned,) = db.execute(
        "select count(*) from aside where (id >> 21) & 0xfffff in (select id from document)"
    ).fetchone()
    if wrong or rows != owned:
        yield f"what stands beside the passages is wrong in {max(wrong, 1)} documents: {_REMADE} it anew"


def _variants(db: sqlite3.Connection) -> Iterator[str]:
    """All characters of the texts that are folded to others are written down, and nothing wrong is."""
    fold = _fold(db)
    chars: set[str] = set()
    for table in TEXTS:
        for (text,) in db.execute(f"select text from {table}"):
            chars.update(text)
    held = dict(db.execute("select char, folded from variant").fetchall())
    wanted = {char for char in chars if fold(char) != char}
    wrong = len(wanted - held.keys()) + sum(fold(char) != folded for char, folded in held.items())
    if wrong:
        yield f"the index is wrong about {wrong} characters: {_REMADE} it anew"


def _structure(db: sqlite3.Connection) -> Iterator[str]:
    """The index leads to what it holds: FTS5's own check, of a copy, since it runs on what may be written."""
    if sqlite3.sqlite_version_info >= _CHECKED_BY_SQLITE:
        return
    db.execute("pragma query_only = off")
    guard(db, on=False)  # rows are written to tables that are FTS5's own, of a copy
    try:
        for table in TEXTS:
            error = _error_in(db, table)
            if error is not None:
                yield f"the index is wrong in itself ({error}): {_REMADE} it anew"
    finally:
        guard(db, on=True)
        db.execute("pragma query_only = on")


def _error_in(db: sqlite3.Connection, table: Texts) -> sqlite3.DatabaseError | None:
    """What FTS5 finds wrong in a copy of an index."""
    db.execute("create virtual table temp.copied using fts5 (grams, content='', columnsize=0, detail=none)")
    try:
        for part in ("data", "idx"):
            db.execute(f"delete from temp.copied_{part}")
            db.execute(f"insert into temp.copied_{part} select * from main.{table}_grams_{part}")
        db.execute("insert into temp.copied (copied) values ('integrity-check')")
    except sqlite3.DatabaseError as error:
        return error
    finally:
        db.execute("drop table temp.copied")
    return None


def _index(db: sqlite3.Connection) -> Iterator[str]:
    """The index holds for each token the passages that it should: as many, and of the same rowids in sum.

    So does that of what stands beside them.
    """
    wrong = sum(_wrong_tokens(db, table) for table in TEXTS)
    if wrong:
        yield f"the index is wrong about {wrong} of its tokens: {_REMADE} it anew"


def _wrong_tokens(db: sqlite3.Connection, table: Texts) -> int:
    wanted = _wanted(db, _fold(db), table)
    wrong = 0
    db.execute("pragma query_only = off")  # the table of the index's words is a temporary one
    db.execute(f"create virtual table temp.entry using fts5vocab (main, {table}_grams, instance)")
    try:
        rows = db.execute(
            f"select term, count(*), sum(doc >> {_HALF}), sum(doc & {(1 << _HALF) - 1}) from temp.entry"
            " group by term"
        )
        for term, *sums in rows:
            wrong += wanted.pop(term, None) != sums
    finally:
        db.execute("drop table temp.entry")
        db.execute("pragma query_only = on")
    return wrong + len(wanted)


def _words(db: sqlite3.Connection) -> Iterator[str]:
    """The words are those of the passages, each with as many documents, and with its readings."""
    from loader.lexicon import kept_of
    from loader.pinyin import readings

    from .words import vetted

    other = vetted(db)
    if other is not None:
        yield other
        return
    fold = _fold(db)
    wanted: Counter[str] = Counter()
    for document, key in db.execute("select id, date_key from document").fetchall():
        wanted.update(kept_of(db.execute, fold, document, key))
    held = dict(db.execute("select word, documents from word"))
    wrong = {word for word in wanted.keys() | held.keys() if wanted[word] != held.get(word, 0)}
    read = {(key, word) for word in wanted for key in readings(word)}
    wrong |= {word for _, word in read.symmetric_difference(db.execute("select key, word from reading"))}
    if wrong:
        yield f"{len(wrong)} words of the archive are wrong: {_REMADE} them anew"


def _digests(db: sqlite3.Connection) -> Iterator[str]:
    """The digests by which texts are known again are those of the passages."""
    wrong = 0
    for document, key, digest in db.execute("select id, date_key, digest from document").fetchall():
        rows = db.execute(
            "select text from passage where id between ? and ? order by id desc",
            briefing_range(key, document),
        )
        wrong += text_digest(letters("".join(text for (text,) in rows))) != digest
    if wrong:
        yield f"the digests of {wrong} documents are wrong: {_REMADE} them anew"


def _wanted(db: sqlite3.Connection, fold: Fold, table: Texts) -> dict[str, list[int]]:
    """For each token that the index should hold: how many passages, and the sums of their numbers' halves."""
    facets: dict[tuple[str, str], int] = {
        (field, key): number for number, field, key in db.execute("select id, field, key from facet")
    }

    def number(field: str, key: str) -> int:
        return facets.get((field, key), 0)

    wanted: dict[str, list[int]] = {}
    for document, key in db.execute("select id, date_key from document").fetchall():
        block = db.execute("select shift from block where document = ?", (document,)).fetchone()
        shift = block[0] if block and table == "passage" else 0
        for rowid, _text, tokens in entries(db.execute, fold, number, document, key, table):
            passage = rowid - shift
            high, low = passage >> _HALF, passage & (1 << _HALF) - 1
            for token in tokens.split(" "):
                sums = wanted.setdefault(token, [0, 0, 0])
                sums[0] += 1
                sums[1] += high
                sums[2] += low
    return wanted


def _fold(db: sqlite3.Connection) -> Fold:
    (pairs,) = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()
    return Fold(pairs)


DERIVED = {
    "what stands beside the passages": _asides,
    "the index": _index,
    "what leads to it": _structure,
    "numbers of passages": _blocks,
    "variants of characters": _variants,
    "words": _words,
    "digests of texts": _digests,
}
"""What tells what is wrong, each about one thing; all raise as reading does."""
