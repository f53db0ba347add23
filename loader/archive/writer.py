"""Writes readings and what was parsed out of them into the archive, one transaction a source.

What may come in: a `Reading` and its `Briefing`s. A source whose bytes are in the archive already
changes nothing; a file that changed replaces its documents, which keep their ids; a failure leaves
the archive as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from loader.corrections import corrected
from loader.kept import pack_raw, rest, source_text, unpack_raw
from loader.layout import APPLICATION_ID, SCHEMA_VERSION, briefing_range
from loader.model import Briefing, Reading, Span
from loader.text import Fold

from . import alike
from .ids import free, stem
from .index import Index, current, rebuild
from .rows import Document, document_row, part_rows, passage_spans
from .schema import upgrade

PARSER_VERSION = 3
"""Raised when parsing changes: sources read by an older one are read again on the next load."""

BUSY_SECONDS = 10.0


class ArchiveError(Exception):
    """The archive cannot be written: one line for a person (what, where, what to do)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of a source: `status` as a load of it would have, ids of its documents."""

    status: Literal["unchanged", "changed", "duplicate"]
    ids: tuple[str, ...]
    path: str


class Writer:
    """The one writer of an archive; a context manager. Creates the file where there is none."""

    def __init__(self, path: Path) -> None:
        """Open or create the archive at `path`; raises `ArchiveError`."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
            connection.execute("pragma foreign_keys = on")
            connection.execute("pragma trusted_schema = off")
            self.db = Database(connection, execute_plugins=False)
            if self._check(connection) < SCHEMA_VERSION or not current(self.db):
                upgrade(self.db)
            settings = dict(self.db.execute("select name, value from setting").fetchall())
        except (OSError, sqlite3.Error) as error:
            raise ArchiveError(explain(path, error)) from error
        self.fold = Fold(settings["traditional_pairs"])
        self.index = Index(self.db, self.fold)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def _check(self, connection: sqlite3.Connection) -> int:
        """The schema version of the file, 0 if it is empty; raises `ArchiveError` if it is not ours."""
        empty = not connection.execute("select 1 from sqlite_master limit 1").fetchone()
        mark = connection.execute("pragma application_id").fetchone()[0]
        version = connection.execute("pragma user_version").fetchone()[0]
        if empty:
            return 0
        if mark != APPLICATION_ID:
            raise ArchiveError(f"{self.path} is a database, but no archive of briefings: name another file")
        if version > SCHEMA_VERSION:
            raise ArchiveError(
                f"{self.path} was made by a newer briefings-tui (schema {version}, this one writes"
                f" {SCHEMA_VERSION}): install that version"
            )
        return int(version)

    def repair(self) -> None:
        """Make the index anew from the passages; raises `ArchiveError`, the archive then is as it was."""
        try:
            with self.db.atomic():
                rebuild(self.db, self.fold)
        except sqlite3.Error as error:
            raise ArchiveError(explain(self.path, error)) from error
        self.index.forget_all()

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

    def write(
        self,
        path: str,
        reading: Reading,
        documents: Sequence[Document],
        corrections: Mapping[int, Mapping[str, str]] | None = None,
    ) -> tuple[str, ...]:
        """Store a source and its documents, replacing what `path` held; returns their ids.

        `corrections` (as `checked` gives them, by the document's place in its source) are remembered;
        these and earlier ones are put in place of what was inferred.
        Raises `ArchiveError`; the archive then is as it was.
        """
        try:
            with self.db.atomic():
                for nth, values in (corrections or {}).items():
                    self._remember(path, nth, values)
                kept = self._forget(path)
                spans = [span for one in documents for _, span in passage_spans(one, reading.text)]
                source = self._store(path, reading, spans)
                return tuple(
                    self._add(source, nth, self._corrected(path, nth, one), kept.get(nth), reading.text)
                    for nth, one in enumerate(documents)
                )
        except BaseException as error:
            self.index.forget_all()  # what it knows of the tables was undone with them
            if isinstance(error, sqlite3.Error):
                raise ArchiveError(explain(self.path, error)) from error
            if isinstance(error, OverflowError):
                raise ArchiveError(f"{path}: {error}") from error
            raise

    def corrections(self, path: str, nth: int) -> dict[str, str]:
        """What people corrected in the document at place `nth` of the source at `path`."""
        rows = self.db.execute("select field, value from correction where path = ? and nth = ?", (path, nth))
        return dict(rows.fetchall())

    def _remember(self, path: str, nth: int, values: Mapping[str, str]) -> None:
        rows = [{"path": path, "nth": nth, "field": name, "value": value} for name, value in values.items()]
        self.db.table("correction").upsert_all(rows, pk=("path", "nth", "field"))

    def _corrected(self, path: str, nth: int, document: Document) -> Document:
        values = self.corrections(path, nth)
        return replace(document, briefing=corrected(document.briefing, values)) if values else document

    def same_as(self, slug: str) -> tuple[str, ...]:
        """The ids of the other documents that are the same briefing, the one shown first at the head."""
        rows = self.db.execute(
            "select d.slug from document one join document d on d.id <> one.id"
            " and coalesce(d.same_as, d.id) = coalesce(one.same_as, one.id)"
            " where one.slug = ? order by d.same_as is not null, d.id",
            (slug,),
        )
        return tuple(other for (other,) in rows.fetchall())

    def stored(self, slug: str) -> tuple[str, int, bytes] | None:
        """Path of the source that document `slug` was read from, its place in it, the source's bytes."""
        row = self.db.execute(
            "select s.path, d.nth, s.raw, s.text, s.encoding, s.id from source s"
            " join document d on d.source = s.id where d.slug = ?",
            (slug,),
        ).fetchone()
        if not row:
            return None
        path, nth, raw, packed, encoding, source = row
        text = source_text(self.db.execute, source, packed)
        return path, nth, unpack_raw(raw, text, encoding)

    def preview(self, briefing: Briefing) -> str:
        """The id that `briefing` would get if it were new."""
        return free(stem(briefing), self._taken)

    def _taken(self, slug: str) -> bool:
        found = self.db.execute("select 1 from document where slug = ?", (slug,)).fetchone()
        return found is not None

    def _forget(self, path: str) -> dict[int, tuple[int, str]]:
        """Remove the source at `path`; returns number and id of each of its documents by their place."""
        rows = self.db.execute(
            "select d.nth, d.id, d.slug, d.date_key, s.id from source s"
            " join document d on d.source = s.id where s.path = ?",
            (path,),
        ).fetchall()
        for _, number, _, key, _ in rows:
            self.index.remove(number, key)
            low, high = briefing_range(key, number)
            self.db.table("passage").delete_where("id between ? and ?", [low, high])
            alike.leave(self.db, number)
            for table in ("speaker", "turn", "question", "gap", "figure"):
                self.db.table(table).delete_where("document = ?", [number])
            self.db.table("document").delete(number)
        self.db.table("source").delete_where("path = ?", [path])
        return {nth: (number, slug) for nth, number, slug, _, _ in rows}

    def _store(self, path: str, reading: Reading, passages: Sequence[Span]) -> int:
        row = {
            "path": path,
            "sha256": reading.sha256,
            "encoding": reading.encoding,
            "format": reading.format,
            "chars": len(reading.text),
            "parser": PARSER_VERSION,
            "raw": pack_raw(reading.raw, reading.text, reading.encoding),
            "text": rest(reading.text, passages),
        }
        self.db.table("source").insert(row)
        return int(self.db.execute("select last_insert_rowid()").fetchone()[0])

    def _add(self, source: int, nth: int, document: Document, kept: tuple[int, str] | None, text: str) -> str:
        number, slug = kept or (self._next_number(), self.preview(document.briefing))
        row = document_row(document, text, self.fold)
        row |= {"id": number, "slug": slug, "source": source, "nth": nth}
        self.db.table("document").insert(row)
        for table, rows in part_rows(document, text, self.fold, number):
            self.db.table(table).insert_all(rows)
        self.index.add(number, row["date_key"])
        alike.join(self.db, number, document.sketch)
        return slug

    def _next_number(self) -> int:
        return int(self.db.execute("select coalesce(max(id), 0) + 1 from document").fetchone()[0])


def explain(path: Path, error: OSError | sqlite3.Error) -> str:
    """One line for a person about why the archive at `path` cannot be used."""
    text = str(error).lower()
    if "not a database" in text:
        return f"{path} is no archive of briefings (not a SQLite file): name another file with --archive"
    if "malformed" in text:
        return f"{path} is damaged ({error}): restore a copy, or load the transcripts into a new archive"
    if "locked" in text:
        return f"{path} is being written by another briefings-tui: try again when it is done"
    if "readonly" in text or "unable to open" in text or isinstance(error, PermissionError):
        return f"{path} cannot be written ({error}): choose another place with --archive FILE"
    if "full" in text:
        return f"{path}: the disk is full; nothing of this source was kept: make room and load again"
    return f"{path} cannot be used: {error}"
