"""A source made ready to be stored: rows as plain tuples, texts packed, all that needs no database.

What may come in: a `Reading` and the documents parsed out of it. What comes out is small to hand from
process to process; the writer puts numbers on it (which document it is, so which rowids its passages have)
and inserts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from loader.corrections import corrected
from loader.entries import TEXTS
from loader.kept import pack_raw, rest
from loader.layout import date_key, place_of, rowid
from loader.likeness import letters, text_digest
from loader.model import Briefing, Reading
from loader.text import Fold, grams

from .ids import stem
from .index import Entry
from .rows import Document, Row, document_row, first_words, part_rows, passage_spans

Values = tuple[Any, ...]
_ANY = 1
"""The document number that rows are made with, before they get their own."""


class Part(NamedTuple):
    """Rows of one table that belong to a document."""

    table: str
    columns: tuple[str, ...]
    """Without the first: the document's number, of passages their rowid."""
    rows: list[Values]


class PreparedDocument(NamedTuple):
    """A document without its number."""

    row: Row
    """Of table `document`, without id, slug, source and its place there."""
    title: str | None
    """As inferred; the row has the first words where there is none."""
    first_words: str
    stem: str
    """The id it gets if nobody has it."""
    parts: tuple[Part, ...]
    passages: Part
    """By ascending rowid, that is from the last to the first: tables and index then need not sort."""
    grams: list[str]
    """What the index gets of the text of each, in the same order."""
    asides: Part
    """What stands beside them (see `loader.asides`), likewise."""
    aside_grams: list[str]
    chars: str
    """The characters that are in all of them, each once."""
    words: str
    """The words to keep of them (see `loader.lexicon`), parted by blanks."""
    sketch: frozenset[int]

    @property
    def text(self) -> str:
        """Its passages in reading order, each a line."""
        return "\n".join(reversed(_texts(self.passages)))

    @property
    def gaps(self) -> int:
        """Places where the source lost characters."""
        return sum(len(part.rows) for part in self.parts if part.table == "gap")


class Prepared(NamedTuple):
    """A source and its documents."""

    row: Row
    """Of table `source`, without its path and the parser's version."""
    documents: tuple[PreparedDocument, ...]


def prepared(reading: Reading, documents: Iterable[Document], fold: Fold) -> Prepared:
    """All rows of a source; raises `NoRoomError` where a document has too many passages."""
    documents = tuple(documents)
    spans = [span for one in documents for _, span in passage_spans(one, reading.text)]
    row = {
        "sha256": reading.sha256,
        "encoding": reading.encoding,
        "format": reading.format,
        "chars": len(reading.text),
        "raw": pack_raw(reading.raw, reading.text, reading.encoding),
        "text": rest(reading.text, spans),
        "how": json.dumps(dict(reading.how), ensure_ascii=False, sort_keys=True),
    }
    return Prepared(row, tuple(_document(one, reading.text, fold) for one in documents))


def with_corrections(document: PreparedDocument, values: Mapping[str, str], fold: Fold) -> PreparedDocument:
    """`document` with what people said (as `checked` gives it) in place of what was inferred."""
    if not values:
        return document
    row = document.row
    known = {name: row[name] for name in ("place", "organ", "date", "ordinal")}
    briefing = corrected(Briefing(row["kind"], document.title, (), **known), values)
    said = {
        "title": briefing.title or document.first_words,
        "place": briefing.place,
        "organ": briefing.organ,
        "date": briefing.date,
        "ordinal": briefing.ordinal,
        "date_key": date_key(briefing.date),
        "place_key": fold(" ".join(filter(None, (briefing.place, briefing.organ)))),
    }
    return document._replace(row=row | said, title=briefing.title, stem=stem(briefing))


def rows_of(part: Part, key: int, number: int) -> list[Values]:
    """The rows of passages or asides of a document, which now has its number."""
    return [(rowid(key, number, place), *values) for place, *values in part.rows]


def entries(part: Part, rows: list[Values], grams: Iterable[str]) -> list[Entry]:
    """What the index gets of `rows_of` a part."""
    if not rows:
        return []
    at = part.columns.index("turn") + 1
    return [Entry(row[0], row[at], tokens) for row, tokens in zip(rows, grams, strict=True)]


def _document(document: Document, text: str, fold: Fold) -> PreparedDocument:
    parts = [_part(table, rows) for table, rows in part_rows(document, text, fold, _ANY) if rows]
    passages, asides = (
        next((part for part in parts if part.table == table), Part(table, (), [])) for table in TEXTS
    )
    texts, beside = _texts(passages), _texts(asides)
    return PreparedDocument(
        document_row(document, text, fold) | {"digest": text_digest(letters("".join(reversed(texts))))},
        document.briefing.title,
        first_words(text, document.briefing) or "（无题）",
        stem(document.briefing),
        tuple(part for part in parts if part.table not in TEXTS),
        passages,
        [grams(fold(one)) for one in texts],
        asides,
        [grams(fold(one)) for one in beside],
        "".join(set().union(*texts, *beside)),
        " ".join(sorted(document.words)),
        document.sketch,
    )


def _texts(part: Part) -> list[str]:
    """The text of each row of passages or asides."""
    at = part.columns.index("text") + 1 if part.rows else 0
    return [values[at] for values in part.rows]


def _part(table: str, rows: list[Row]) -> Part:
    columns = tuple(rows[0])
    if table not in TEXTS:
        return Part(table, columns[1:], [tuple(row.values())[1:] for row in rows])
    placed = [(place_of(row["id"]), *tuple(row.values())[1:]) for row in rows]
    return Part(table, columns[1:], sorted(placed, reverse=True))
