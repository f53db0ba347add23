"""Reads the list of briefings out of an archive; alone, for it is all that the first screen needs.

What may come in: a connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from typing import Any

from .rows import BriefingRow

_BRIEFING = (
    "select id, slug, kind, title, place, date, ordinal, outlet, questions, speakers, terms,"
    " (select slug from document head where head.id = document.same_as),"
    " (select json_group_array(slug) from (select slug from document other"
    " where other.same_as = document.id order by id)) from document"
)
"""A briefing's number, then the fields of `BriefingRow` in their order, the lists among them as JSON."""
_TERMS, _SAME_AS, _VERSIONS = 10, 11, 12


def briefing_rows(db: sqlite3.Connection, only: Collection[int] | None = None) -> dict[int, BriefingRow]:
    """All briefings by their number, newest first; or those whose number is in `only`."""
    if only is None:
        rows = db.execute(f"{_BRIEFING} order by date_key desc, id desc").fetchall()
    else:
        chosen = json.dumps([*only])
        rows = db.execute(f"{_BRIEFING} where id in (select value from json_each(?))", (chosen,)).fetchall()
    terms, versions = _lists(rows, _TERMS), _lists(rows, _VERSIONS)
    return {
        row[0]: BriefingRow(*(*row[1:_TERMS], words, row[_SAME_AS], prints))
        for row, words, prints in zip(rows, terms, versions, strict=True)
    }


def _lists(rows: list[tuple[Any, ...]], column: int) -> list[tuple[str, ...]]:
    """The lists of a column; read in one go, which for thousands takes a tenth of the time."""
    return list(map(tuple, json.loads(f"[{','.join(row[column] for row in rows)}]")))
