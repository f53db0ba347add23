"""A source as it was read, whole: what was recognised as noise, repeat or the page's own stands in its place.

What may come in: a connection inside a snapshot, and a briefing's id. All of the source comes out, also what
belongs to another briefing in it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from loader.kept import source_text
from loader.kinds import ASIDE_KINDS, TurnKind

from .rows import PassageRow, Transcript, TurnRow
from .transcript import read_head

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def read_source(db: sqlite3.Connection, slug: str) -> Transcript:
    """The source's lines in order, in turns of the kinds `noise`, `repeat`, `metadata` and `narrative`.

    A passage is a line; its `at` is its first character in the source, its `rowid` only tells it from others.
    Raises `NotFoundError`.
    """
    head = read_head(db, slug)
    text = read_text(db, slug)
    (source,) = db.execute("select source from document where slug = ?", (slug,)).fetchone()
    rows = db.execute(
        "select t.kind, t.start, t.stop from turn t join document d on d.id = t.document"
        " where d.source = ? order by t.start, t.stop",
        (source,),
    )
    kinds: list[tuple[TurnKind, int, int]] = []
    for kind, start, stop in rows:
        shown: TurnKind = kind if kind in ASIDE_KINDS or kind == "metadata" else "narrative"
        if kinds and kinds[-1][0] == shown:
            kinds[-1] = (shown, kinds[-1][1], max(stop, kinds[-1][2]))
        else:
            kinds.append((shown, start, stop))
    turns = tuple(
        TurnRow(kind, None, None, None, 0, tuple(_lines(text, start, stop))) for kind, start, stop in kinds
    )
    return replace(head, turns=turns)


def read_text(db: sqlite3.Connection, slug: str) -> str:
    """The text, as read, of the source that the briefing of that id stands in."""
    source, packed = db.execute(
        "select s.id, s.text from source s join document d on d.source = s.id where d.slug = ?", (slug,)
    ).fetchone()
    return source_text(db.execute, source, packed)


def _lines(text: str, start: int, stop: int) -> Iterator[PassageRow]:
    """The lines that are not blank."""
    for match in _LINE.finditer(text, start, stop):
        yield PassageRow(match.start() + 1, match.group().rstrip(), (), match.start())
