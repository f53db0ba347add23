"""Is the archive whole? SQLite's own checks, then ours: index, words and sources against passages.

What may come in: a connection inside a snapshot. Reads everything once.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from loader.entries import entries
from loader.kept import source_text, unpack_raw
from loader.layout import briefing_range
from loader.text import Fold

_HALF = 32
"""Bits of a rowid that are summed apart: the sums stay within 64 bits."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was counted and what is wrong; whole if `problems` is empty."""

    sources: int
    documents: int
    passages: int
    problems: tuple[str, ...]


def check(db: sqlite3.Connection) -> Report:
    """Check the archive behind `db`; raises `sqlite3.Error` where it cannot even be read."""
    problems = [f"SQLite: {line}" for (line,) in db.execute("pragma integrity_check(20)") if line != "ok"]
    problems += [
        f"a row of {table} belongs to nothing" for table, *_ in db.execute("pragma foreign_key_check")
    ]
    problems += _sources(db)
    problems += _index(db)
    problems += _words(db)
    sources, documents, passages = (_count(db, table) for table in ("source", "document", "passage"))
    return Report(sources, documents, passages, tuple(problems))


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"select count(*) from {table}").fetchone()[0])


def _sources(db: sqlite3.Connection) -> Iterator[str]:
    rows = db.execute("select id, path, sha256, encoding, chars, raw, text from source")
    for number, path, sha256, encoding, chars, raw, packed in rows:
        try:
            text = source_text(db.execute, number, packed)
            original = unpack_raw(raw, text, encoding)
        except (zlib.error, UnicodeError, LookupError) as error:
            yield f"{path}: the source kept is damaged ({error})"
            continue
        if hashlib.sha256(original).hexdigest() != sha256:
            yield f"{path}: the bytes kept are not those that were loaded"
        if len(text) != chars:
            yield f"{path}: the text kept has {len(text)} characters, not {chars}"
        yield from _coverage(db, number, path, text)
        yield from _passages(db, number, path, text)


def _coverage(db: sqlite3.Connection, source: int, path: str, text: str) -> Iterator[str]:
    """Every non-blank character of a source stands in exactly one turn."""
    spans = db.execute(
        "select t.start, t.stop from turn t join document d on d.id = t.document"
        " where d.source = ? order by t.start, t.stop",
        (source,),
    )
    at = 0
    for start, stop in spans:
        if start < at:
            yield f"{path}: two turns overlap at character {start}"
        elif text[at:start].strip():
            yield f"{path}: no turn holds characters {at} to {start}"
        at = max(at, stop)
    if text[at:].strip():
        yield f"{path}: no turn holds the text after character {at}"


def _passages(db: sqlite3.Connection, source: int, path: str, text: str) -> Iterator[str]:
    documents = db.execute("select date_key, id from document where source = ?", (source,)).fetchall()
    for key, number in documents:
        rows = db.execute(
            "select start, stop, text from passage where id between ? and ?", briefing_range(key, number)
        )
        for start, stop, passage in rows:
            if text[start:stop] != passage:
                yield f"{path}: the passage at character {start} is not what the source says"


def _index(db: sqlite3.Connection) -> Iterator[str]:
    """The index holds for each token the passages that it should: as many, and of the same rowids in sum."""
    (pairs,) = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()
    wanted = _wanted(db, Fold(pairs))
    wrong = 0
    db.execute("pragma query_only = off")  # the table of the index's words is a temporary one
    db.execute("create virtual table temp.entry using fts5vocab (main, passage_grams, instance)")
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
    wrong += len(wanted)
    if wrong:
        yield (
            f"the index is wrong about {wrong} of its tokens: `briefings-tui check --repair` makes it anew"
        )


def _words(db: sqlite3.Connection) -> Iterator[str]:
    """The words are those of the passages, each with as many documents, and with its readings."""
    from loader.lexicon import kept_of
    from loader.pinyin import readings

    from .words import vetted

    other = vetted(db)
    if other is not None:
        yield other
        return
    (pairs,) = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()
    fold = Fold(pairs)
    wanted: Counter[str] = Counter()
    for document, key in db.execute("select id, date_key from document").fetchall():
        wanted.update(kept_of(db.execute, fold, document, key))
    held = dict(db.execute("select word, documents from word"))
    wrong = {word for word in wanted.keys() | held.keys() if wanted[word] != held.get(word, 0)}
    read = {(key, word) for word in wanted for key in readings(word)}
    wrong |= {word for _, word in read.symmetric_difference(db.execute("select key, word from reading"))}
    if wrong:
        yield f"{len(wrong)} words of the archive are wrong: `briefings-tui check --repair` makes them anew"


def _wanted(db: sqlite3.Connection, fold: Fold) -> dict[str, list[int]]:
    """For each token that the index should hold: how many passages, and the sums of their numbers' halves."""
    facets: dict[tuple[str, str], int] = {
        (field, key): number for number, field, key in db.execute("select id, field, key from facet")
    }

    def number(field: str, key: str) -> int:
        return facets.get((field, key), 0)

    wanted: dict[str, list[int]] = {}
    for document, key in db.execute("select id, date_key from document").fetchall():
        block = db.execute("select shift from block where document = ?", (document,)).fetchone()
        for rowid, _text, tokens in entries(
            db.execute, fold, number, document, *briefing_range(key, document)
        ):
            passage = rowid - (block[0] if block else 0)
            high, low = passage >> _HALF, passage & (1 << _HALF) - 1
            for token in tokens.split(" "):
                sums = wanted.setdefault(token, [0, 0, 0])
                sums[0] += 1
                sums[1] += high
                sums[2] += low
    return wanted
