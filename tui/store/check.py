"""Is the archive whole? SQLite's own checks, then ours: seals and sources, index and words against passages.

What may come in: a connection inside a snapshot, to an archive that may be damaged anywhere. Reads everything
once; what cannot be read is a problem like others. A flipped bit that changes what is said anywhere is found:
what nothing else confirms is sealed (`loader.seal`), what is derived is derived again.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loader.kept import source_text, uncovered, unpack_raw
from loader.layout import briefing_range
from loader.seal import COPY, CORRECTION, FORMER, SAME_STANDS, of_document, of_settings, of_source, seal

from .connect import WRONG_VALUES
from .derived import DERIVED

_INDEX_LINE = "inverted index for FTS5"
"""What SQLite from 3.44 on says of an index that is wrong in itself."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was counted and what is wrong; whole if `problems` is empty."""

    sources: int
    documents: int
    passages: int
    problems: tuple[str, ...]
    derived: bool = True
    """Whether all that is wrong is made of the passages, and can be made of them anew."""


def check(db: sqlite3.Connection, at: Callable[[str], object] = str) -> Report:
    """Check the archive behind `db`; raises `sqlite3.Error` where it cannot even be read.

    `at` is called with each step that begins, in a few words: of a large archive each takes a while.
    """
    at("the file")
    sqlites = [line for (line,) in db.execute("pragma integrity_check(20)") if line != "ok"]
    wrong = [f"SQLite: {line}" for line in sqlites if _INDEX_LINE not in line]
    for name, look in _LOOKS.items():
        at(name)
        wrong += _told(look(db))
    remade = [f"SQLite: {line}" for line in sqlites if _INDEX_LINE in line]
    for name, derive in DERIVED.items():
        at(name)
        remade += _told(derive(db))
    sources, documents, passages = (_count(db, table) for table in ("source", "document", "passage"))
    return Report(sources, documents, passages, (*wrong, *remade), not wrong)


def _told(problems: Iterator[str]) -> Iterator[str]:
    """These, and that the archive cannot be read on where that is so."""
    try:
        yield from problems
    except sqlite3.Error as error:
        yield f"something cannot be read: {' '.join(str(error).split())}"
    except WRONG_VALUES as error:
        yield f"something is not what any archive holds ({type(error).__name__})"


def _count(db: sqlite3.Connection, table: str) -> int:
    try:
        return int(db.execute(f"select count(*) from {table}").fetchone()[0])
    except sqlite3.Error:
        return 0


def _belonging(db: sqlite3.Connection) -> Iterator[str]:
    """Every row belongs to something that is there."""
    for table, *_ in db.execute("pragma foreign_key_check"):
        yield f"a row of {table} belongs to nothing"
    held = 0
    for key, number in db.execute("select date_key, id from document").fetchall():
        low, high = briefing_range(key, number)
        held += db.execute("select count(*) from passage where id between ? and ?", (low, high)).fetchone()[0]
    if held != _count(db, "passage"):
        yield "some passages belong to no document"


def _settings(db: sqlite3.Connection) -> Iterator[str]:
    kept = db.execute("select value from setting where name = 'seal'").fetchone()
    if kept != (of_settings(db.execute),):
        yield "the schema or the table of Traditional characters is not what was written"


def _documents(db: sqlite3.Connection) -> Iterator[str]:
    """Each document with its parts is what was written; groups of prints have one head each."""
    rows = db.execute(f"select id, date_key, slug, seal, {SAME_STANDS}, same_as from document").fetchall()
    heads = {number for number, *_, first in rows if first is None}
    for number, key, slug, kept, agrees, first in rows:
        if of_document(db.execute, number, key) != kept:
            yield f"{slug!r}: the document is not what was written"
        if not agrees or not (first is None or first in heads):
            yield f"{slug!r}: the print that it belongs to is not what was written"
        wrong = "hash < 0" if first is None else "hash >= 0"
        if db.execute(f"select 1 from sketch where document = ? and {wrong} limit 1", (number,)).fetchone():
            yield f"{slug!r}: the prints that it is compared with are not what was written"


def _corrections(db: sqlite3.Connection) -> Iterator[str]:
    """What people put right is what was written; if its document is gone, it waits for it to come again."""
    rows = db.execute(f"select {', '.join(CORRECTION)}, seal from correction")
    for slug, field, value, kept in rows:
        if seal(slug, field, value) != kept:
            yield f"{slug!r}: the correction of the {field} is not what was written"


def _copies(db: sqlite3.Connection) -> Iterator[str]:
    """What other paths hold is what was written, and no path holds two sources."""
    for path, source, kept in db.execute(f"select {', '.join(COPY)}, seal from copy"):
        if seal(path, source) != kept:
            yield f"{path}: the source that it holds too is not what was written"
    for (path,) in db.execute("select path from copy join source using (path)"):
        yield f"{path} holds two sources"


def _former(db: sqlite3.Connection) -> Iterator[str]:
    """The ids of documents that left are what was written, and none is in use."""
    for slug, path, digest, kept in db.execute(f"select {', '.join(FORMER)}, seal from former"):
        if seal(slug, path, digest) != kept:
            yield f"{slug!r}: the former id is not what was written"
    for (slug,) in db.execute("select slug from former join document using (slug)"):
        yield f"{slug!r} is the id of a document and a former one"


def _sources(db: sqlite3.Connection) -> Iterator[str]:
    rows = db.execute("select id, path, sha256, encoding, chars, raw, text, seal from source")
    for number, path, sha256, encoding, chars, raw, packed, kept in rows:
        if of_source(db.execute, number) != kept:
            yield f"{path}: the source is not what was written"
        try:
            text = source_text(db.execute, number, packed)
            original = unpack_raw(raw, text, encoding)
        except (zlib.error, *WRONG_VALUES) as error:
            yield f"{path}: the source kept is damaged ({error})"
            continue
        if hashlib.sha256(original).hexdigest() != sha256:
            yield f"{path}: the bytes kept are not those that were loaded"
        if len(text) != chars:
            yield f"{path}: the text kept has {len(text)} characters, not {chars}"
        for line in uncovered(db.execute, number, text):
            yield f"{path}: {line}"
        yield from _passages(db, number, path, text)


def _passages(db: sqlite3.Connection, source: int, path: str, text: str) -> Iterator[str]:
    documents = db.execute("select date_key, id from document where source = ?", (source,)).fetchall()
    for key, number in documents:
        rows = db.execute(
            "select start, stop, text from passage where id between ? and ?", briefing_range(key, number)
        )
        for start, stop, passage in rows:
            if text[start:stop] != passage:
                yield f"{path}: the passage at character {start} is not what the source says"


_LOOKS = {
    "what belongs to what": _belonging,
    "the schema": _settings,
    "documents": _documents,
    "corrections": _corrections,
    "copies": _copies,
    "former ids": _former,
    "sources": _sources,
}
"""What tells what is wrong of what nothing else in an archive can make anew, each about one thing."""
