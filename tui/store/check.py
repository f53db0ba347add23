"""Is the archive whole? SQLite's own checks, then ours: index against passages, spans against sources.

What may come in: a connection inside a snapshot. Reads everything once.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from loader.layout import briefing_range


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
    sources, documents, passages = (_count(db, table) for table in ("source", "document", "passage"))
    return Report(sources, documents, passages, tuple(problems))


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"select count(*) from {table}").fetchone()[0])


def _sources(db: sqlite3.Connection) -> Iterator[str]:
    rows = db.execute("select id, path, sha256, encoding, chars, raw, text from source")
    for number, path, sha256, encoding, chars, raw, packed in rows:
        try:
            text = zlib.decompress(packed).decode()
            original = zlib.decompress(raw) if raw is not None else text.encode(encoding)
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
    """The index names the passages there are, and no others."""
    for what, one, other in (
        ("passages are not in the index", "passage", "passage_grams_docsize"),
        ("entries of the index have no passage", "passage_grams_docsize", "passage"),
    ):
        (count,) = db.execute(
            f"select count(*) from (select id from {one} except select id from {other})"
        ).fetchone()
        if count:
            yield f"{count} {what}"
