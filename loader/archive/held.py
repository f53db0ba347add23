"""What the archive holds, as the loader asks before it writes: sources by path and hash, what people said.

What may come in: paths as they are kept (absolute, or of what came through a pipe), ids of documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from loader.kept import source_text, unpack_raw

from .ids import free
from .prepared import PreparedDocument

PARSER_VERSION = 5
"""Raised when parsing changes: sources read by an older one are read again on the next load."""

TEXT_FIELD = -1, "text_field"
"""Place and field under which `correction` kept the JSON field that somebody named, up to schema 7."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of a source: `status` as a load of it would have, ids of its documents."""

    status: Literal["unchanged", "changed", "duplicate"]
    ids: tuple[str, ...]
    path: str


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


class Held:
    """The questions, over an open database."""

    db: Database

    def known(self, path: str, sha256: str) -> Known | None:
        """What the archive knows of the file at `path` whose bytes have that hash; None if nothing."""
        row = self.db.execute("select id, sha256, parser from source where path = ?", (path,)).fetchone()
        if row:
            same = row[1] == sha256 and row[2] >= PARSER_VERSION
            return Known("unchanged" if same else "changed", self._ids(row[0]), path)
        row = self.db.execute("select id, path from source where sha256 = ?", (sha256,)).fetchone()
        return Known("duplicate", self._ids(row[0]), row[1]) if row else None

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

    def corrections(self, path: str, nth: int) -> dict[str, str]:
        """What people corrected in the document at place `nth` of the source at `path`."""
        rows = self.db.execute("select field, value from correction where path = ? and nth = ?", (path, nth))
        return dict(rows.fetchall())

    def corrections_of(self, slug: str) -> dict[str, str]:
        """What people corrected in the document with that id; nothing where there is no such document."""
        row = self.db.execute(
            "select s.path, d.nth from source s join document d on d.source = s.id where d.slug = ?", (slug,)
        ).fetchone()
        return self.corrections(*row) if row else {}

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

    def text_field(self, path: str) -> str | None:
        """The field of its JSON record that the source at `path` was read from, if somebody named it."""
        place, name = TEXT_FIELD
        return self.corrections(path, place).get(name)

    def source_of(self, slug: str) -> str | None:
        """The path of the source that document `slug` was read from, None if there is no such document."""
        row = self.db.execute(
            "select s.path from source s join document d on d.source = s.id where d.slug = ?", (slug,)
        ).fetchone()
        return str(row[0]) if row else None

    def sources(self, path: str) -> list[str]:
        """The paths of all sources at `path` or, where it is a folder or a container, within it."""
        found = self.db.execute("select path from source where path = ?", (path,)).fetchall()
        for mark in "/#":
            found += self.db.execute(
                "select path from source where path > ? and path < ?",
                (path + mark, path + chr(ord(mark) + 1)),
            ).fetchall()
        return [one for (one,) in found]

    def members(self, path: str) -> dict[str, str]:
        """Of the members of the container at `path`, as they are known: key and hash, up to date ones."""
        found: dict[str, str] = {}
        for mark in "/#":
            rows = self.db.conn.execute(
                "select path, sha256 from source where path > ? and path < ? and parser >= ?",
                (path + mark, path + chr(ord(mark) + 1), PARSER_VERSION),
            )
            found |= dict(rows.fetchall())
        return found

    def preview(self, document: PreparedDocument) -> str:
        """The id that a document would get if it were new."""
        return free(document.stem, self._taken)

    def _taken(self, slug: str) -> bool:
        found = self.db.execute("select 1 from document where slug = ?", (slug,)).fetchone()
        return found is not None
