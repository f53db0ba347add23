"""What the archive holds, as the loader asks before it writes: sources by path and hash, what people said.

What may come in: paths as they are kept (absolute, or of what came through a pipe), ids of documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

from sqlite_utils import Database

from loader.corrections import Values, merged
from loader.kept import source_text, unpack_raw
from loader.text import Fold

from . import holding
from .correction_table import TEXT_FIELD, corrections_of, waiting_at
from .identities import Plan, StillHolds, planned
from .ids import free
from .prepared import Prepared, PreparedDocument, with_corrections

PARSER_VERSION = 9
"""Raised when parsing changes: sources read by an older one are read again on the next load."""

Status = Literal["unchanged", "changed", "duplicate"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of a source: `status` as a load of it would have, ids of its documents."""

    status: Status
    ids: tuple[str, ...]
    path: str
    """The first one that holds it."""
    held: bool
    """Whether the archive remembers that this path holds it, or held it before."""


class Stored(NamedTuple):
    """A source as it is kept, of which one document was asked for."""

    slug: str
    """The id of that document."""
    path: str
    nth: int
    """Its place in the source."""
    raw: bytes
    how: dict[str, str]
    """How to read it (see `loader.read.read_again`)."""
    seal: bytes


class OpenArchive(Protocol):
    """What is asked."""

    @property
    def db(self) -> Database:
        """An open database."""

    @property
    def fold(self) -> Fold:
        """By the table that the archive was made with."""


class Held:
    """The questions, over an open database."""

    still_holds: StillHolds = staticmethod(lambda _path, _sha256: True)
    """Set by whoever can look at files."""

    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive
        self.just_left: set[str] = set()
        """Ids of documents that left the archive, undone or not, since this load began."""

    @property
    def db(self) -> Database:
        """The database that is asked."""
        return self._archive.db

    @property
    def fold(self) -> Fold:
        """By the table that the archive was made with."""
        return self._archive.fold

    @contextmanager
    def at_one_time(self) -> Iterator[None]:
        """Within it all is answered as of one moment, whatever others write; here nothing may be written."""
        conn = self.db.conn
        if conn.in_transaction:
            yield
            return
        conn.execute("begin")
        try:
            yield
        finally:
            conn.rollback()

    def known(self, path: str, sha256: str) -> Known | None:
        """What the archive knows of the file at `path` whose bytes have that hash; None if nothing."""
        with self.at_one_time():
            return self._known(path, sha256)

    def _known(self, path: str, sha256: str) -> Known | None:
        here = holding.at(self.db.conn, path)
        same = here if here and here.sha256 == sha256 else holding.of_bytes(self.db.conn, sha256)
        if same and same.parser >= PARSER_VERSION:
            status: Status = "unchanged" if same.path == path else "duplicate"
            return Known(status, self._ids(same.source), same.path, same == here)
        known = same or here
        return Known("changed", self._ids(known.source), known.path, known == here) if known else None

    @property
    def has_sources(self) -> bool:
        """Whether there is any source."""
        return self.db.execute("select 1 from source limit 1").fetchone() is not None

    def has_bytes(self, sha256: str) -> bool:
        """Whether any path holds a source with that hash."""
        return holding.of_bytes(self.db.conn, sha256) is not None

    def holds(self, path: str, sha256: str) -> bool:
        """Whether `path` holds the source with that hash."""
        here = holding.at(self.db.conn, path)
        return here is not None and here.sha256 == sha256

    def copied(self, path: str) -> tuple[float, int]:
        """Which share of what `path` holds, or of what is in the container there, other paths hold too.

        With it the number of the first source that they hold; 0 where there is none.
        """
        own = set(self.sources(path))
        held = [one.source for path in own if (one := holding.at(self.db.conn, path))]
        copied = [one for one in held if set(holding.paths_of(self.db.conn, one)) - own]
        return (len(copied) / len(held), min(copied)) if copied else (0.0, 0)

    def _ids(self, source: int) -> tuple[str, ...]:
        rows = self.db.execute("select slug from document where source = ? order by nth", (source,))
        return tuple(slug for (slug,) in rows.fetchall())

    def summaries(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """What `load` tells of documents that are in the archive already."""
        columns = "id, kind, title, date, questions, speakers, chars, kept_chars, noise_chars, gaps".split(
            ", "
        )
        sql = (
            "select slug, kind, title, date, questions, speakers, chars, kept_chars, chars - kept_chars,"
            " (select count(*) from gap where gap.document = document.id) from document where slug = ?"
        )
        found = [self.db.execute(sql, (slug,)).fetchone() for slug in ids]
        return [dict(zip(columns, row, strict=True)) for row in found]

    def corrections_of(self, slug: str) -> dict[str, str]:
        """What people corrected in the document with that id."""
        return corrections_of(self.db, slug)

    def planned(self, path: str, source: Prepared, before: str | None = None) -> Plan:
        """What storing `source` under `path` would do; `before` is the path it was at, if it moved."""
        with self.at_one_time():
            return planned(self.db.conn, self.fold, path, source, before, self.still_holds, self.just_left)

    def corrected(
        self, path: str, nth: int, document: PreparedDocument, kept: str | None, values: Values
    ) -> tuple[PreparedDocument, dict[str, str]]:
        """A document as it is stored under `path`, and the corrections in force, `values` among them."""
        waiting = self.corrections_of(waiting_at(path, nth))
        earlier = {**waiting, **(self.corrections_of(kept) if kept else {})}
        said = merged(earlier, values)
        return with_corrections(document, said, self.fold), said

    def same_as(self, slug: str) -> tuple[str, ...]:
        """The ids of the other documents that are the same briefing, the one shown first at the head."""
        rows = self.db.execute(
            "select d.slug from document one join document d on d.id <> one.id"
            " and coalesce(d.same_as, d.id) = coalesce(one.same_as, one.id)"
            " where one.slug = ? order by d.same_as is not null, d.id",
            (slug,),
        )
        return tuple(other for (other,) in rows.fetchall())

    def stored(self, slug: str) -> Stored | None:
        """The source, as it is kept, that document `slug` was read from; `None` if there is none."""
        with self.at_one_time():
            return self._stored(slug)

    def _stored(self, slug: str) -> Stored | None:
        row = self.db.execute(
            "select s.path, d.nth, s.raw, s.text, s.encoding, s.id, s.how, s.seal from source s"
            " join document d on d.source = s.id where d.slug = ?",
            (slug,),
        ).fetchone()
        if not row:
            return None
        path, nth, raw, packed, encoding, source, how, seal = row
        text = source_text(self.db.execute, source, packed)
        return Stored(slug, path, nth, unpack_raw(raw, text, encoding), self.how(path, encoding, how), seal)

    def as_stored(self, stored: Stored) -> bool:
        """Whether the archive still holds the document in the source that it was read from."""
        row = self.db.execute(
            "select s.path, d.nth, s.seal from source s join document d on d.source = s.id where d.slug = ?",
            (stored.slug,),
        ).fetchone()
        return bool(row == (stored.path, stored.nth, stored.seal))

    def how(self, path: str, encoding: str, kept: str | None) -> dict[str, str]:
        """How to read the source at `path` again; `kept` is its column `how`, empty up to schema 7."""
        try:
            known = json.loads(kept) if kept else None
        except (ValueError, RecursionError):  # nobody of ours wrote it
            known = None
        if isinstance(known, dict) and all(isinstance(value, str) for value in known.values()):
            return known
        field = self.text_field(path)
        return {"encoding": encoding} | ({} if field is None else {"text_field": field})

    def how_read(self, path: str) -> dict[str, str]:
        """How the source kept under `path` was read (see `loader.read.read_again`)."""
        row = self.db.execute("select encoding, how from source where path = ?", (path,)).fetchone()
        return self.how(path, *row) if row else {}

    def text_field(self, path: str) -> str | None:
        """The field of its JSON record that the source at `path` was read from, if somebody named it."""
        place, name = TEXT_FIELD
        return self.corrections_of(waiting_at(path, place)).get(name)

    def sources(self, path: str) -> list[str]:
        """All paths that hold a source, `path` itself and, where it is a folder or a container, within it.

        Copies come first: what is forgotten in this order is named by its first path.
        """
        return [one for one, _, _ in self._held_within(path)]

    def members(self, path: str) -> dict[str, str]:
        """Of the members of the container at `path`, as they are known: key and hash, up to date ones."""
        found = self._held_within(path)
        return {one: sha256 for one, sha256, parser in found if one != path and parser >= PARSER_VERSION}

    def _held_within(self, path: str) -> list[tuple[str, str, int]]:
        """Path, hash and parser of all sources that are held by `path` or within it."""
        found: list[tuple[str, str, int]] = []
        for own, table in (("c.path", "copy c join source s on s.id = c.source"), ("s.path", "source s")):
            sql = f"select {own}, s.sha256, s.parser from {table} where {own}"
            found += self.db.conn.execute(f"{sql} = ?", (path,)).fetchall()
            for mark in "/#":  # by `#` older programs knew records
                within = path + mark, path + chr(ord(mark) + 1)
                found += self.db.conn.execute(f"{sql} > ? and {own} < ? order by 1", within).fetchall()
        return found

    def paths_of(self, slug: str) -> list[str]:
        """The paths that hold the source of document `slug`, the first one first; none without a document."""
        row = self.db.execute("select source from document where slug = ?", (slug,)).fetchone()
        return holding.paths_of(self.db.conn, row[0]) if row else []

    def preview(self, document: PreparedDocument) -> str:
        """The id that a document would get if it were new."""
        return free(document.stem, self._taken)

    def _taken(self, slug: str) -> bool:
        sql = "select 1 from document where slug = ?1 union all select 1 from former where slug = ?1"
        return self.db.execute(sql, (slug,)).fetchone() is not None
