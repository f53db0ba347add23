"""Makes a new archive of a damaged one: what is whole is copied, what is not is parsed anew where it can be.

What may come in: an archive of this schema that SQLite can open, damaged anywhere else. A source is whole if
its seal, those of its documents, and its hash say so. Of others the bytes are taken from the archive, or from
the file they came from if it is still the same; ids, numbers and corrections stay as far as they can be read.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from loader.archive import alike, seals
from loader.archive.correction_table import waiting_at
from loader.archive.errors import WRONG_VALUES, ArchiveError, failed
from loader.archive.identities import Identity, leave
from loader.archive.opening import opened
from loader.archive.writer import Writer
from loader.guard import bound, stranger
from loader.kept import source_text, uncovered, unpack_raw, whole
from loader.layout import APPLICATION_ID, BRIEFING_BITS, MAX_BRIEFINGS, PLACE_BITS, briefing_range
from loader.model import Reading, SourceError
from loader.prepare import prepare
from loader.read import read_again
from loader.read.find import plain_bytes
from loader.seal import (
    COPY,
    CORRECTION,
    DOCUMENT,
    FORMER,
    PARTS,
    PASSAGE,
    SOURCE,
    of_document,
    of_settings,
    seal,
    seal_of_source,
)

_WRONG = (sqlite3.Error, zlib.error, *WRONG_VALUES, SourceError)
"""What reading may raise of what is damaged."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOCUMENT = (*DOCUMENT, "same_as", "same_seal", "seal", "digest")
_NEAR = 16
Row = tuple[Any, ...]


class Salvaged(NamedTuple):
    """What became of the sources of a damaged archive."""

    whole: int
    """Copied as they were."""
    again: int
    """Parsed anew."""
    lost: tuple[str, ...]
    """By path, or by the id of a document; corrections by what they say of themselves."""


def salvage(damaged: Path, fresh: Path) -> Salvaged:
    """Make the archive `fresh` out of `damaged`, which stays as it is; raises `ArchiveError`."""
    try:
        with closing(_opened(damaged)) as scanned, closing(_opened(damaged)) as old:
            pairs = _pairs(scanned)
            opened(fresh, make=True).db.close()
            with Writer(fresh) as writer:
                if pairs is not None:
                    writer.db.table("setting").upsert(
                        {"name": "traditional_pairs", "value": pairs}, pk="name"
                    )
                    seals.settings(writer.db)
            with Writer(fresh) as writer:
                return _Salvage(scanned, old, writer, trusted=pairs is not None).run()
    except (sqlite3.Error, UnicodeError) as error:
        raise failed(damaged, error) from error


def _opened(path: Path) -> sqlite3.Connection:
    """A connection that reads whatever SQLite can make of the file, and writes nothing."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    db.text_factory = lambda raw: raw.decode("utf-8", "replace")
    bound(db)
    db.execute("pragma writable_schema = on")  # a file that was cut off is read as far as it goes
    db.execute("begin")  # who writes waits
    if db.execute("pragma application_id").fetchone() != (APPLICATION_ID,) or stranger(
        db.execute, damaged=True
    ):
        db.close()
        raise ArchiveError(f"{path} is no archive that could be mended: restore a copy")
    return db


def _pairs(old: sqlite3.Connection) -> str | None:
    """The fold's table by which the archive was written; None if that cannot be said."""
    with suppress(*_WRONG):
        settings = dict(old.execute("select name, value from setting").fetchall())
        if settings["seal"] == of_settings(old.execute):
            return str(settings["traditional_pairs"])
    return None


class _Salvage:
    """One damaged archive on its way into a new one."""

    def __init__(
        self, scanned: sqlite3.Connection, old: sqlite3.Connection, writer: Writer, *, trusted: bool
    ) -> None:
        """Both connections are to the damaged file: one that came upon damage copies nothing any more."""
        self.old, self.writer, self.trusted = old, writer, trusted
        self.sources = _rows(scanned, "source", (*SOURCE, "seal"))
        _shadow(old, "source", (*SOURCE, "seal"), self.sources.values())
        self.documents: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        """By the number of their source."""
        rows = _rows(scanned, "document", _DOCUMENT)
        hashes = _scan(scanned, "select hash, document from sketch not indexed")
        _shadow(old, "document", _DOCUMENT, rows.values())
        _shadow(old, "sketch", ("hash", "document"), hashes)
        for row in rows.values():
            one = dict(zip(_DOCUMENT, row, strict=True))
            self.documents[one["source"]].append(one)
        self.lost: list[str] = []
        self._found: dict[int, bytes] = {}
        """Bytes of sources none of whose documents can be read."""
        self._find_documents({row[0] for row in rows.values()})

    def _find_documents(self, known: set[int]) -> None:
        """Where a document's row cannot be read, its passages are known by what they make of its source.

        Numbers are given in the order of sources, so that those near its place are tried.
        """
        shift = f"id >> {PLACE_BITS}"
        packed = [one for (one,) in _scan(self.old, f"select distinct {shift} from passage order by {shift}")]
        groups = sorted((one & MAX_BRIEFINGS, one >> BRIEFING_BITS) for one in packed)
        groups = [group for group in groups if group[0] not in known]
        for place, source in enumerate(sorted(self.sources.keys() - self.documents.keys())):
            of = dict(zip(SOURCE, self.sources[source], strict=False))
            for number, key in groups[max(0, place - _NEAR) : place + _NEAR]:
                with suppress(*_WRONG):
                    passages = self.old.execute(
                        "select start, text from passage where id between ? and ?",
                        briefing_range(key, number),
                    ).fetchall()
                    raw = unpack_raw(of["raw"], whole(of["text"], passages, of["chars"]), of["encoding"])
                    if hashlib.sha256(raw).hexdigest() == of["sha256"]:
                        self._found[source] = raw
                        self.documents[source].append({"id": number, "nth": 0, "slug": ""})
                        break

    def run(self) -> Salvaged:
        """Copy, parse, index."""
        hurt = self._copy()
        self._keep_corrections()
        self._keep_former()
        with self.writer.together():
            again = sum(self._parse(number) for number in hurt)
            self._keep_copies()
        for source in self.documents.keys() - self.sources.keys():
            self.lost += [str(one["slug"]) for one in self.documents[source]]
        self.writer.repair()
        return Salvaged(len(self.sources) - len(hurt), again, tuple(self.lost))

    def _copy(self) -> list[int]:
        """Copy what is whole; returns the numbers of the other sources."""
        db, hurt = self.writer.db.conn, []
        with self.writer.db.atomic():
            for number, row in sorted(self.sources.items()):
                if not self._is_whole(number, row):
                    hurt.append(number)
                    continue
                _insert(db, "source", (*SOURCE, "seal"), [row])
                for one in self.documents[number]:
                    self._copy_document(one)
            heads = db.execute(
                "select distinct same_as from document where same_as not in (select id from document"
                " where same_as is null)"
            ).fetchall()
            for (head,) in heads:  # it is parsed anew or lost: the others choose another
                alike.leave(self.writer.db, head)
        return hurt

    def _is_whole(self, number: int, row: Row) -> bool:
        *values, kept = row
        if not self.trusted or number in self._found or seal_of_source(values) != kept:
            return False
        documents = sorted(self.documents[number], key=lambda one: int(one["nth"]))
        try:
            for nth, one in enumerate(documents):
                same = one["same_as"] and one["same_as"] * 1000003 + one["id"]
                if one["nth"] != nth or one["same_seal"] != same:
                    return False
                if of_document(self.old.execute, one["id"], one["date_key"]) != one["seal"]:
                    return False
            text, raw = self._read(number, row)
            return hashlib.sha256(raw).hexdigest() == row[SOURCE.index("sha256")] and not any(
                uncovered(self.old.execute, number, text)
            )
        except _WRONG:
            return False

    def _read(self, number: int, row: Row) -> tuple[str, bytes]:
        """Text and bytes of a source; raises one of `_WRONG`."""
        of = dict(zip(SOURCE, row, strict=False))
        text = source_text(self.old.execute, number, of["text"])
        return text, unpack_raw(of["raw"], text, of["encoding"])

    def _copy_document(self, one: Mapping[str, Any]) -> None:
        db, number = self.writer.db.conn, one["id"]
        _insert(db, "document", tuple(one), [tuple(one.values())])
        for table, columns in PARTS.items():
            own = ("document", *columns)
            rows = self.old.execute(f"select {', '.join(own)} from {table} where document = ?", (number,))
            _insert(db, table, own, rows.fetchall())
        low_high = briefing_range(one["date_key"], number)
        rows = self.old.execute(
            f"select {', '.join(PASSAGE)} from passage where id between ? and ?", low_high
        )
        _insert(db, "passage", PASSAGE, rows.fetchall())
        hashes = self.old.execute("select hash from sketch where document = ?", (number,)).fetchall()
        plain = {value if value >= 0 else -1 - value for (value,) in hashes}
        signed = sorted(value if one["same_as"] is None else -1 - value for value in plain)
        _insert(db, "sketch", ("hash", "document"), [(value, number) for value in signed])

    def _keep_former(self) -> None:
        """Keep the ids of documents that had left."""
        with self.writer.db.atomic():
            for *values, kept in _rows(self.old, "former", (*FORMER, "seal")).values():
                if seal(*values) == kept:
                    _insert(self.writer.db.conn, "former", (*FORMER, "seal"), [(*values, kept)])

    def _keep_copies(self) -> None:
        """Have the other paths hold the sources, which may have other numbers now."""
        for path, source, kept in _rows(self.old, "copy", (*COPY, "seal")).values():
            if seal(path, source) == kept and source in self.sources:
                self.writer.hold(path, str(self.sources[source][SOURCE.index("sha256")]))

    def _keep_corrections(self) -> None:
        with self.writer.db.atomic():
            for slug, field, value, right in self._corrections():
                if right:
                    row = slug, field, value, seal(slug, field, value)
                    _insert(self.writer.db.conn, "correction", (*CORRECTION, "seal"), [row])
                else:
                    self.lost.append(f"a correction of {slug}")

    def _corrections(self) -> Iterator[tuple[Any, Any, Any, bool]]:
        """Id, field and value of each correction, and whether it is what was written."""
        if not any(_scan(self.old, "select 1 from pragma_table_info('correction') where name = 'nth'")):
            for *values, kept in _rows(self.old, "correction", (*CORRECTION, "seal")).values():
                yield values[0], values[1], values[2], seal(*values) == kept
            return
        path_of = {number: row[SOURCE.index("path")] for number, row in self.sources.items()}
        slugs = {
            (path_of.get(source), one["nth"]): str(one["slug"])
            for source, documents in self.documents.items()
            for one in documents
        }
        for *values, kept in _rows(
            self.old, "correction", ("path", "nth", "field", "value", "seal")
        ).values():
            path, nth, field, value = values
            slug = slugs.get((path, nth)) or waiting_at(path, nth)
            yield slug, field, value, seal(*values) == kept

    def _parse(self, number: int) -> bool:
        """Parse a source anew; whether that could be done."""
        row = self.sources[number]
        path, wanted = str(row[SOURCE.index("path")]), row[SOURCE.index("sha256")]
        for raw in self._candidates(number, row):
            if hashlib.sha256(raw).hexdigest() != wanted:
                continue
            with suppress(*_WRONG, ArchiveError):
                source = prepare(self._read_again(raw, path, row), self.writer.fold)
                stems = {nth: one.stem for nth, one in enumerate(source.documents)}
                self.writer.write(path, source, kept=self._kept(number, stems))
                return True
        self.lost.append(path)
        known = [one for one in self.documents[number] if _SLUG.fullmatch(str(one["slug"]))]
        leave(self.writer.db.conn, path, [(str(one["slug"]), one.get("digest")) for one in known])
        return False

    def _read_again(self, raw: bytes, path: str, row: Row) -> Reading:
        """The bytes of a source as they were read; where that is damaged too, as a file would be."""
        encoding, how = (row[SOURCE.index(name)] for name in ("encoding", "how"))
        try:
            return read_again(raw, path, self.writer.how(path, encoding, how))
        except SourceError:
            return read_again(raw, path, {})

    def _candidates(self, number: int, row: Row) -> Iterator[bytes]:
        if number in self._found:
            yield self._found[number]
        with suppress(*_WRONG):
            yield self._read(number, row)[1]
        with suppress(SourceError):
            yield plain_bytes(str(row[SOURCE.index("path")]))
        for path, source, _ in _rows(self.old, "copy", (*COPY, "seal")).values():
            if source == number:
                with suppress(SourceError):
                    yield plain_bytes(str(path))

    def _kept(self, source: int, stems: Mapping[int, str]) -> dict[int, Identity]:
        """Number and id of each document of a source, by its place, where they are to be kept."""
        out: dict[int, Identity] = {}
        taken = dict(self.writer.db.execute("select id, slug from document").fetchall())
        for one in self.documents[source]:
            number, slug, stem = one["id"], str(one["slug"]), stems.get(one["nth"], "")
            if not slug or (len(slug) == len(stem) and sum(map(str.__ne__, slug, stem)) == 1):
                slug = stem  # it could not be read, or a bit in it was flipped
            free = 0 < number <= MAX_BRIEFINGS and number not in taken and slug not in taken.values()
            if free and _SLUG.fullmatch(slug):
                out[one["nth"]] = Identity(number, slug)
        return out


def _shadow(
    db: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Sequence[Any]]
) -> None:
    """Have a table that is looked up by indexes, which may be damaged, read from a copy in its place."""
    held = [tuple(row) for row in rows]
    db.execute(f"create temp table {table} ({', '.join(columns)})")
    _insert(db, f"temp.{table}", columns, held)
    for column in {"id", "source", "document"} & set(columns):
        db.execute(f"create index temp.{table}_{column} on {table} ({column})")


def _scan(db: sqlite3.Connection, sql: str) -> Iterator[Row]:
    """Rows of a statement as far as they can be read."""
    with suppress(sqlite3.Error):
        yield from db.execute(sql)


def _insert(db: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    db.executemany(
        f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})", rows
    )


def _rows(db: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> dict[int, Row]:
    """All rows of a table that can be read, by rowid: from both ends, and one by one in between."""
    there = {name for _, name, *_ in _scan(db, f"pragma table_info({table})")}
    named = ", ".join(name if name in there or not there else "null" for name in columns)  # an older schema
    sql = f"select rowid, {named} from {table} not indexed"
    found: dict[int, Row] = {}
    for order in ("asc", "desc"):
        try:
            for number, *row in db.execute(f"{sql} order by rowid {order}"):
                found[number] = tuple(row)
            return found
        except sqlite3.Error:
            continue
    for number in range(1, max(found, default=0)):
        if number not in found:
            with suppress(sqlite3.Error):
                row = db.execute(f"{sql} where rowid = ?", (number,)).fetchone()
                if row:
                    found[number] = tuple(row[1:])
    return found
