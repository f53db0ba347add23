"""Reads the list of briefings out of an archive; alone, for it is all that the first screen needs.

What may come in: a connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from types import NoneType
from typing import Any

from .rows import BriefingRow

_BRIEFING = (
    "json_array(id, slug, kind, title, place, date, ordinal, outlet, questions, speakers, json(terms),"
    " same_as)"
)
"""A briefing's number, then the fields of `BriefingRow` in their order, prints of another by their number."""
_TERMS, _SAME_AS = 10, 11
_ONLY = "in (select value from json_each(:only))"


_TEXT, _MAYBE = frozenset({str}), frozenset({str, NoneType})
_NUMBER, _PERHAPS = frozenset({int}), frozenset({int, NoneType})
_TYPES = (
    *(_NUMBER, _TEXT, _TEXT, _TEXT, _MAYBE, _MAYBE, _PERHAPS, _MAYBE, _PERHAPS, _PERHAPS),
    *(frozenset({list}), _PERHAPS),
)
"""Of the columns of `_BRIEFING`: an archive that others made may hold anything."""
_MOST_CHARACTERS = 100_000
"""Of a value that is listed."""


def briefing_rows(db: sqlite3.Connection, only: Collection[int] | None = None) -> dict[int, BriefingRow]:
    """All briefings by their number, newest first; or those whose number is in `only`.

    They come as one value: a thread has to wait for the interpreter at each row while Textual is imported
    beside it (`ArchiveStore.begin`).
    """
    chosen, of, values = "", "is not null", {}
    if only is not None:
        chosen, of, values = f" where id {_ONLY}", _ONLY, {"only": json.dumps([*only])}
    statement = (
        "select '[' || ifnull(group_concat(said, ','), '') || ']' from"
        f" (select {_BRIEFING} as said from document{chosen} order by date_key desc, id desc)"
    )
    rows = json.loads(db.execute(statement, values).fetchone()[0])
    _check_types(rows)
    prints: dict[int, list[str]] = defaultdict(list)
    of_heads = f"select same_as, id, slug from document where same_as {of}"
    for head, _, slug in sorted(db.execute(of_heads, values)):
        prints[head].append(slug)
    heads = dict(
        db.execute(
            "select id, slug from document where id in (select value from json_each(?))",
            (json.dumps([row[_SAME_AS] for row in rows if row[_SAME_AS] is not None]),),
        )
    )
    return {
        row[0]: BriefingRow._make(
            (*row[1:_TERMS], tuple(row[_TERMS]), heads.get(row[_SAME_AS]), tuple(prints.get(row[0], ())))
        )
        for row in rows
    }


def _check_types(rows: Sequence[Sequence[Any]]) -> None:
    """Raise `TypeError` or `ValueError` where the rows hold what no writer wrote; by columns, to be quick."""
    for column, types in zip(zip(*rows, strict=True), _TYPES, strict=False):
        if not types.issuperset(map(type, column)):
            raise TypeError("a value of another type")
        if types <= _MAYBE and any(len(value) > _MOST_CHARACTERS for value in column if value):
            raise ValueError("a value longer than any")
    if not _TEXT.issuperset(type(term) for row in rows for term in row[_TERMS]):
        raise TypeError("a value of another type")
