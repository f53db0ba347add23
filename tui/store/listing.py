"""Reads the list of briefings out of an archive; alone, for it is all that the first screen needs.

What may come in: a connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from .rows import BriefingRow

_BRIEFING = (
    "json_array(id, slug, kind, title, place, date, ordinal, outlet, questions, speakers, json(terms),"
    " (select slug from document head where head.id = document.same_as),"
    " json((select json_group_array(slug) from (select slug from document other"
    " where other.same_as = document.id order by id))))"
)
"""A briefing's number, then the fields of `BriefingRow` in their order."""
_TERMS, _SAME_AS, _VERSIONS = 10, 11, 12


def briefing_rows(db: sqlite3.Connection, only: Collection[int] | None = None) -> dict[int, BriefingRow]:
    """All briefings by their number, newest first; or those whose number is in `only`.

    They come as one value: a thread has to wait for the interpreter at each row while Textual is imported
    beside it (`ArchiveStore.begin`).
    """
    chosen = "" if only is None else " where id in (select value from json_each(:only))"
    statement = (
        "select '[' || ifnull(group_concat(said, ','), '') || ']' from"
        f" (select {_BRIEFING} as said from document{chosen} order by date_key desc, id desc)"
    )
    values = {} if only is None else {"only": json.dumps([*only])}
    return {
        row[0]: BriefingRow(*(*row[1:_TERMS], tuple(row[_TERMS]), row[_SAME_AS], tuple(row[_VERSIONS])))
        for row in json.loads(db.execute(statement, values).fetchone()[0])
    }
