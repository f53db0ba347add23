"""Passages like one: its rarest telling words, any of them, in the place of its name in a query.

What may come in: a connection inside a snapshot and a parsed query with `like:`. Words are cut and chosen by
`loader.terms`, which is imported here and not before.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace

from loader.layout import NoRoomError, rowid
from loader.terms import key_terms
from loader.text import Fold
from tui.language import said

from .query import Query
from .relevance import passages_with, size_of
from .select import Archive

WORDS = 8
"""Words that stand for a passage, at most."""
_TELLING = 32
"""Telling words among which the rarest are looked for."""
COMMON = 1 / 20
"""Words in more of all passages than this are left out, as long as others are left."""
_NAME = re.compile(r"(.+)/p([1-9]\d{0,6})", re.ASCII)
_NOWHERE = ((1, 0),)
"""A range of dates that holds none."""


def meant(db: sqlite3.Connection, query: Query, archive: Archive, fold: Fold) -> Query:
    """A query that finds what shares a telling word with the passage named by `query.like`, and not itself.

    It finds nothing, and its notes say why, where there is no such passage or no word of it tells anything.
    """
    found = _passage(db, query.like or "")
    if found is None:
        note = said("there is no passage {name}", name=query.like)
        return replace(query, dates=_NOWHERE, notes=(*query.notes, note))
    passage, text = found
    words = _rarest(db, text, archive, fold)
    if not words:
        note = said("no word of the passage tells what it is about")
        return replace(query, dates=_NOWHERE, notes=(*query.notes, note), but=passage)
    return replace(query, groups=(words, *query.groups), but=passage)


def _passage(db: sqlite3.Connection, name: str) -> tuple[int, str] | None:
    """Rowid and text of the passage that `rows.reference` names so."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    row = db.execute("select date_key, id from document where slug = ?", (match[1],)).fetchone()
    if row is None:
        return None
    try:
        number = rowid(row[0], row[1], int(match[2]) - 1)
    except NoRoomError:
        return None
    text = db.execute("select text from passage where id = ?", (number,)).fetchone()
    return (number, text[0]) if text else None


def _rarest(db: sqlite3.Connection, text: str, archive: Archive, fold: Fold) -> tuple[str, ...]:
    """The telling words of a text that stand elsewhere too, the rarest first; the common ones if need be."""
    size = size_of(db)
    folded = fold(text)
    held = {
        word: passages_with(db, word, archive.commonness, size)
        for word in dict.fromkeys(fold(term) for term in key_terms(text, folded, _TELLING))
    }
    elsewhere = sorted((word for word in held if held[word] > 1), key=lambda word: held[word])
    rare = [word for word in elsewhere if held[word] <= COMMON * size.passages]
    return tuple((rare or elsewhere)[:WORDS])
